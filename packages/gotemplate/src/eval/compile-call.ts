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
import type { Evaluate, Frame } from './frame.ts';
import { arityProblem, callFailure } from './method.ts';
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
  const site = siteOf(compiler, callee);
  if (found === undefined) {
    return failing(final, callee, (frame) => fail(frame, site, `"${callee.name}" is not a defined function`));
  }
  const { spec, isBuiltin } = found;
  const problem = arityProblem({ params: spec.params, isVariadic: spec.variadic ?? false }, callee.name, {
    explicit: operands.length,
    hasFinal: final !== undefined,
  });
  if (problem !== undefined) return failing(final, callee, (frame) => fail(frame, site, problem));
  if (isBuiltin && (callee.name === 'and' || callee.name === 'or')) return compileLogic(compiler, call);
  return compileOrdinary(compiler, call, { spec, isBuiltin });
}

/** The piped value is evaluated before the call fails. */
function failing(final: Expression | undefined, last: Where, evaluate: Evaluate): Expression {
  if (final === undefined) return { evaluate, last, isUnwrapped: false };
  return {
    evaluate: (frame) => {
      final.evaluate(frame);
      return evaluate(frame);
    },
    last,
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
  const site = siteOf(compiler, node);
  const caught: Catch = (frame, error) => callFailure(frame, site, callee.name, error);
  const invoke = spec.call as Implementation;
  const args = [...leading, ...explicit];
  const evaluate =
    final === undefined
      ? callOf(invoke, args, caught)
      : pipedCallOf(invoke, args, {
          caught,
          evaluate: final.evaluate,
          check: checkFor(paramAt(spec, operands.length), final.isUnwrapped, siteOf(compiler, last)),
        });
  return { evaluate, last, isUnwrapped: false };
}

type Implementation = (...args: readonly unknown[]) => unknown;
type Catch = (frame: Frame, error: unknown) => unknown;

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

function callOf(invoke: Implementation, args: readonly Evaluate[], caught: Catch): Evaluate {
  const a = args[0];
  const b = args[1];
  const c = args[2];
  if (a === undefined) return callWithNone(invoke, caught);
  if (b === undefined) return callWithOne(invoke, a, caught);
  if (args.length === 2) return callWithTwo(invoke, [a, b], caught);
  if (c !== undefined && args.length === 3) return callWithThree(invoke, [a, b, c], caught);
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    try {
      return invoke(...values);
    } catch (error) {
      return caught(frame, error);
    }
  };
}

function callWithNone(invoke: Implementation, caught: Catch): Evaluate {
  return (frame) => {
    try {
      return invoke();
    } catch (error) {
      return caught(frame, error);
    }
  };
}

function callWithOne(invoke: Implementation, a: Evaluate, caught: Catch): Evaluate {
  return (frame) => {
    const first = a(frame);
    try {
      return invoke(first);
    } catch (error) {
      return caught(frame, error);
    }
  };
}

function callWithTwo(invoke: Implementation, [a, b]: readonly [Evaluate, Evaluate], caught: Catch): Evaluate {
  return (frame) => {
    const first = a(frame);
    const second = b(frame);
    try {
      return invoke(first, second);
    } catch (error) {
      return caught(frame, error);
    }
  };
}

function callWithThree(
  invoke: Implementation,
  [a, b, c]: readonly [Evaluate, Evaluate, Evaluate],
  caught: Catch,
): Evaluate {
  return (frame) => {
    const first = a(frame);
    const second = b(frame);
    const third = c(frame);
    try {
      return invoke(first, second, third);
    } catch (error) {
      return caught(frame, error);
    }
  };
}

/** The piped value is evaluated first, but checked last. */
interface Piped {
  readonly caught: Catch;
  readonly evaluate: Evaluate;
  readonly check: Check;
}

function pipedCallOf(invoke: Implementation, args: readonly Evaluate[], piped: Piped): Evaluate {
  const { caught, evaluate, check } = piped;
  const a = args[0];
  if (a === undefined) return callWithOne(invoke, (frame) => check(frame, evaluate(frame)), caught);
  if (args.length === 1) return pipedCallWithOne(invoke, a, piped);
  return (frame) => {
    const value = evaluate(frame);
    const values = args.map((arg) => arg(frame));
    values.push(check(frame, value));
    try {
      return invoke(...values);
    } catch (error) {
      return caught(frame, error);
    }
  };
}

function pipedCallWithOne(invoke: Implementation, a: Evaluate, { caught, evaluate, check }: Piped): Evaluate {
  return (frame) => {
    const value = evaluate(frame);
    const first = a(frame);
    const last = check(frame, value);
    try {
      return invoke(first, last);
    } catch (error) {
      return caught(frame, error);
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
