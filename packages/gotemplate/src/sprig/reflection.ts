import { deepEqual, kindOf, typeOf } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';

/** sprig's reflection functions: kinds (`map`) and types (`map[string]interface {}`) as Go names them. */
export const reflectionFunctions: Readonly<Record<string, FunctionSpec>> = {
  typeOf: goFunction(['any'], typeOf),
  typeIs: goFunction(['string', 'any'], (name, value) => name === typeOf(value)),
  typeIsLike: goFunction(['string', 'any'], (name, value) => {
    const type = typeOf(value);
    return name === type || `*${name}` === type;
  }),
  kindOf: goFunction(['any'], kindOf),
  kindIs: goFunction(['string', 'any'], (name, value) => name === kindOf(value)),
  deepEqual: goFunction(['any', 'any'], deepEqual),
};
