/** index.yaml as text: what `helm repo index` writes. */
import { Dict, emitYaml, GoError, sortStrings, stringMap } from '@flotilla/gocompat';
import { metadataFieldList, metadataJson } from '../package/metadata-table.ts';
import { type ChartIndex, findEntry, type IndexEntry, sortEntries } from './chart-index.ts';

/** An index from lists of entries, which are sorted. */
export function chartIndex(
  entries: ReadonlyMap<string, readonly IndexEntry[]>,
  head: Partial<Omit<ChartIndex, 'names' | 'entriesOf'>> & Pick<ChartIndex, 'generated'>,
): ChartIndex {
  const sorted = new Map([...entries].map(([name, list]) => [name, sortEntries(list)]));
  return {
    apiVersion: 'v1',
    publicKeys: [],
    annotations: undefined,
    serverInfo: undefined,
    ...head,
    names: [...sorted.keys()],
    entriesOf: (name) => sorted.get(name),
  };
}

/** `base` with the entries of `other` that it has no version for (Helm 4.3.1 `IndexFile.Merge`): the base wins. */
export function mergeIndexes(base: ChartIndex, other: ChartIndex): ChartIndex {
  const entries = new Map(base.names.map((name) => [name, [...(base.entriesOf(name) ?? [])]]));
  for (const name of other.names) {
    for (const entry of other.entriesOf(name) ?? []) {
      const { metadata } = entry;
      const list = entries.get(metadata.name) ?? [];
      if (list.length > 0 && hasVersion({ ...base, entriesOf: () => list }, metadata)) continue;
      list.push(entry);
      entries.set(metadata.name, list);
    }
  }
  return chartIndex(entries, base);
}

function hasVersion(index: ChartIndex, { name, version }: IndexEntry['metadata']): boolean {
  try {
    findEntry(index, name, { version });
    return true;
  } catch (error) {
    if (error instanceof GoError) return false;
    throw error;
  }
}

/** The YAML text (Helm 4.3.1 `IndexFile.WriteFile`). */
export function formatIndex(index: ChartIndex): string {
  return emitYaml(indexTable(index), { dialect: 'v2' });
}

/** The JSON text, indented (`repo index --json`): fields in the order of Helm's structs. */
export function formatIndexJson(index: ChartIndex): string {
  const entries = sortStrings([...index.names]).map((name) => {
    const list = (index.entriesOf(name) ?? []).map(entryObject);
    return [name, list] as const;
  });
  const { apiVersion, generated } = index;
  return escapeHtml(JSON.stringify({ apiVersion, generated, entries: Object.fromEntries(entries) }, null, 2));
}

function entryObject(entry: IndexEntry): object {
  return {
    ...(JSON.parse(metadataJson(entry.metadata)) as object),
    urls: entry.urls,
    created: entry.created,
    ...(entry.removed ? { removed: true } : {}),
    ...(entry.digest === '' ? {} : { digest: entry.digest }),
  };
}

/** encoding/json escapes what could end a script element. */
function escapeHtml(text: string): string {
  return text.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function indexTable(index: ChartIndex): Dict {
  const entries = new Dict();
  for (const name of index.names) {
    entries[name] = (index.entriesOf(name) ?? []).map((entry) => {
      const result = new Dict();
      for (const [field, value] of entryFields(entry)) result[field] = value;
      return result;
    });
  }
  const result = new Dict();
  result['apiVersion'] = index.apiVersion;
  result['generated'] = index.generated;
  result['entries'] = entries;
  if (index.publicKeys.length > 0) result['publicKeys'] = index.publicKeys;
  if (index.annotations !== undefined && index.annotations.size > 0) {
    result['annotations'] = stringMap(index.annotations);
  }
  if (index.serverInfo !== undefined) result['serverInfo'] = index.serverInfo;
  return result;
}

function entryFields(entry: IndexEntry): readonly (readonly [string, unknown])[] {
  return [
    ...metadataFieldList(entry.metadata),
    ['urls', entry.urls],
    ['created', entry.created],
    ...(entry.removed ? ([['removed', true]] as const) : []),
    ...(entry.digest === '' ? [] : ([['digest', entry.digest]] as const)),
  ];
}
