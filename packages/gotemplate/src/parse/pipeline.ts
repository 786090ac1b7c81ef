/**
 * pipeline = [ variable [ "," variable ] ( ":=" | "=" ) ] command { "|" command }
 * command  = operand { space operand }
 * operand  = term { field }
 * term     = literal | function | "." | field | variable | "(" pipeline ")"
 */
import { orElse, quote, unquote } from '@flotilla/gocompat';
import type { Token, TokenKind } from '../lex/token.ts';
import type { CommandNode, NumberNode, OperandNode, PipeNode } from './node.ts';
import { nodeText } from './node-text.ts';
import { parseCharConstant, parseComplex, parseNumber } from './number.ts';
import type { ParseState } from './parse-state.ts';

const maxParenDepth = 10000;

const operandStarts: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'char-constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);

const notCallable: ReadonlySet<OperandNode['kind']> = new Set<OperandNode['kind']>([
  'bool',
  'dot',
  'nil',
  'number',
  'string',
]);

/** A list without the room to grow that pushing leaves: trees are kept for long. */
export function exact<T>(items: readonly T[]): readonly T[] {
  return items.slice();
}

interface Declarations {
  readonly names: readonly string[];
  readonly isAssign: boolean;
}

const noDeclarations: Declarations = { names: [], isAssign: false };

/** Parses up to and including the token `end`; `context` names the clause in messages. */
export function parsePipeline(state: ParseState, context: string, end: TokenKind): PipeNode {
  const { tokens } = state;
  const first = tokens.peekNonSpace();
  const { names, isAssign } = parseDeclarations(state, context);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = tokens.nextNonSpace();
    if (token.kind === end) break;
    if (!operandStarts.has(token.kind)) state.unexpected(token, context);
    tokens.backup();
    commands.push(parseCommand(state));
  }
  checkCommands(state, commands, context);
  const last = commands.at(-1)?.end ?? first.end;
  return {
    kind: 'pipe',
    pos: first.start,
    start: first.start,
    end: last,
    isAssign,
    declarations: names,
    commands: exact(commands),
  };
}

function checkCommands(state: ParseState, commands: readonly CommandNode[], context: string): void {
  if (commands.length === 0) state.fail(`missing value for ${context}`);
  for (let index = 1; index < commands.length; index++) {
    const callee = commands[index]?.operands[0];
    if (callee !== undefined && notCallable.has(callee.kind)) {
      state.fail(`non executable command in pipeline stage ${index + 1}`);
    }
  }
}

/** Space is a token, so telling `$x :=` from `$x foo` takes three tokens. */
function parseDeclarations(state: ParseState, context: string): Declarations {
  const { tokens, variables } = state;
  if (tokens.peekNonSpace().kind !== 'variable') return noDeclarations;
  const names: string[] = [];
  for (;;) {
    const variable = tokens.peekNonSpace();
    if (variable.kind !== 'variable') return { names, isAssign: false };
    tokens.next();
    const adjacent = tokens.peek();
    const next = tokens.peekNonSpace();
    const isLast = next.kind === 'assign' || next.kind === 'declare';
    if (!isLast && !(next.kind === 'char' && next.value === ',')) {
      if (adjacent.kind === 'space') tokens.backupTwoBefore(variable, adjacent);
      else tokens.backupBefore(variable);
      return { names, isAssign: false };
    }
    tokens.nextNonSpace();
    names.push(variable.value);
    variables.push(variable.value);
    if (isLast) return { names, isAssign: next.kind === 'assign' };
    checkSecondVariable(state, context, names.length);
  }
}

function checkSecondVariable(state: ParseState, context: string, declared: number): void {
  if (context !== 'range' || declared > 1) state.fail(`too many declarations in ${context}`);
  const { kind } = state.tokens.peekNonSpace();
  if (kind !== 'variable' && kind !== 'right-delimiter' && kind !== 'right-paren') {
    state.fail('range can only initialize variables');
  }
}

function parseCommand(state: ParseState): CommandNode {
  const { tokens } = state;
  const { start } = tokens.peekNonSpace();
  const operands: OperandNode[] = [];
  for (;;) {
    tokens.peekNonSpace();
    const operand = parseOperand(state);
    if (operand !== undefined) operands.push(operand);
    const token = tokens.next();
    if (token.kind === 'space') continue;
    if (token.kind === 'right-delimiter' || token.kind === 'right-paren') tokens.backup();
    else if (token.kind !== 'pipe') state.unexpected(token, 'operand');
    break;
  }
  if (operands.length === 0) state.fail('empty command');
  return {
    kind: 'command',
    pos: start,
    start,
    end: operands.at(-1)?.end ?? start,
    operands: exact(operands),
  };
}

function parseOperand(state: ParseState): OperandNode | undefined {
  const { tokens } = state;
  const term = parseTerm(state);
  if (term === undefined || tokens.peek().kind !== 'field') return term;
  const pos = tokens.peek().start;
  const path: string[] = [];
  let end = pos;
  while (tokens.peek().kind === 'field') {
    const field = tokens.next();
    path.push(field.value.slice(1));
    end = field.end;
  }
  const { kind, start } = term;
  switch (kind) {
    case 'field':
      return { kind, pos, start, end, path: [...term.path, ...path] };
    case 'variable':
      return { kind, pos, start, end, name: term.name, path };
    case 'identifier':
    case 'pipe':
      return { kind: 'chain', pos, start, end, base: term, path };
    default:
      return state.fail(`unexpected . after term ${quote(nodeText(term))}`);
  }
}

const noPath: readonly string[] = [];

function parseTerm(state: ParseState): OperandNode | undefined {
  const token = state.tokens.nextNonSpace();
  const { kind, start, end, value } = token;
  switch (kind) {
    case 'identifier':
      if (!state.input.hasFunction(value)) state.fail(`function ${quote(value)} not defined`);
      return { kind, pos: start, start, end, name: value };
    case 'dot':
    case 'nil':
      return { kind, pos: start, start, end };
    case 'variable':
      if (!state.isDeclared(value)) state.fail(`undefined variable ${quote(value)}`);
      return { kind, pos: start, start, end, name: value, path: noPath };
    case 'field':
      return { kind, pos: start, start, end, path: [value.slice(1)] };
    case 'bool':
      return { kind, pos: start, start, end, value: value === 'true' };
    case 'char-constant':
    case 'complex':
    case 'number':
      return { kind: 'number', pos: start, start, end, ...orFail(state, () => numberOf(token)) };
    case 'left-paren':
      return parseParenthesized(state, token);
    case 'string':
    case 'raw-string':
      return { kind: 'string', pos: start, start, end, quoted: value, text: unquoteToken(state, token) };
    default:
      state.tokens.backup();
      return undefined;
  }
}

function parseParenthesized(state: ParseState, open: Token): PipeNode {
  if (state.parenDepth >= maxParenDepth) state.fail('max expression depth exceeded');
  state.parenDepth++;
  const pipe = parsePipeline(state, 'parenthesized pipeline', 'right-paren');
  state.parenDepth--;
  return { ...pipe, start: open.start, end: state.tokens.newest.end };
}

function numberOf(token: Token): Omit<NumberNode, 'kind' | 'pos' | 'start' | 'end'> {
  if (token.kind === 'char-constant') return parseCharConstant(token.value);
  return token.kind === 'complex' ? parseComplex(token.value) : parseNumber(token.value);
}

/** The value of a string token; a bad escape stops the parse. */
export function unquoteToken(state: ParseState, token: Token): string {
  if (!token.value.includes('\\') && token.kind === 'string') return token.value.slice(1, -1);
  return orFail(state, () => unquote(token.value));
}

function orFail<T>(state: ParseState, read: () => T): T {
  return orElse(read, ({ message }) => state.fail(message));
}
