import { Dict, GoError, type GoMethod, GoStruct, NamedDict, typeOf } from '@flotilla/gocompat';
import { valueMethods } from '../builtins/value-methods.ts';
import { TemplateError } from '../errors.ts';
import { type FunctionSpec, type GoParam, goParamNames } from '../function-table.ts';
import type { OperandNode } from '../parse/node.ts';
import { type Check, checked, checkFor, compileArgument } from './argument.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import type { Evaluate, Frame } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import { fail, keepOverflow, type Site, type Where } from './site.ts';

/** Arguments written after a field; their types are known only when the method is. */
export interface MethodArguments {
  readonly count: number;
  readonly explicit: readonly ((param: GoParam) => Evaluate)[];
  /** Checks the piped value. */
  readonly final: ((param: GoParam) => Check) | undefined;
  readonly last: Where;
  /** Slot that says whether the arguments were evaluated: fields of nil are nothing without a look at them. */
  readonly evaluated: number;
}

/** A method bound to nothing yet. */
export interface Method {
  readonly params: readonly GoParam[];
  readonly isVariadic: boolean;
  readonly call: (receiver: unknown, args: readonly unknown[]) => unknown;
}

const known = new WeakMap<FunctionSpec | GoMethod, Method>();

/** The method of a value, by its Go type. */
export function methodNamed(language: TemplateLanguage, value: unknown, name: string): Method | undefined {
  if (value instanceof GoStruct) {
    const own = value.methods.get(name);
    if (own !== undefined) return ofStruct(own);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Dict && !(value instanceof NamedDict)) return undefined;
  const type = typeOf(value);
  const spec = language.methods.get(type)?.get(name) ?? valueMethods.get(type)?.get(name);
  return spec === undefined ? undefined : ofSpec(spec);
}

const paramsByGoName: ReadonlyMap<string, GoParam> = new Map(
  Object.entries(goParamNames).flatMap(([param, goName]) => [
    [param, param as GoParam],
    [goName, param as GoParam],
  ]),
);

function ofStruct(method: GoMethod): Method {
  let made = known.get(method);
  if (made === undefined) {
    const params = method.parameters.map((type) => paramsByGoName.get(type) ?? 'any');
    made = {
      params,
      isVariadic: method.isVariadic ?? false,
      call: (_receiver, args) => method.call(...args),
    };
    known.set(method, made);
  }
  return made;
}

function ofSpec(spec: FunctionSpec): Method {
  let made = known.get(spec);
  if (made === undefined) {
    const call = spec.call as (...args: readonly unknown[]) => unknown;
    made = {
      params: spec.params,
      isVariadic: spec.variadic ?? false,
      call: (receiver, args) => call(receiver, ...args),
    };
    known.set(spec, made);
  }
  return made;
}

/** Compiles the operands after a field, and the piped value, without knowing what they are for. */
export function compileMethodArguments(
  compiler: Compiler,
  field: OperandNode,
  { operands, final }: { readonly operands: readonly OperandNode[]; readonly final: Expression | undefined },
): MethodArguments | undefined {
  if (operands.length === 0 && final === undefined) return undefined;
  let last: Where = field;
  const explicit = operands.map((node) => {
    const argument = latelyTyped(compiler, node);
    last = argument.last;
    return argument.typed;
  });
  const site = siteOf(compiler, last);
  return {
    count: operands.length,
    explicit,
    final: final === undefined ? undefined : (param) => checkFor(param, final.isUnwrapped, site),
    last,
    evaluated: compiler.scope.newSlot(),
  };
}

function latelyTyped(
  compiler: Compiler,
  node: OperandNode,
): { readonly typed: (param: GoParam) => Evaluate; readonly last: Where } {
  if (node.kind === 'bool' || node.kind === 'nil' || node.kind === 'number' || node.kind === 'string') {
    return { typed: (param) => compileArgument(compiler, node, param).evaluate, last: node };
  }
  const expression = compiler.operand(node);
  const site = siteOf(compiler, expression.last);
  return { typed: (param) => checked(expression, param, site), last: expression.last };
}

/** Where a method is called; its own errors name another node than those of its arguments. */
export interface MethodSite extends Site {
  readonly node: OperandNode;
}

export interface MethodCall {
  readonly receiver: unknown;
  readonly method: Method;
  readonly name: string;
  readonly args: MethodArguments | undefined;
  /** The piped value, evaluated before the receiver was. */
  readonly piped: unknown;
}

/** Checks the number of arguments, evaluates them and calls. */
export function callMethod(
  frame: Frame,
  site: MethodSite,
  { receiver, method, name, args, piped }: MethodCall,
): unknown {
  const explicit = args?.explicit ?? [];
  const problem = arityProblem(method, name, {
    explicit: explicit.length,
    hasFinal: args?.final !== undefined,
  });
  if (problem !== undefined) fail(frame, site, problem);
  const paramAt = (index: number): GoParam =>
    method.params[Math.min(index, method.params.length - 1)] ?? 'any';
  const values = explicit.map((argument, index) => argument(paramAt(index))(frame));
  if (args !== undefined) frame.slots[args.evaluated] = 1;
  if (args?.final !== undefined) values.push(args.final(paramAt(explicit.length))(frame, piped));
  try {
    return method.call(receiver, values);
  } catch (error) {
    return callFailure(frame, { tree: site.tree, where: site.node, name }, error);
  }
}

/** Go's message for a wrong number of arguments. */
export function arityProblem(
  callee: { readonly params: readonly GoParam[]; readonly isVariadic: boolean },
  name: string,
  given: { readonly explicit: number; readonly hasFinal: boolean },
): string | undefined {
  const total = given.explicit + (given.hasFinal ? 1 : 0);
  const wanted = callee.params.length;
  if (callee.isVariadic) {
    if (total >= wanted - 1) return undefined;
    return `wrong number of args for ${name}: want at least ${wanted - 1} got ${given.explicit}`;
  }
  return total === wanted ? undefined : `wrong number of args for ${name}: want ${wanted} got ${total}`;
}

/** A call and the name of what it calls. */
export interface CallSite extends Site {
  readonly name: string;
}

/** Reports what a called function threw; a suspension or a bug passes through, and of an exhausted stack the place is kept. */
export function callFailure(frame: Frame, site: CallSite, error: unknown): never {
  if (error instanceof RangeError) {
    keepOverflow(frame, site);
    throw error;
  }
  if (error instanceof TemplateError || error instanceof GoError) {
    fail(frame, site, `error calling ${site.name}: ${error.message}`, { cause: error });
  }
  throw error;
}
