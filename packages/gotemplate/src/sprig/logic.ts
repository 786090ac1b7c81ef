import { isTruthy } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';
import { panic } from './panic.ts';

/** sprig's defaults and flow control: what counts as empty is what `if` counts as false. */
export const logicFunctions: Readonly<Record<string, FunctionSpec>> = {
  default: variadicFunction(['any'], 'any', (fallback, ...given) =>
    isTruthy(given[0]) ? given[0] : fallback,
  ),
  empty: goFunction(['any'], (value) => !isTruthy(value)),
  coalesce: variadicFunction([], 'any', (...values) => values.find(isTruthy) ?? null),
  all: variadicFunction([], 'any', (...values) => values.every(isTruthy)),
  any: variadicFunction([], 'any', (...values) => values.some(isTruthy)),
  ternary: goFunction(['any', 'any', 'bool'], (whenTrue, whenFalse, condition) =>
    condition ? whenTrue : whenFalse,
  ),
  fail: goFunction(['string'], (message) => panic(message)),
};
