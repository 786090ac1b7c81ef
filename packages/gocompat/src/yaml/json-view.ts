import { Buffer } from 'node:buffer';
import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatJsonTime } from '../time/format-time.ts';
import { wrapping } from '../value/catch-go-error.ts';
import { Dict, isNilMap, TypedMap } from '../value/dict.ts';
import { GoInt, goInt } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { isNilSlice } from '../value/slice.ts';

/** Thrown at a text that JSON and go-yaml's scanner do not carry as it is; the whole value then takes that way. */
export class NeedsDetour extends Error {}

/**
 * One value as it comes out of JSON and go-yaml v2, which is what sigs.k8s.io/yaml writes: whole floats are integers,
 * bytes and times are strings, nil slices are null, structs are maps. Children of collections are left as they are.
 * Throws NeedsDetour, or GoError for what has no JSON.
 */
export function jsonView(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return jsonText(value);
    case 'number':
      return jsonNumber(value);
    case 'object':
      return value === null ? null : jsonObject(value);
    case 'function':
      throw new GoError('error marshaling into JSON: json: unsupported type: func()');
    default:
      return value;
  }
}

function jsonObject(value: object): unknown {
  if (value instanceof Dict) return value;
  if (Array.isArray(value)) return value.length === 0 && isNilSlice(value) ? null : value;
  if (value instanceof GoInt) return value;
  if (value instanceof TypedMap) return isNilMap(value) ? null : typedDict(value);
  if (value instanceof GoTime) {
    return wrapping('error marshaling into JSON: ', () => formatJsonTime(value));
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof GoStruct) {
    return value.text !== undefined && value.fields.size === 0
      ? jsonText(value.text())
      : toDict(value.fields);
  }
  return new Dict();
}

function typedDict(value: TypedMap): Dict {
  if (value.goType.startsWith('map[interface {}]')) {
    throw new GoError(`error marshaling into JSON: json: unsupported type: ${value.goType}`);
  }
  return toDict(value.entries);
}

function toDict(entries: ReadonlyMap<string, unknown>): Dict {
  const result = new Dict();
  for (const [key, value] of entries) result[key] = value;
  return result;
}

const limit64 = 2 ** 64;
const limit63 = 2 ** 63;

function jsonNumber(value: number): unknown {
  if (Number.isSafeInteger(value)) {
    if (value === 0) return 0;
    return Math.abs(value) < 1e6 ? value : goInt('int', value);
  }
  if (!Number.isFinite(value)) {
    throw new GoError(`error marshaling into JSON: json: unsupported value: ${formatShortestFloat(value)}`);
  }
  if (Number.isInteger(value) && value >= -limit63 && value < limit64) return bigJsonNumber(value);
  return value;
}

/** JSON has the shortest digits, which need not be those of the binary value. */
function bigJsonNumber(value: number): unknown {
  const digits = BigInt(String(value));
  if (digits < -(2n ** 63n) || digits >= 2n ** 64n) return value;
  return goInt(digits < 0n ? 'int' : 'uint64', digits);
}

const troublesome = /[\x7f-\x9f\ud800-\udfff\ufffe\uffff]/;
const lone = /\p{Cs}|[\x7f-\x9f\ufffe\uffff]/u;

function jsonText(text: string): string {
  if (troublesome.test(text) && lone.test(text)) throw new NeedsDetour();
  return text;
}

/** The longest key that cannot be too long for go-yaml's scanner once it is JSON. */
const safeKeyLength = 170;

/** Like {@link jsonView}, for a key. */
export function checkJsonKey(key: string): void {
  jsonText(key);
  if (key.length > safeKeyLength) throw new NeedsDetour();
}
