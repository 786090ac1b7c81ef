/**
 * Function calls.
 * In: an identifier with its operands and the piped value. Out: a closure made for the number of arguments.
 * A wrong number of arguments is known here but reported when the call runs, as text/template does.
 */
import { isTruthy } from '@flotilla/gocompat';
import type { FunctionSpec, GoParam } from '../function-table.ts';
import type { IdentifierNode, Node, OperandNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { type Check, checkFor, compileArgument } from './argument.ts';
import { type Compiler, type Expression, siteOf } from './compiler.ts';
import type { Evaluate } from './frame.ts';
import { arityProblem, type CallSite, callFailure } from './method.ts';
import { unset } from './scope.ts';
import { fail, type Where } from './site.ts';

export interface Call {
  readonly callee: IdentifierNode;
  /** The node an error of the function names: the command, or the identifier when it stands alone. */
  readonly node: Node;
  readonly operands: readonly OperandNode[];
  readonly final: Expression | undefined;
}

export function compileCall(compiler: Compiler, call: Call): Expression {
  const { callee, operands, final } = call;
  const found = compiler.language.functionNamed(callee.name);
  if (found === undefined) return failing(compiler, call, `"${callee.name}" is not a defined function`);
  const { spec, isBuiltin } = found;
  const problem = arityProblem({ params: spec.params, isVariadic: spec.variadic ?? false }, callee.name, {
    explicit: operands.length,
    hasFinal: final !== undefined,
  });
  if (problem !== undefined) return failing(compiler, call, problem);
  if (isBuiltin && (callee.name === 'and' || callee.name === 'or')) return compileLogic(compiler, call);
  return compileOrdinary(compiler, call, { spec, isBuiltin });
}

/** The piped value is evaluated before the call fails. */
function failing(compiler: Compiler, { callee, final }: Call, reason: string): Expression {
  const site = siteOf(compiler, callee);
  return {
    evaluate: (frame) => {
      final?.evaluate(frame);
      return fail(frame, site, reason);
    },
    last: callee,
    isUnwrapped: false,
  };
}

function paramAt(spec: FunctionSpec, index: number): GoParam {
  return spec.params[Math.min(index, spec.params.length - 1)] ?? 'any';
}

function compileOrdinary(
  compiler: Compiler,
  { callee, node, operands, final }: Call,
  { spec, isBuiltin }: { readonly spec: FunctionSpec; readonly isBuiltin: boolean },
): Expression {
  let last: Where = callee;
  const leading = leadingArguments(spec, { isCall: isBuiltin && callee.name === 'call', operands });
  const explicit = operands.map((operand, index) => {
    const argument = compileArgument(compiler, operand, paramAt(spec, index));
    last = argument.last;
    return argument.evaluate;
  });
  const site: CallSite = { tree: compiler.tree, where: node, name: callee.name };
  const invoke = spec.call as Implementation;
  const args = leading.length === 0 ? explicit : [...leading, ...explicit];
  const evaluate =
    final === undefined
      ? callOf(invoke, args, site)
      : pipedCallOf(invoke, args, {
          site,
          evaluate: final.evaluate,
          check: checkFor(paramAt(spec, operands.length), final.isUnwrapped, siteOf(compiler, last)),
        });
  return { evaluate, last, isUnwrapped: false };
}

type Implementation = (...args: readonly unknown[]) => unknown;

/** Arguments that no template writes: the running execution, and for `call` the text of its function. */
function leadingArguments(
  spec: FunctionSpec,
  { isCall, operands }: { readonly isCall: boolean; readonly operands: readonly OperandNode[] },
): readonly Evaluate[] {
  if (spec.takesCall) return [(frame) => frame.run.call];
  const first = operands[0];
  if (!isCall) return [];
  const name = first === undefined ? undefined : nodeText(first);
  return [() => name];
}

function callOf(invoke: Implementation, args: readonly Evaluate[], site: CallSite): Evaluate {
  const a = args[0];
  const b = args[1];
  const c = args[2];
  if (a === undefined) return callWithNone(invoke, site);
  if (b === undefined) return callWithOne(invoke, a, site);
  if (args.length === 2) return callWithTwo(invoke, [a, b], site);
  if (c !== undefined && args.length === 3) return callWithThree(invoke, [a, b, c], site);
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    try {
      return invoke(...values);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

function callWithNone(invoke: Implementation, site: CallSite): Evaluate {
  return (frame) => {
    try {
      return invoke();
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

function callWithOne(invoke: Implementation, a: Evaluate, site: CallSite): Evaluate {
  return (frame) => {
    const first = a(frame);
    try {
      return invoke(first);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

function callWithTwo(
  invoke: Implementation,
  [a, b]: readonly [Evaluate, Evaluate],
  site: CallSite,
): Evaluate {
  return (frame) => {
    const first = a(frame);
    const second = b(frame);
    try {
      return invoke(first, second);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

function callWithThree(
  invoke: Implementation,
  [a, b, c]: readonly [Evaluate, Evaluate, Evaluate],
  site: CallSite,
): Evaluate {
  return (frame) => {
    const first = a(frame);
    const second = b(frame);
    const third = c(frame);
    try {
      return invoke(first, second, third);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

/** The piped value is evaluated first, but checked last. */
interface Piped {
  readonly site: CallSite;
  readonly evaluate: Evaluate;
  readonly check: Check;
}

function pipedCallOf(invoke: Implementation, args: readonly Evaluate[], piped: Piped): Evaluate {
  const { site, evaluate, check } = piped;
  const a = args[0];
  if (a === undefined) return callWithOne(invoke, (frame) => check(frame, evaluate(frame)), site);
  if (args.length === 1) return pipedCallWithOne(invoke, a, piped);
  return (frame) => {
    const value = evaluate(frame);
    const values = args.map((arg) => arg(frame));
    values.push(check(frame, value));
    try {
      return invoke(...values);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

function pipedCallWithOne(invoke: Implementation, a: Evaluate, { site, evaluate, check }: Piped): Evaluate {
  return (frame) => {
    const value = evaluate(frame);
    const first = a(frame);
    const last = check(frame, value);
    try {
      return invoke(first, last);
    } catch (error) {
      return callFailure(frame, site, error);
    }
  };
}

/** `and` and `or` evaluate no more arguments than they need; a piped value is returned untested when none decides. */
function compileLogic(compiler: Compiler, { callee, operands, final }: Call): Expression {
  const { scope } = compiler;
  const compiled: Expression[] = [];
  const declared = scope.conditionally(() => {
    for (const operand of operands) compiled.push(compileArgument(compiler, operand, 'value'));
  });
  const args = compiled.map((argument) => argument.evaluate);
  const chosen = scope.newSlot();
  const last: Where =
    compiled.length === 0
      ? callee
      : { kind: 'chosen', slot: chosen, choices: compiled.map((argument) => argument.last) };
  const decide = compileDecision(args, { decides: callee.name === 'or', chosen, final: final?.evaluate });
  const isUnwrapped = final?.isUnwrapped ?? false;
  if (declared.length === 0) return { evaluate: decide, last, isUnwrapped };
  return {
    evaluate: (frame) => {
      for (const slot of declared) frame.slots[slot] = unset;
      return decide(frame);
    },
    last,
    isUnwrapped,
  };
}

function compileDecision(
  args: readonly Evaluate[],
  {
    decides,
    chosen,
    final,
  }: { readonly decides: boolean; readonly chosen: number; readonly final: Evaluate | undefined },
): Evaluate {
  return (frame) => {
    const piped = final?.(frame);
    let value: unknown;
    for (let at = 0; at < args.length; at++) {
      value = args[at]?.(frame);
      if (isTruthy(value) === decides) {
        frame.slots[chosen] = at;
        return value;
      }
    }
    frame.slots[chosen] = args.length - 1;
    return final === undefined ? value : piped;
  };
}
