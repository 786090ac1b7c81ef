/**
 * Reading index.yaml. Comes in: the bytes of a JSON or YAML index of any size. Goes out: a ChartIndex, or a GoError with
 * Helm's text. Indexes as generators write them are cut into one piece per chart, and a piece is read when it is asked
 * for; anything unusual is read as a whole by the YAML reader. Not its business: where the bytes come from.
 */
import { Dict, decodeBytes, fromJs, GoError, orUndefined, parseYaml, sortedKeys } from '@flotilla/gocompat';
import { discardLog, type LogSink } from '../chart/log-record.ts';
import type { GoTarget } from '../chart/struct-decoder.ts';
import { jsonTypeError } from '../values/json-type.ts';
import type { ChartIndex, IndexEntry } from './chart-index.ts';
import { checkKnownFields, type EntryContext, readEntries } from './index-entry.ts';
import { cutIndex, type IndexPieces } from './index-pieces.ts';
import { quickYaml } from './quick-yaml.ts';

export interface ReadIndexOptions {
  /** Where the index came from, for warnings. */
  readonly source: string;
  readonly log?: LogSink;
  /** Read every entry now, so that all problems show (what Helm does on every load). */
  readonly checksAll?: boolean;
}

/** Largest index that is read. */
export const maximumIndexBytes = 256 * 1024 * 1024;

/** Helm 4.3.1 `loadIndex`. */
export function readIndex(bytes: Uint8Array, options: ReadIndexOptions): ChartIndex {
  if (bytes.length === 0) throw new GoError('empty index.yaml file');
  const log = options.log ?? discardLog;
  const json = parseJson(bytes);
  const context = { log, source: options.source, isStrict: json === undefined };
  const pieces = json === undefined ? cutIndex(bytes) : undefined;
  const whole = once(() => indexFromValue(json ?? parseDocument(bytes), context));
  const index = pieces === undefined ? whole() : indexFromPieces(pieces, context, whole);
  if (options.checksAll === true) for (const name of index.names) index.entriesOf(name);
  if (index.apiVersion === '') throw new GoError('no API version specified');
  return index;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function parseJson(bytes: Uint8Array): unknown {
  const first = bytes.find((byte) => byte > 0x20);
  if (first !== 0x7b) return undefined;
  try {
    return fromJs(JSON.parse(decodeBytes(bytes)) as unknown, 'int');
  } catch {
    return undefined;
  }
}

function parseDocument(bytes: Uint8Array): unknown {
  return parseYaml(decodeBytes(bytes), { dialect: 'v2', numbers: 'int' });
}

/** An index whose charts are read one by one; `whole` steps in when a piece turns out to be no table of its own. */
function indexFromPieces(pieces: IndexPieces, context: EntryContext, whole: () => ChartIndex): ChartIndex {
  const head = readPiece(pieces.head);
  if (!(head instanceof Dict)) return whole();
  checkKnownFields(head, indexTarget);
  const known = new Map<string, readonly IndexEntry[] | undefined>();
  const entriesOf = (name: string): readonly IndexEntry[] | undefined => {
    const text = pieces.charts.get(name);
    if (text === undefined || known.has(name)) return known.get(name);
    const piece = readPiece(text());
    const isTable = piece instanceof Dict && name in piece;
    const entries = isTable ? readEntries(name, piece[name], context) : whole().entriesOf(name);
    known.set(name, entries);
    return entries;
  };
  return { ...headOf(head), names: [...pieces.charts.keys()], entriesOf };
}

/** The value of a piece; undefined when it cannot be read alone. */
function readPiece(text: string): unknown {
  const quick = quickYaml(text);
  if (quick !== undefined) return quick;
  return orUndefined(() => parseYaml(text, { dialect: 'v2', numbers: 'int' }));
}

const text: GoTarget = { kind: 'string' };
const indexTarget: GoTarget = {
  kind: 'struct',
  name: 'IndexFile',
  goType: 'repo.IndexFile',
  fields: new Map<string, GoTarget>([
    ['serverInfo', { kind: 'any' }],
    ['apiVersion', text],
    ['generated', text],
    ['entries', { kind: 'any' }],
    ['publicKeys', { kind: 'any' }],
    ['annotations', { kind: 'any' }],
  ]),
};

function indexFromValue(value: unknown, context: EntryContext): ChartIndex {
  if (!(value instanceof Dict)) throw jsonTypeError(value, 'repo.IndexFile');
  if (context.isStrict) checkKnownFields(value, indexTarget);
  const table = tableOf(value['entries']);
  const entries = new Map(sortedKeys(table).map((name) => [name, readEntries(name, table[name], context)]));
  return { ...headOf(value), names: [...entries.keys()], entriesOf: (name) => entries.get(name) };
}

function tableOf(entries: unknown): Dict {
  if (entries instanceof Dict) return entries;
  if (entries === null || entries === undefined) return new Dict();
  throw jsonTypeError(entries, 'map[string]repo.ChartVersions', 'IndexFile.entries');
}

function headOf(value: Dict): Omit<ChartIndex, 'names' | 'entriesOf'> {
  const { annotations } = value;
  const keys = Array.isArray(value['publicKeys']) ? value['publicKeys'] : [];
  return {
    apiVersion: typeof value['apiVersion'] === 'string' ? value['apiVersion'] : '',
    generated: typeof value['generated'] === 'string' ? value['generated'] : '',
    publicKeys: keys.filter((key) => typeof key === 'string'),
    annotations:
      annotations instanceof Dict
        ? new Map(sortedKeys(annotations).map((key) => [key, String(annotations[key])]))
        : undefined,
    serverInfo: value['serverInfo'],
  };
}
