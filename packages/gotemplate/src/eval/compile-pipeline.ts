import type { CommandNode, OperandNode, PipeNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { compileCall } from './compile-call.ts';
import { type Arguments, compileChain, compileField, compileVariable } from './compile-chain.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import { constantNumber } from './constant.ts';
import type { Evaluate, Frame } from './frame.ts';
import { unset } from './scope.ts';
import { fail, type Where } from './site.ts';

/** A pipeline with its declarations; each stage gives its value to the next as the last argument. */
export function compilePipe(compiler: Compiler, node: PipeNode): Expression {
  const value = compileStages(compiler, node);
  return node.declarations.length === 0 ? value : { ...value, evaluate: declaring(compiler, node, value) };
}

/** A pipeline without its declarations. */
export function compileStages(compiler: Compiler, node: PipeNode): Expression {
  let value: Expression | undefined;
  let current: Where = node;
  for (const command of node.commands) {
    const { evaluate, last } = compileCommand(compiler, command, { final: value, current });
    value = { evaluate, last, isUnwrapped: true };
    current = last;
  }
  if (value === undefined) throw new RangeError('a pipeline without commands');
  return value;
}

/** Declares or assigns, innermost variable first; the value stays that of the pipeline. */
function declaring(compiler: Compiler, node: PipeNode, { evaluate, last }: Expression): Evaluate {
  const setters = node.declarations.map((name) =>
    node.isAssign ? compileAssignment(compiler, name, last) : settingSlot(compiler.scope.declare(name)),
  );
  return (frame) => {
    const value = evaluate(frame) ?? undefined;
    for (const set of setters) set(frame, value);
    return value;
  };
}

/** `owner` is the list or map that `value` is an element of. */
export type SetVariable = (frame: Frame, value: unknown, owner?: unknown) => void;

export function settingSlot(slot: number): SetVariable {
  return (frame, value, owner) => {
    frame.slots[slot] = value;
    frame.slots[slot + 1] = owner;
  };
}

/** `$x = …` writes the innermost variable of that name; the parser lets names through that nobody declared. */
export function compileAssignment(compiler: Compiler, name: string, where: Where): SetVariable {
  const found = compiler.scope.find(name);
  const site = siteOf(compiler, where);
  const first = found[0];
  if (first !== undefined && !first.isConditional) return settingSlot(first.slot);
  const slots = found.map((variable) => variable.slot);
  const isAlwaysSet = found.at(-1)?.isConditional === false;
  return (frame, value, owner) => {
    for (const [index, slot] of slots.entries()) {
      const isCertain = isAlwaysSet && index === slots.length - 1;
      if (!isCertain && frame.slots[slot] === unset) continue;
      frame.slots[slot] = value;
      frame.slots[slot + 1] = owner;
      return;
    }
    if (name !== '$') fail(frame, site, `undefined variable: ${name}`);
    frame.root = value;
  };
}

interface Stage {
  readonly final: Expression | undefined;
  /** The node current before the command. */
  readonly current: Where;
}

function compileCommand(compiler: Compiler, command: CommandNode, { final, current }: Stage): Expression {
  const first = command.operands[0];
  const operands = command.operands.slice(1);
  if (first === undefined) throw new RangeError('a command without operands');
  const args: Arguments = { operands, final };
  switch (first.kind) {
    case 'field':
      return compileField(compiler, first, args);
    case 'chain':
      return compileChain(compiler, first, args);
    case 'identifier':
      return compileCall(compiler, { callee: first, node: command, operands, final });
    case 'variable':
      return first.path.length > 0
        ? compileVariable(compiler, first, args)
        : alone(compiler, first, { args, where: first });
    case 'pipe':
      return alone(compiler, first, { args, where: current });
    case 'nil':
      return failsAsCommand(compiler, first, args);
    default:
      return alone(compiler, first, { args, where: first });
  }
}

/** An operand that takes no arguments; giving it some fails when it runs. */
function alone(
  compiler: Compiler,
  node: OperandNode,
  { args, where }: { readonly args: Arguments; readonly where: Where },
): Expression {
  if (args.operands.length === 0 && args.final === undefined) return compileOperand(compiler, node);
  const site = siteOf(compiler, where);
  const reason = `can't give argument to non-function ${nodeText(node)}`;
  // A variable that was never declared is the first thing found wrong.
  const first = node.kind === 'variable' ? compileVariable(compiler, node).evaluate : undefined;
  return failingAfter(args.final, where, (frame) => {
    first?.(frame);
    return fail(frame, site, reason);
  });
}

function failsAsCommand(compiler: Compiler, node: OperandNode, args: Arguments): Expression {
  if (args.operands.length > 0 || args.final !== undefined)
    return alone(compiler, node, { args, where: node });
  const site = siteOf(compiler, node);
  return failingAfter(undefined, node, (frame) => fail(frame, site, 'nil is not a command'));
}

function failingAfter(final: Expression | undefined, last: Where, evaluate: Evaluate): Expression {
  return {
    evaluate: (frame) => {
      final?.evaluate(frame);
      return evaluate(frame);
    },
    last,
    isUnwrapped: false,
  };
}

/** An operand by itself. */
export function compileOperand(compiler: Compiler, node: OperandNode): Expression {
  switch (node.kind) {
    case 'field':
      return compileField(compiler, node);
    case 'variable':
      return compileVariable(compiler, node);
    case 'chain':
      return compileChain(compiler, node);
    case 'identifier':
      return compileCall(compiler, { callee: node, node, operands: [], final: undefined });
    case 'pipe':
      return compilePipe(compiler, node);
    case 'dot':
      return { evaluate: (frame) => frame.dot, last: node, isUnwrapped: false };
    case 'nil':
      return failsAsCommand(compiler, node, { operands: [], final: undefined });
    case 'number':
      return { evaluate: constantNumber(node, siteOf(compiler, node)), last: node, isUnwrapped: false };
    case 'bool':
    case 'string': {
      const value = node.kind === 'bool' ? node.value : node.text;
      return { evaluate: () => value, last: node, isUnwrapped: false };
    }
  }
}
