import { Dict, formatValue, GoError, GoStruct, TypedMap, typeOf } from '@flotilla/gocompat';
import { type FunctionTable, goFunction, variadicFunction } from '@flotilla/gotemplate';

/** `get`, `getOrNil` and `setValueAtPath` of Helmfile 1.8.0: dotted paths over maps and structs. */
export const valuePathFunctions: FunctionTable = new Map([
  ['get', variadicFunction(['string'], 'any', get)],
  ['getOrNil', goFunction(['string', 'any'], (path, value) => lookUp(path, value, { orNil: true }))],
  ['setValueAtPath', goFunction(['string', 'any', 'map'], setValueAtPath)],
]);

function get(path: string, ...args: unknown[]): unknown {
  if (args.length === 1) return lookUp(path, args[0], {});
  if (args.length === 2) return lookUp(path, args[1], { fallback: args[0] });
  throw new GoError(
    `unexpected number of args passed to the template function get(path, [def, ]obj): expected 1 or 2, got ${args.length}, args was ${formatValue(args)}`,
  );
}

interface LookUpOptions {
  /** What a missing key gives. */
  readonly fallback?: unknown;
  /** Anything that cannot be looked up gives nil. */
  readonly orNil?: boolean;
}

/** A null or scalar on the way is an error even with a fallback; a `map[string]string` ends the path early. */
function lookUp(path: string, value: unknown, options: LookUpOptions): unknown {
  if (path === '') return value;
  let current = value;
  for (const key of path.split('.')) {
    const step = stepInto(current, key);
    if (step.kind === 'found') {
      current = step.value;
      if (step.isLast) return current;
      continue;
    }
    if (options.orNil === true) return null;
    if (step.kind === 'missing' && 'fallback' in options) return options.fallback;
    throw new GoError(step.message);
  }
  return current;
}

type Step =
  | { readonly kind: 'found'; readonly value: unknown; readonly isLast: boolean }
  | { readonly kind: 'missing' | 'unfit'; readonly message: string };

function stepInto(value: unknown, key: string): Step {
  if (value instanceof Dict) return keyStep(value[key], key, value, false);
  if (value instanceof TypedMap) {
    return keyStep(value.entries.get(key), key, value, value.goType === 'map[string]string');
  }
  if (value instanceof GoStruct && !value.isPointer) {
    if (value.fields.has(key)) return { kind: 'found', value: value.fields.get(key), isLast: false };
    return { kind: 'missing', message: `no field named "${key}" exist in ${formatValue(value)}` };
  }
  const type = value === null || value === undefined ? '<nil>' : typeOf(value);
  return {
    kind: 'unfit',
    message: `unexpected type(${type}) of value for key "${key}": it must be either map[string]any or any struct`,
  };
}

function keyStep(found: unknown, key: string, map: unknown, isLast: boolean): Step {
  if (found !== undefined) return { kind: 'found', value: found, isLast };
  return { kind: 'missing', message: `no value exist for key "${key}" in ${formatValue(map)}` };
}

function setValueAtPath(path: string, value: unknown, root: Dict | null): unknown {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let current: unknown = root;
  for (const key of keys) {
    const next = current instanceof Dict ? current[key] : undefined;
    if (next === undefined) throw unsettable(path, key, 'does not exist');
    if (!(next instanceof Dict)) throw unsettable(path, key, 'was not a map');
    current = next;
  }
  if (!(current instanceof Dict)) throw unsettable(path, last, 'was not a map');
  current[last] = value;
  return root;
}

function unsettable(path: string, key: string, what: string): GoError {
  return new GoError(`failed to set value at path "${path}": value for key "${key}" ${what}`);
}
