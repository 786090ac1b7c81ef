/**
 * `.a.b`, `$x.a.b` and `(pipeline).a.b`.
 * Plain maps are walked by closures made for the length of the path; whatever is out of the ordinary starts again on the
 * complete path of field.ts, which gives the value or the error.
 */
import { Dict } from '@flotilla/gocompat';
import type { ChainNode, FieldNode, OperandNode, VariableNode } from '../parse/node.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import { type FieldSite, followPath } from './field.ts';
import type { Evaluate, Frame } from './frame.ts';
import { compileMethodArguments } from './method.ts';
import { unset } from './scope.ts';
import { fail, type Where } from './site.ts';
import { elementType } from './zero-element.ts';

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
  readonly from: 'dot' | 'root' | 'elsewhere';
}

/** `.a.b`, with arguments when it is the first operand of a command. */
export function compileField(compiler: Compiler, node: FieldNode, args: Arguments = noArguments): Expression {
  const base: Base = { evaluate: (frame) => frame.dot, container: compiler.dotContainer, from: 'dot' };
  return compilePath(compiler, { base, path: node.path, where: node, node, args });
}

/** `$x` or `$x.a.b`. */
export function compileVariable(
  compiler: Compiler,
  node: VariableNode,
  args: Arguments = noArguments,
): Expression {
  const base = variableBase(compiler, node);
  if (node.path.length === 0) return { evaluate: base.evaluate, last: node, isUnwrapped: false };
  return compilePath(compiler, { base, path: node.path, where: node, node, args });
}

/** `(pipeline).a.b` or `function.a.b`. */
export function compileChain(compiler: Compiler, node: ChainNode, args: Arguments = noArguments): Expression {
  const inner = node.base.kind === 'pipe' ? compiler.pipe(node.base) : compiler.operand(node.base);
  const { evaluate, isUnwrapped } = inner;
  const base: Base = {
    evaluate: isUnwrapped ? (frame) => evaluate(frame) ?? undefined : evaluate,
    container: undefined,
    from: 'elsewhere',
  };
  return compilePath(compiler, { base, path: node.path, where: inner.last, node, args });
}

function variableBase(compiler: Compiler, node: VariableNode): Base {
  const found = compiler.scope.find(node.name);
  const [first] = found;
  if (first === undefined) {
    if (node.name === '$') return { evaluate: (frame) => frame.root, container: undefined, from: 'root' };
    const site = siteOf(compiler, node);
    return {
      evaluate: (frame) => fail(frame, site, `undefined variable: ${node.name}`),
      container: undefined,
      from: 'elsewhere',
    };
  }
  const { slot, container } = first;
  if (!first.isConditional) return { evaluate: (frame) => frame.slots[slot], container, from: 'elsewhere' };
  const slots = found.map((variable) => variable.slot);
  const site = siteOf(compiler, node);
  return {
    evaluate: (frame) => {
      for (const each of slots) if (frame.slots[each] !== unset) return frame.slots[each];
      return node.name === '$' ? frame.root : fail(frame, site, `undefined variable: ${node.name}`);
    },
    container: undefined,
    from: 'elsewhere',
  };
}

interface Path {
  readonly base: Base;
  readonly path: readonly string[];
  /** The node current while the path is followed; `node` is the one a method's own error names. */
  readonly where: Where;
  readonly node: OperandNode;
  readonly args: Arguments;
}

function compilePath(compiler: Compiler, { base, path, where, node, args }: Path): Expression {
  const methodArguments = compileMethodArguments(compiler, node, args);
  const { language } = compiler;
  const site: FieldSite = {
    ...siteOf(compiler, where),
    language,
    callSite: siteOf(compiler, node),
    path,
    args: methodArguments,
  };
  const { container, evaluate } = base;
  const complete: Complete = (frame, value) => {
    const isElement = container !== undefined && elementType(frame.slots[container]) === 'interface {}';
    return followPath(frame, site, { value, isElement });
  };
  const isPlain = methodArguments === undefined && !path.some((name) => language.methodNames.has(name));
  return {
    evaluate: isPlain ? fastPath(base, path, complete) : (frame) => complete(frame, evaluate(frame)),
    last: methodArguments?.last ?? where,
    isUnwrapped: false,
  };
}

/** Follows a path from the value of its base, with every rule. */
type Complete = (frame: Frame, base: unknown) => unknown;

function fastPath(base: Base, path: readonly string[], complete: Complete): Evaluate {
  const [a, b, c] = path;
  if (base.from === 'elsewhere' || a === undefined || path.length > 3) return anyLength(base, path, complete);
  const isRoot = base.from === 'root';
  if (b === undefined) return oneStep(isRoot, a, complete);
  return c === undefined ? twoSteps(isRoot, [a, b], complete) : threeSteps(isRoot, [a, b, c], complete);
}

function oneStep(isRoot: boolean, a: string, complete: Complete): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const value = base instanceof Dict ? base[a] : undefined;
    return value === undefined ? complete(frame, base) : value;
  };
}

function twoSteps(isRoot: boolean, [a, b]: readonly [string, string], complete: Complete): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const first = base instanceof Dict ? base[a] : undefined;
    const value = first instanceof Dict ? first[b] : undefined;
    return value === undefined ? complete(frame, base) : value;
  };
}

function threeSteps(
  isRoot: boolean,
  [a, b, c]: readonly [string, string, string],
  complete: Complete,
): Evaluate {
  return (frame) => {
    const base = isRoot ? frame.root : frame.dot;
    const first = base instanceof Dict ? base[a] : undefined;
    const second = first instanceof Dict ? first[b] : undefined;
    const value = second instanceof Dict ? second[c] : undefined;
    return value === undefined ? complete(frame, base) : value;
  };
}

function anyLength({ evaluate }: Base, path: readonly string[], complete: Complete): Evaluate {
  return (frame) => {
    const base = evaluate(frame);
    let value = base;
    for (const name of path) {
      if (!(value instanceof Dict)) return complete(frame, base);
      value = value[name];
      if (value === undefined) return complete(frame, base);
    }
    return value;
  };
}
