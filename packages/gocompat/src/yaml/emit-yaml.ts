/**
 * Writing YAML as Go programs do: a Go value in, text with a final newline out. `v2` is sigs.k8s.io/yaml (values go
 * through JSON, sequences stand at their key's column, long lines fold), `v3` is go-yaml v3. Always block style; keys
 * in go-yaml's natural order; no comments, anchors or tags but `!!binary`.
 */
import { toGoJson } from '../json/write-json.ts';
import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatDuration } from '../time/duration.ts';
import { formatTime, rfc3339Nano } from '../time/format-time.ts';
import { Dict, TypedMap } from '../value/dict.ts';
import { GoInt } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { GoTime } from '../value/go-time.ts';
import { type ScalarPlace, writeScalar } from './emit-scalar.ts';
import { EmitWriter } from './emit-writer.ts';
import { checkJsonKey, jsonView, NeedsDetour } from './json-view.ts';
import { compareKeys } from './key-order.ts';
import { yamlKeys } from './map-target.ts';
import { parseYaml } from './parse-yaml.ts';
import { type PrintedScalar, printKey, printString } from './print-scalar.ts';
import { type YamlDialect, YamlError } from './yaml-error.ts';

export interface EmitYamlOptions {
  readonly dialect: YamlDialect;
  /** v3 only: columns of one level; 4 is go-yaml's own default, Helmfile and `toYamlPretty` use 2. */
  readonly indent?: number;
  /** False keeps the order of insertion, as go-yaml's `MapSlice` does; sorted unless given. */
  readonly sortKeys?: boolean;
}

/**
 * YAML text of a Go value. Throws GoError for what Go cannot write (`error marshaling into JSON: json: unsupported
 * value: NaN` in v2).
 */
export function emitYaml(value: unknown, { dialect, indent = 2, sortKeys = true }: EmitYamlOptions): string {
  const level = indent >= 2 && indent <= 9 ? indent : 2;
  try {
    return emit(value, new EmitWriter(dialect, level), { checksKeys: dialect === 'v2', sortKeys });
  } catch (error) {
    if (!(error instanceof NeedsDetour)) throw error;
    return emit(throughJson(value), new EmitWriter(dialect, level), { checksKeys: false, sortKeys });
  }
}

interface KeyRules {
  /** Keys have not been through JSON yet. */
  readonly checksKeys: boolean;
  readonly sortKeys: boolean;
}

function emit(value: unknown, writer: EmitWriter, rules: KeyRules): string {
  new Emitter(writer, rules).write(value, { indent: -1, parent: 'document' });
  writer.writeIndent(0);
  return writer.finish();
}

/** The value as JSON text that go-yaml has read, with the errors of both. */
function throughJson(value: unknown): unknown {
  const json = toGoJson(value);
  try {
    return parseYaml(json, { dialect: 'v2', numbers: 'int' });
  } catch (error) {
    if (error instanceof YamlError)
      throw new GoError(error.message.slice('error converting YAML to JSON: '.length));
    throw error;
  }
}

/** Where a node stands: the indentation of the collection around it, and which kind that is. */
interface Place {
  readonly indent: number;
  readonly parent: 'document' | 'mapping' | 'sequence';
}

class Emitter {
  private readonly writer: EmitWriter;
  private readonly isV2: boolean;
  private readonly rules: KeyRules;
  /** Most keys of a document occur many times. */
  private readonly printedKeys = new Map<string, PrintedScalar>();

  constructor(writer: EmitWriter, rules: KeyRules) {
    this.writer = writer;
    this.rules = rules;
    this.isV2 = writer.dialect === 'v2';
  }

  write(given: unknown, place: Place): void {
    const value = this.isV2 ? jsonView(given) : given;
    if (typeof value === 'string') {
      writeScalar(this.writer, printString(value, this.writer.dialect), this.scalarPlace(place));
    } else if (Array.isArray(value)) this.writeSequence(value, place);
    else if (value instanceof Dict) this.writeDict(value, place);
    else if (value === null || value === undefined) this.writer.writeText('null');
    else if (typeof value === 'number') this.writer.writeText(printFloat(value));
    else if (typeof value === 'boolean') this.writer.writeText(String(value));
    else this.writeObject(value, place);
  }

  private writeObject(value: unknown, place: Place): void {
    if (value instanceof GoInt) {
      if (value.kind === 'duration' && !this.isV2) this.write(formatDuration(value), place);
      else this.writer.writeText(value.toString());
    } else if (value instanceof TypedMap) this.writeTypedMap(value, place);
    else if (value instanceof GoTime) this.writer.writeText(formatTime(value, rfc3339Nano));
    else if (value instanceof Uint8Array) this.writeSequence(Array.from(value), place);
    else if (value instanceof GoStruct) this.writeStruct(value, place);
    else throw new GoError('cannot marshal type: func()');
  }

  private writeDict(value: Dict, place: Place): void {
    const keys = Object.keys(value);
    const { dialect } = this.writer;
    if (this.rules.checksKeys) for (const key of keys) checkJsonKey(key);
    if (this.rules.sortKeys && keys.length > 1) keys.sort((a, b) => compareKeys(a, b, dialect));
    const inner = this.openMapping(keys.length, place);
    for (const key of keys) this.writeEntry(key, value[key], inner);
  }

  private writeTypedMap(value: TypedMap, place: Place): void {
    const types = yamlKeys(value);
    const entries = [...value.entries].map(([name, item]) => ({
      key: types?.has(name) ? types.get(name) : name,
      value: item,
    }));
    entries.sort((a, b) => compareAnyKeys(a.key, b.key, this.writer.dialect));
    const inner = this.openMapping(entries.length, place);
    for (const { key, value: item } of entries) this.writeEntry(key, item, inner);
  }

  /** go-yaml v3 writes the fields of a struct in their order, in lower case. */
  private writeStruct(value: GoStruct, place: Place): void {
    if (value.text !== undefined && value.fields.size === 0) {
      this.write(value.text(), place);
      return;
    }
    const inner = this.openMapping(value.fields.size, place);
    for (const [name, field] of value.fields) this.writeEntry(name.toLowerCase(), field, inner);
  }

  private openMapping(size: number, place: Place): Place {
    if (size === 0) this.writer.writeText('{}');
    return { indent: this.innerIndent(place), parent: 'mapping' };
  }

  private writeEntry(key: unknown, value: unknown, place: Place): void {
    const { writer } = this;
    const printed = typeof key === 'string' ? this.printKey(key) : undefined;
    writer.writeIndent(place.indent);
    if (typeof key === 'string' && printed === undefined) {
      writer.writeStructure('?');
      this.write(key, place);
      writer.writeIndent(place.indent);
      writer.writeStructure(':');
    } else {
      if (printed !== undefined) writeScalar(writer, printed, keyPlace);
      else this.write(key, place);
      writer.writeColon();
    }
    this.write(value, place);
  }

  private printKey(key: string): PrintedScalar | undefined {
    const known = this.printedKeys.get(key);
    if (known !== undefined) return known;
    const printed = printKey(key, this.writer.dialect);
    if (printed !== undefined) this.printedKeys.set(key, printed);
    return printed;
  }

  private writeSequence(items: readonly unknown[], place: Place): void {
    const { writer } = this;
    if (items.length === 0) {
      writer.writeText('[]');
      return;
    }
    const isCompact = this.isV2 && place.parent === 'mapping' && !writer.isIndenting;
    const indent = isCompact ? place.indent : this.innerIndent(place);
    const inner: Place = { indent, parent: 'sequence' };
    for (const item of items) {
      writer.writeIndent(indent);
      writer.writeStructure('-');
      this.write(item, inner);
    }
  }

  private innerIndent({ indent, parent }: Place): number {
    if (indent < 0) return 0;
    const { bestIndent } = this.writer;
    if (this.isV2) return indent + bestIndent;
    return parent === 'sequence' ? indent + 2 : bestIndent * Math.floor((indent + bestIndent) / bestIndent);
  }

  private scalarPlace(place: Place): ScalarPlace {
    const indent = place.indent < 0 ? this.writer.bestIndent : this.innerIndent(place);
    return { indent, canFold: true };
  }
}

const keyPlace: ScalarPlace = { indent: 0, canFold: false };

function printFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return formatShortestFloat(value);
}

/** Numbers and booleans by value, then by kind; other kinds before strings. */
function compareAnyKeys(a: unknown, b: unknown, dialect: YamlDialect): number {
  const x = keyNumber(a);
  const y = keyNumber(b);
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  if (typeof a === 'string' && typeof b === 'string') return compareKeys(a, b, dialect);
  return kindRank(a) - kindRank(b);
}

function keyNumber(key: unknown): number | undefined {
  if (typeof key === 'number') return key;
  if (typeof key === 'boolean') return key ? 1 : 0;
  return key instanceof GoInt ? key.n : undefined;
}

/** Go's order of reflect kinds, as far as keys can have them. */
function kindRank(key: unknown): number {
  if (key === null || key === undefined) return 0;
  if (typeof key === 'boolean') return 1;
  if (key instanceof GoInt) return key.isUnsigned ? 11 : 2;
  if (typeof key === 'number') return 14;
  return typeof key === 'string' ? 24 : 25;
}
