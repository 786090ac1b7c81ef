/**
 * What Go's reflection says about a value: its kind (`map`, `float64`) and its type (`map[string]interface {}`).
 */
import { InternalError } from '@flotilla/diagnostics';
import { Dict, goTypeOfNamed, NamedDict, TypedMap } from './dict.ts';
import { GoInt, namedTypeOf } from './go-int.ts';
import { GoError, GoStruct } from './go-struct.ts';
import { GoTime } from './go-time.ts';
import { sliceType } from './slice.ts';

/** The name Go's `reflect.Kind` prints; `invalid` for nil. */
export function kindOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'invalid';
    case 'function':
      return 'func';
    default:
      return value === null ? 'invalid' : kindOfObject(value as object);
  }
}

function kindOfObject(value: object): string {
  if (value instanceof GoInt) return namedTypeOf(value.kind)?.kind ?? value.kind;
  if (value instanceof Dict || value instanceof TypedMap) return 'map';
  if (Array.isArray(value) || value instanceof Uint8Array) return 'slice';
  if (value instanceof GoStruct) return value.isPointer ? 'ptr' : 'struct';
  if (value instanceof GoTime) return 'struct';
  if (value instanceof GoError) return 'ptr';
  throw new InternalError(`no Go kind for a ${value.constructor?.name ?? 'JS object'}`);
}

/** The type as `%T` prints it; `<nil>` for nil. */
export function typeOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? typeOfObject(value) : typeOfPrimitive(value);
}

function typeOfObject(value: object): string {
  if (value instanceof GoInt) return namedTypeOf(value.kind)?.goType ?? value.kind;
  if (value instanceof NamedDict) return goTypeOfNamed(value);
  if (value instanceof Dict) return 'map[string]interface {}';
  if (value instanceof TypedMap) return value.goType;
  if (Array.isArray(value)) return sliceType(value);
  if (value instanceof Uint8Array) return '[]uint8';
  if (value instanceof GoStruct) return value.isPointer ? `*${value.goType}` : value.goType;
  if (value instanceof GoTime) return 'time.Time';
  if (value instanceof GoError) return '*errors.errorString';
  throw new InternalError(`no Go type for a ${value.constructor?.name ?? 'JS object'}`);
}

function typeOfPrimitive(value: unknown): string {
  const kind = kindOf(value);
  if (kind === 'invalid') return '<nil>';
  return kind === 'func' ? 'func()' : kind;
}
