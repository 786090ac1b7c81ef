import { Dict, GoError, GoInt } from '@flotilla/gocompat';

/** What encoding/json calls a value in its messages. */
export function jsonTypeOf(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || value instanceof GoInt) return 'number';
  if (Array.isArray(value)) return 'array';
  return value instanceof Dict ? 'object' : 'null';
}

/** The error of decoding YAML into a Go type it does not fit; `field` is set inside structs. */
export function jsonTypeError(value: unknown, goType: string, field?: string): GoError {
  const target = field === undefined ? 'Go value' : `Go struct field ${field}`;
  return new GoError(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonTypeOf(value)} into ${target} of type ${goType}`,
  );
}
