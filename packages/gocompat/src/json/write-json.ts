/**
 * JSON as Go's encoding/json writes it: sorted keys, HTML escapes, bytes as base64. Comes in: a Go value; goes out:
 * text without a final newline.
 */
import { Buffer } from 'node:buffer';
import { InternalError } from '@flotilla/diagnostics';
import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatJsonTime } from '../time/format-time.ts';
import { Dict, isNilMap, TypedMap } from '../value/dict.ts';
import { GoInt } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { sortedKeys } from '../value/order.ts';
import { isNilSlice } from '../value/slice.ts';

export interface JsonWriteOptions {
  /** Write `<`, `>` and `&` as `\u003c`, `\u003e`, `\u0026`; true unless told otherwise, as in Go. */
  readonly escapeHtml?: boolean;
  /** One level of indentation; without it everything is on one line without blanks. */
  readonly indent?: string;
}

interface Writer {
  readonly escapeHtml: boolean;
  readonly indent: string | undefined;
  /** Newline and indentation of the level that is being written. */
  margin: string;
}

/**
 * Go's `json.Marshal` (`json.MarshalIndent` with `indent`). Throws GoError for NaN and infinities
 * (`json: unsupported value: +Inf`), functions and times outside years 0 to 9999.
 */
export function toGoJson(value: unknown, options: JsonWriteOptions = {}): string {
  return write(value, { escapeHtml: options.escapeHtml ?? true, indent: options.indent, margin: '\n' });
}

function write(value: unknown, writer: Writer): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, writer.escapeHtml);
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return 'null';
    case 'object':
      return value === null ? 'null' : writeObject(value, writer);
    default:
      throw new GoError('json: unsupported type: func()');
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new GoError(`json: unsupported value: ${formatShortestFloat(value)}`);
  return value === 0 && Object.is(value, -0) ? '-0' : String(value);
}

function writeObject(value: object, writer: Writer): string {
  if (value instanceof Dict) return writeMap(sortedKeys(value), (key) => value[key], writer);
  if (Array.isArray(value)) return writeSlice(value, writer);
  if (value instanceof GoInt) return value.toString();
  if (value instanceof TypedMap) {
    return isNilMap(value) ? 'null' : writeMap(sortedKeys(value), (key) => value.entries.get(key), writer);
  }
  if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`;
  if (value instanceof GoTime) return `"${formatJsonTime(value)}"`;
  if (value instanceof GoStruct) return writeStruct(value, writer);
  if (value instanceof GoError) return '{}';
  throw new InternalError(`no JSON for a ${value.constructor?.name ?? 'JS object'}`);
}

/** A struct without exported fields that has a text is one of Go's text marshalers, such as a version. */
function writeStruct(value: GoStruct, writer: Writer): string {
  if (value.fields.size === 0 && value.text !== undefined)
    return writeString(value.text(), writer.escapeHtml);
  return writeMap([...value.fields.keys()], (key) => value.fields.get(key), writer);
}

function writeSlice(items: readonly unknown[], writer: Writer): string {
  if (items.length === 0) return isNilSlice(items) ? 'null' : '[]';
  return writeNested('[', ']', writer, (separator) => {
    let body = '';
    for (const item of items) body += (body === '' ? '' : separator) + write(item, writer);
    return body;
  });
}

function writeMap(keys: readonly string[], get: (key: string) => unknown, writer: Writer): string {
  if (keys.length === 0) return '{}';
  const colon = writer.indent === undefined ? ':' : ': ';
  return writeNested('{', '}', writer, (separator) => {
    let body = '';
    for (const key of keys) {
      const name = writeString(key, writer.escapeHtml);
      body += (body === '' ? '' : separator) + name + colon + write(get(key), writer);
    }
    return body;
  });
}

function writeNested(
  open: string,
  close: string,
  writer: Writer,
  body: (separator: string) => string,
): string {
  if (writer.indent === undefined) return open + body(',') + close;
  const outer = writer.margin;
  writer.margin = outer + writer.indent;
  const text = open + writer.margin + body(`,${writer.margin}`);
  writer.margin = outer;
  return text + outer + close;
}

const plain = /^[ !#-%'-;=?-[\]-~]*$/;
const special = /["\\<>&\x00-\x1f\u2028\u2029]|[\ud800-\udfff]/gu;
const specialRaw = /["\\\x00-\x1f\u2028\u2029]|[\ud800-\udfff]/gu;

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A JSON string as Go writes it. */
export function writeString(text: string, escapeHtml: boolean): string {
  if (plain.test(text)) return `"${text}"`;
  return `"${text.replace(escapeHtml ? special : specialRaw, escapeCharacter)}"`;
}

function escapeCharacter(char: string): string {
  const short = shortEscapes[char];
  if (short !== undefined) return short;
  const code = char.charCodeAt(0);
  if (code >= 0xd800) return '\\ufffd';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
