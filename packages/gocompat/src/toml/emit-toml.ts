/**
 * Writing TOML as BurntSushi/toml 1.6 encodes it (Helm's `toToml`): a Go value in, text out. Scalars and plain arrays
 * come first, then tables, each sorted by key; tables are indented by depth; nil values are left out.
 */
import { formatFloat } from '../strconv/format-float.ts';
import { formatDuration } from '../time/duration.ts';
import { Dict, TypedMap } from '../value/dict.ts';
import { GoInt } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { sortStrings } from '../value/order.ts';
import { isNilSlice } from '../value/slice.ts';
import { formatTomlTime } from './toml-time.ts';

/**
 * TOML text of a Go value; a scalar or an array of scalars is written bare. Throws GoError with the encoder's text
 * (`toml: top-level values must be Go maps or structs`, `toml: cannot encode array with nil element`).
 */
export function emitToml(value: unknown): string {
  const encoder = new TomlEncoder();
  encoder.encode([], value);
  return encoder.out;
}

type Key = readonly string[];

type Table = readonly (readonly [string, unknown])[];

class TomlEncoder {
  out = '';

  encode(key: Key, value: unknown): void {
    if (isTable(value)) this.encodeTable(key, value);
    else if (isTableArray(value)) this.encodeTables(key, value);
    else if (key.length === 0) this.out += inlineValue(value);
    else this.out += `${indentation(key)}${printKey(key.at(-1) ?? '')} = ${inlineValue(value)}\n`;
  }

  private encodeTables(key: Key, tables: readonly unknown[]): void {
    if (key.length === 0) throw new GoError('toml: top-level values must be Go maps or structs');
    for (const table of tables) {
      this.newline();
      this.out += `${indentation(key)}[[${key.map(printKey).join('.')}]]\n`;
      this.encodeEntries(key, table);
    }
  }

  private encodeTable(key: Key, table: unknown): void {
    if (key.length === 1) this.newline();
    if (key.length > 0) this.out += `${indentation(key)}[${key.map(printKey).join('.')}]\n`;
    this.encodeEntries(key, table);
  }

  private encodeEntries(key: Key, table: unknown): void {
    const { direct, nested } = splitEntries(table);
    for (const [name, value] of [...direct, ...nested]) if (!isNil(value)) this.encode([...key, name], value);
  }

  private newline(): void {
    if (this.out !== '') this.out += '\n';
  }
}

function indentation(key: Key): string {
  return '  '.repeat(key.length - 1);
}

function isTable(value: unknown): boolean {
  if (value instanceof GoStruct) return !isText(value);
  return value instanceof Dict || value instanceof TypedMap;
}

/** A struct that Go would marshal as text, such as a version. */
function isText(value: GoStruct): boolean {
  return value.fields.size === 0 && value.text !== undefined;
}

function isNil(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && isNilSlice(value));
}

/** True for a non-empty array of tables. Throws when an array holds nil, at any depth of arrays. */
function isTableArray(value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  let allTables = true;
  for (const item of value) {
    if (isNil(item)) throw new GoError('toml: cannot encode array with nil element');
    isTableArray(item);
    if (!isTable(item)) allTables = false;
  }
  return allTables;
}

/** The entries of a table, scalars and plain arrays apart from tables. */
function splitEntries(table: unknown): { readonly direct: Table; readonly nested: Table } {
  const direct: (readonly [string, unknown])[] = [];
  const nested: (readonly [string, unknown])[] = [];
  for (const entry of tableEntries(table)) {
    (isTable(entry[1]) || isTableArray(entry[1]) ? nested : direct).push(entry);
  }
  return { direct, nested };
}

function tableEntries(table: unknown): Table {
  if (table instanceof GoStruct) return [...table.fields];
  if (table instanceof TypedMap) {
    if (!table.goType.startsWith('map[string]')) {
      throw new GoError('toml: cannot encode a map with non-string key type');
    }
    return sortStrings([...table.entries.keys()]).map((key) => [key, table.entries.get(key)]);
  }
  if (table instanceof Dict) return sortStrings(Object.keys(table)).map((key) => [key, table[key]]);
  return [];
}

function inlineValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoteText(value);
    case 'number':
      return printFloat(value);
    case 'boolean':
      return String(value);
    case 'object':
      return inlineObject(value);
    default:
      throw new GoError(`unsupported type for key '': ${typeof value === 'function' ? 'func' : 'invalid'}`);
  }
}

function inlineObject(value: object | null): string {
  if (value instanceof GoInt) {
    return value.kind === 'duration' ? quoteText(formatDuration(value)) : value.toString();
  }
  if (value instanceof GoTime) return formatTomlTime(value);
  if (value instanceof Uint8Array) return `[${Array.from(value).join(', ')}]`;
  if (Array.isArray(value)) return `[${value.map(inlineValue).join(', ')}]`;
  if (value instanceof GoStruct && value.text !== undefined && isText(value)) return quoteText(value.text());
  return inlineTable(value);
}

/** Go leaves a comma behind when the last of the scalars, or the last entry of all, is nil. */
function inlineTable(table: unknown): string {
  const { direct, nested } = splitEntries(table);
  const print = (entries: Table, isFollowed: boolean): string =>
    entries
      .map(([key, value], i) => {
        if (isNil(value)) return '';
        return `${printKey(key)} = ${inlineValue(value)}${isFollowed || i < entries.length - 1 ? ', ' : ''}`;
      })
      .join('');
  return `{${print(direct, nested.length > 0)}${print(nested, false)}}`;
}

function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = formatFloat(value, 'g', -1, 64);
  return /[e.]/.test(text) ? text : `${text}.0`;
}

function printKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoteText(key);
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function quoteText(text: string): string {
  return `"${text.replace(/["\\\0-\x1f\x7f]/g, escapeCharacter)}"`;
}

function escapeCharacter(char: string): string {
  return shortEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
