/**
 * sprig's numbers chapter. Comes in: anything, converted as spf13/cast does, without errors. Goes out: int64 or float64 values.
 * Not here: random numbers.
 */
import {
  castToFloat64,
  castToInt,
  castToInt64,
  type GoInt,
  goInt,
  int,
  int64,
  scanInteger,
  sprint,
  typedSlice,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';
import { add, divide, isLess, multiply, remainder, subtract } from './arithmetic.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  floatOf,
  multiplyDecimals,
  subtractDecimals,
} from './decimal.ts';
import { powerOfTen } from './power-of-ten.ts';

const zero = int64(0);
const one = int64(1);

function largest(first: unknown, ...others: readonly unknown[]): GoInt {
  return others.map(castToInt64).reduce((a, b) => (isLess(a, b) ? b : a), castToInt64(first));
}

function smallest(first: unknown, ...others: readonly unknown[]): GoInt {
  return others.map(castToInt64).reduce((a, b) => (isLess(b, a) ? b : a), castToInt64(first));
}

/** Unlike JS, Go lets an infinity win over NaN. */
function largerFloat(a: number, b: number): number {
  const isInfinite = a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY;
  return isInfinite ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

function smallerFloat(a: number, b: number): number {
  const isInfinite = a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY;
  return isInfinite ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}

function round(value: unknown, places: number, threshold = 0.5): number {
  const power = powerOfTen(places);
  const scaled = power * castToFloat64(value);
  const fraction = Number.isFinite(scaled) ? scaled - Math.trunc(scaled) : Number.NaN;
  return (fraction >= threshold ? Math.ceil(scaled) : Math.floor(scaled)) / power;
}

interface Steps {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

function stepsOf({ start, stop, step }: Steps): number[] {
  const steps: number[] = [];
  if (stop < start && step < 0) for (let i = start; i > stop; i += step) steps.push(i);
  if (stop > start && step > 0) for (let i = start; i < stop; i += step) steps.push(i);
  return steps;
}

function intSlice(steps: Steps): unknown {
  return typedSlice('[]int', stepsOf(steps).map(int));
}

/** `seq END`, `seq START END` or `seq START STEP END`, ends included. */
function seq(...params: readonly number[]): string {
  const [a = 0, b = 0, c = 0] = params;
  if (params.length === 1) return seq(1, a < 1 ? -1 : 1, a);
  if (params.length === 2) return seq(a, b < a ? -1 : 1, b);
  if (params.length !== 3 || (c < a && b > 0)) return '';
  return stepsOf({ start: a, stop: c < a ? c - 1 : c + 1, step: b }).join(' ');
}

function decimalOperation(
  first: unknown,
  others: readonly unknown[],
  operation: (a: Decimal, b: Decimal) => Decimal,
): number {
  let result = decimalOf(castToFloat64(first));
  for (const other of others) result = operation(result, decimalOf(castToFloat64(other)));
  return floatOf(result);
}

/** The number that `%v` of a value spells in octal, 0 when it spells none. */
function octal(value: unknown): GoInt {
  const { value: number, problem } = scanInteger(sprint([value]), 8, 64);
  return problem === undefined ? int64(number) : zero;
}

const conversions: Readonly<Record<string, FunctionSpec>> = {
  atoi: goFunction(['string'], (text) => goInt('int', scanInteger(text, 10, 64).value)),
  int: goFunction(['any'], castToInt),
  int64: goFunction(['any'], castToInt64),
  float64: goFunction(['any'], castToFloat64),
  toDecimal: goFunction(['any'], octal),
};

const integers: Readonly<Record<string, FunctionSpec>> = {
  add1: goFunction(['any'], (value) => add(castToInt64(value), one)),
  add: variadicFunction([], 'any', (...values) => values.map(castToInt64).reduce(add, zero)),
  sub: goFunction(['any', 'any'], (a, b) => subtract(castToInt64(a), castToInt64(b))),
  div: goFunction(['any', 'any'], (a, b) => divide(castToInt64(a), castToInt64(b))),
  mod: goFunction(['any', 'any'], (a, b) => remainder(castToInt64(a), castToInt64(b))),
  mul: variadicFunction(['any'], 'any', (first, ...others) =>
    others.map(castToInt64).reduce(multiply, castToInt64(first)),
  ),
  biggest: variadicFunction(['any'], 'any', largest),
  max: variadicFunction(['any'], 'any', largest),
  min: variadicFunction(['any'], 'any', smallest),
  until: goFunction(['int'], (count) => intSlice({ start: 0, stop: count, step: count < 0 ? -1 : 1 })),
  untilStep: goFunction(['int', 'int', 'int'], (start, stop, step) => intSlice({ start, stop, step })),
  seq: variadicFunction([], 'int', seq),
};

const floats: Readonly<Record<string, FunctionSpec>> = {
  add1f: goFunction(['any'], (value) => decimalOperation(value, [one], addDecimals)),
  addf: variadicFunction([], 'any', (...values) => decimalOperation(0, values, addDecimals)),
  subf: variadicFunction(['any'], 'any', (a, ...values) => decimalOperation(a, values, subtractDecimals)),
  divf: variadicFunction(['any'], 'any', (a, ...values) => decimalOperation(a, values, divideDecimals)),
  mulf: variadicFunction(['any'], 'any', (a, ...values) => decimalOperation(a, values, multiplyDecimals)),
  maxf: variadicFunction(['any'], 'any', (first, ...others) =>
    others.map(castToFloat64).reduce(largerFloat, castToFloat64(first)),
  ),
  minf: variadicFunction(['any'], 'any', (first, ...others) =>
    others.map(castToFloat64).reduce(smallerFloat, castToFloat64(first)),
  ),
  ceil: goFunction(['any'], (value) => Math.ceil(castToFloat64(value))),
  floor: goFunction(['any'], (value) => Math.floor(castToFloat64(value))),
  round: variadicFunction(['any', 'int'], 'float64', round),
};

/** sprig's number functions. */
export const numberFunctions: Readonly<Record<string, FunctionSpec>> = {
  ...conversions,
  ...integers,
  ...floats,
};
