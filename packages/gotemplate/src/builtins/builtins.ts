/** The functions every template has; a given function of the same name hides one. */

import { isTruthy } from '@flotilla/gocompat';
import { type FunctionTable, goFunction, variadicFunction } from '../function-table.ts';
import { callFunctionValue, index, length, slice } from './collection.ts';
import { comparisonFunctions } from './comparison.ts';
import { printFunctions } from './print.ts';

export const builtinFunctions: FunctionTable = new Map([
  // The evaluator runs these two itself: they do not evaluate more arguments than they need.
  ['and', variadicFunction(['value'], 'value', (first) => first)],
  ['or', variadicFunction(['value'], 'value', (first) => first)],
  ['not', goFunction(['value'], (value) => !isTruthy(value))],
  ['len', goFunction(['value'], length)],
  ['index', variadicFunction(['value'], 'value', index)],
  ['slice', variadicFunction(['value'], 'value', slice)],
  ['call', callFunctionValue],
  ...comparisonFunctions,
  ...printFunctions,
]);
