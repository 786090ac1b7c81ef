/**
 * Tokens to trees, one function per clause.
 * In: a source and the names of the functions it may call. Out: the body of the source and of each define and block in it.
 * Throws TemplateError with text/template's message. Not its business: which body wins among sources.
 */
import type { Source } from '@flotilla/diagnostics';
import { isBlank, quote } from '@flotilla/gocompat';
import { TemplateError } from '../errors.ts';
import { Lexer } from '../lex/lexer.ts';
import type { Token } from '../lex/token.ts';
import type { BranchNode, JumpNode, ListNode, StatementNode, TemplateNode, TemplateTree } from './node.ts';
import { ParseState } from './parse-state.ts';
import { exact, parsePipeline, unquoteToken } from './pipeline.ts';

/** `{{end}}` or `{{else}}`, which close a list and never enter the tree. */
type ClosingMark = Mark<'end'> | Mark<'else'>;

interface Mark<K> {
  readonly kind: K;
  readonly start: number;
  readonly end: number;
}

/** Parses a source called `name` in locations. Throws TemplateError. */
export function parseTrees(
  name: string,
  source: Source,
  hasFunction: (name: string) => boolean,
): ReadonlyMap<string, TemplateTree> {
  const lexer = new Lexer(source.text, {
    isBreakKeyword: !hasFunction('break'),
    isContinueKeyword: !hasFunction('continue'),
  });
  const trees = new Map<string, TemplateTree>();
  const state = new ParseState({ parseName: name, source, lexer, hasFunction, trees });
  try {
    parseFile(state, name);
  } catch (error) {
    // The only other thing that can happen is that nesting exhausts the stack.
    if (error instanceof TemplateError || !(error instanceof RangeError)) throw error;
    state.fail('max expression depth exceeded');
  }
  return trees;
}

function parseFile(state: ParseState, name: string): void {
  const { tokens } = state;
  const nodes: StatementNode[] = [];
  while (tokens.peek().kind !== 'eof') {
    if (tokens.peek().kind === 'left-delimiter') {
      const delimiter = tokens.next();
      if (tokens.nextNonSpace().kind === 'define') {
        parseDefinition(new ParseState(state.input));
        continue;
      }
      tokens.backupBefore(delimiter);
    }
    const node = parseTextOrAction(state);
    if (node.kind === 'end' || node.kind === 'else') state.fail(`unexpected {{${node.kind}}}`);
    nodes.push(node);
  }
  addTree(state, name, listOf(nodes, 0, tokens.peek().end));
}

function listOf(nodes: readonly StatementNode[], start: number, end: number): ListNode {
  return { kind: 'list', pos: start, start, end, nodes: exact(nodes) };
}

/** `{{define "name"}} list {{end}}`; the keyword is past. */
function parseDefinition(state: ParseState): void {
  const context = 'define clause';
  const name = unquoteToken(state, state.expect(['string', 'raw-string'], context));
  state.expect(['right-delimiter'], context);
  parseBody(state, name, { context, opener: state });
}

function parseBody(state: ParseState, name: string, { context, opener }: Clause): void {
  const { list, mark } = parseList(state);
  if (mark.kind !== 'end') opener.fail(`unexpected {{else}} in ${context}`);
  addTree(state, name, list);
}

interface Clause {
  readonly context: string;
  /** Whose newest token gives the line when the body ends badly: for a block that of the clause. */
  readonly opener: ParseState;
}

function addTree(state: ParseState, name: string, root: ListNode): void {
  const { trees, parseName, source } = state.input;
  const known = trees.get(name);
  const isEmpty = root.nodes.every((node) => node.kind === 'text' && isBlank(node.text));
  if (known === undefined || known.isEmpty) trees.set(name, { name, parseName, source, root, isEmpty });
  else if (!isEmpty) state.fail(`template: multiple definition of template ${quote(name)}`);
}

/** { text | action } up to `{{end}}` or `{{else}}`. */
function parseList(state: ParseState): { readonly list: ListNode; readonly mark: ClosingMark } {
  const { tokens } = state;
  const { start } = tokens.peekNonSpace();
  const nodes: StatementNode[] = [];
  while (tokens.peekNonSpace().kind !== 'eof') {
    const node = parseTextOrAction(state);
    if (node.kind === 'end' || node.kind === 'else') {
      return { list: listOf(nodes, start, node.start), mark: node };
    }
    nodes.push(node);
  }
  return state.fail('unexpected EOF');
}

function parseTextOrAction(state: ParseState): StatementNode | ClosingMark {
  const token = state.tokens.nextNonSpace();
  if (token.kind === 'text') {
    return { kind: 'text', pos: token.start, start: token.start, end: token.end, text: token.value };
  }
  if (token.kind !== 'left-delimiter') return state.unexpected(token, 'input');
  state.actionStart = token.start;
  const node = parseAction(state, token.start);
  state.actionStart = undefined;
  return node;
}

function parseAction(state: ParseState, start: number): StatementNode | ClosingMark {
  const { tokens } = state;
  const keyword = tokens.nextNonSpace();
  switch (keyword.kind) {
    case 'block':
      return parseBlock(state, start);
    case 'break':
    case 'continue':
      return parseJump(state, keyword, start);
    case 'else':
      return parseElse(state, start);
    case 'end':
      return { kind: 'end', start, end: state.expect(['right-delimiter'], 'end').end };
    case 'if':
    case 'range':
    case 'with':
      return parseBranch(state, keyword.kind, start);
    case 'template':
      return parseTemplate(state, start);
    default: {
      tokens.backup();
      const pipe = parsePipeline(state, 'command', 'right-delimiter');
      return { kind: 'action', pos: keyword.start, start, end: tokens.newest.end, pipe };
    }
  }
}

function parseJump(state: ParseState, keyword: Token, start: number): JumpNode {
  const kind = keyword.kind === 'break' ? 'break' : 'continue';
  const close = state.tokens.nextNonSpace();
  if (close.kind !== 'right-delimiter') state.unexpected(close, `{{${kind}}}`);
  if (state.rangeDepth === 0) state.fail(`{{${kind}}} outside {{range}}`);
  return { kind, pos: keyword.start, start, end: close.end };
}

/** `{{else}}`, or the `{{else` of `{{else if …}}`, whose keyword is left for the caller. */
function parseElse(state: ParseState, start: number): ClosingMark {
  const next = state.tokens.peekNonSpace();
  if (next.kind === 'if' || next.kind === 'with') return { kind: 'else', start, end: next.start };
  return { kind: 'else', start, end: state.expect(['right-delimiter'], 'else').end };
}

/** `{{if pipeline}} list [ {{else}} list ] {{end}}`; `else if` and `else with` nest without an end of their own. */
function parseBranch(state: ParseState, kind: BranchNode['kind'], start: number): BranchNode {
  const { tokens } = state;
  const declaredBefore = state.variables.length;
  const pipe = parsePipeline(state, kind, 'right-delimiter');
  if (kind === 'range') state.rangeDepth++;
  const { list, mark } = parseList(state);
  if (kind === 'range') state.rangeDepth--;
  let elseList: ListNode | undefined;
  if (mark.kind === 'else') {
    if (kind !== 'range' && tokens.peek().kind === kind) {
      tokens.next();
      const nested = parseBranch(state, kind, mark.start);
      elseList = listOf([nested], mark.start, nested.end);
    } else elseList = parseElseList(state);
  }
  state.variables.length = declaredBefore;
  return { kind, pos: pipe.pos, start, end: tokens.newest.end, pipe, list, elseList };
}

function parseElseList(state: ParseState): ListNode {
  const { list, mark } = parseList(state);
  if (mark.kind !== 'end') state.fail('expected end; found {{else}}');
  return list;
}

/** `{{block "name" pipeline}} list {{end}}`: defines the body and runs it here. */
function parseBlock(state: ParseState, start: number): TemplateNode {
  const context = 'block clause';
  const { name, token } = parseName(state, context);
  const pipe = parsePipeline(state, context, 'right-delimiter');
  const { end } = state.tokens.newest;
  parseBody(new ParseState(state.input), name, { context, opener: state });
  return { kind: 'template', pos: token.start, start, end, name, pipe };
}

/** `{{template "name" [pipeline]}}` */
function parseTemplate(state: ParseState, start: number): TemplateNode {
  const { tokens } = state;
  const context = 'template clause';
  const { name, token } = parseName(state, context);
  if (tokens.nextNonSpace().kind === 'right-delimiter') {
    return { kind: 'template', pos: token.start, start, end: tokens.newest.end, name, pipe: undefined };
  }
  tokens.backup();
  const pipe = parsePipeline(state, context, 'right-delimiter');
  return { kind: 'template', pos: token.start, start, end: tokens.newest.end, name, pipe };
}

function parseName(state: ParseState, context: string): { readonly name: string; readonly token: Token } {
  const token = state.tokens.nextNonSpace();
  if (token.kind !== 'string' && token.kind !== 'raw-string') state.unexpected(token, context);
  return { name: unquoteToken(state, token), token };
}
