/**
 * `.a.b`, `$x.a.b` and `(pipeline).a.b`.
 * Plain maps are walked by closures made for the length of the path; whatever is out of the ordinary starts again on the
 * complete path of field.ts, which gives the value or the error.
 */
import type { ChainNode, FieldNode, OperandNode, VariableNode } from '../parse/node.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import { dotOf, fastPath, rootOf } from './fast-path.ts';
import { type FieldSite, followPath } from './field.ts';
import type { Evaluate } from './frame.ts';
import { compileMethodArguments, type MethodArguments } from './method.ts';
import { unset } from './scope.ts';
import { fail, type Where } from './site.ts';

export interface Arguments {
  /** Operands after the first. */
  readonly operands: readonly OperandNode[];
  readonly final: Expression | undefined;
}

const noArguments: Arguments = { operands: [], final: undefined };

/** A value to follow a path from. */
interface Base {
  readonly evaluate: Evaluate;
  /** Slot of the container the value is an element of. */
  readonly container: number | undefined;
}

const root: Base = { evaluate: rootOf, container: undefined };

/** `.a.b`, with arguments when it is the first operand of a command. */
export function compileField(compiler: Compiler, node: FieldNode, args: Arguments = noArguments): Expression {
  return compilePath(compiler, node, {
    base: { evaluate: dotOf, container: compiler.dotContainer },
    where: node,
    args,
  });
}

/** `$x` or `$x.a.b`. */
export function compileVariable(
  compiler: Compiler,
  node: VariableNode,
  args: Arguments = noArguments,
): Expression {
  const base = variableBase(compiler, node);
  if (node.path.length === 0) return { evaluate: base.evaluate, last: node, isUnwrapped: false };
  return compilePath(compiler, node, { base, where: node, args });
}

/** `(pipeline).a.b` or `function.a.b`. */
export function compileChain(compiler: Compiler, node: ChainNode, args: Arguments = noArguments): Expression {
  const inner = node.base.kind === 'pipe' ? compiler.pipe(node.base) : compiler.operand(node.base);
  const { evaluate, isUnwrapped } = inner;
  const base: Base = {
    evaluate: isUnwrapped ? (frame) => evaluate(frame) ?? undefined : evaluate,
    container: undefined,
  };
  return compilePath(compiler, node, { base, where: inner.last, args });
}

function variableBase(compiler: Compiler, node: VariableNode): Base {
  const found = compiler.scope.find(node.name);
  const first = found[0];
  if (first === undefined && node.name === '$') return root;
  if (first !== undefined && !first.isConditional) {
    const { slot } = first;
    return { evaluate: (frame) => frame.slots[slot], container: slot + 1 };
  }
  const slots = found.map((variable) => variable.slot);
  const isAlwaysSet = found.at(-1)?.isConditional === false;
  const site = siteOf(compiler, node);
  return {
    evaluate: (frame) => {
      for (const each of slots) if (frame.slots[each] !== unset) return frame.slots[each];
      if (node.name === '$' && !isAlwaysSet) return frame.root;
      return fail(frame, site, `undefined variable: ${node.name}`);
    },
    container: undefined,
  };
}

interface Path {
  readonly base: Base;
  /** The node current while the path is followed. */
  readonly where: Where;
  readonly args: Arguments;
}

function compilePath(
  compiler: Compiler,
  node: FieldNode | VariableNode | ChainNode,
  { base, where, args }: Path,
): Expression {
  const { tree, language } = compiler;
  const methodArguments = compileMethodArguments(compiler, node, args);
  const { path } = node;
  const { container, evaluate } = base;
  const site: FieldSite = { tree, where, node, language, path, container, args: methodArguments };
  if (methodArguments !== undefined)
    return withArguments(site, evaluate, { args: methodArguments, final: args.final });
  const { methodNames } = language;
  const isPlain = methodNames.size === 0 || !path.some((name) => methodNames.has(name));
  return {
    evaluate: isPlain ? fastPath(evaluate, site) : (frame) => followPath(frame, site, evaluate(frame)),
    last: where,
    isUnwrapped: false,
  };
}

function withArguments(
  site: FieldSite,
  evaluate: Evaluate,
  { args, final }: { readonly args: MethodArguments; readonly final: Expression | undefined },
): Expression {
  const piped = final?.evaluate;
  return {
    evaluate: (frame) => {
      const value = piped?.(frame);
      frame.slots[args.evaluated] = 0;
      return followPath(frame, site, evaluate(frame), value);
    },
    last: { kind: 'chosen', slot: args.evaluated, choices: [site.where, args.last] },
    isUnwrapped: false,
  };
}
