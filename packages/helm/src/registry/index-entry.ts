/** One entry of an index: from the parsed value to an IndexEntry, checked as Helm checks it. */
import { Dict, GoError, quote, sortedKeys } from '@flotilla/gocompat';
import type { LogSink } from '../chart/log-record.ts';
import { slogRecord } from '../chart/log-record.ts';
import { checkMetadata, metadataFields, metadataOf } from '../chart/metadata.ts';
import {
  type DecodedStruct,
  decodeStruct,
  type GoStructTarget,
  type GoTarget,
} from '../chart/struct-decoder.ts';
import { type IndexEntry, sortEntries } from './chart-index.ts';

const text: GoTarget = { kind: 'string' };
let target: GoStructTarget | undefined;

function entryTarget(): GoStructTarget {
  target ??= {
    kind: 'struct',
    name: 'ChartVersion',
    goType: 'repo.ChartVersion',
    fields: new Map<string, GoTarget>([
      ...metadataFields(),
      ['urls', { kind: 'list', of: text, goType: '[]string' }],
      ['created', text],
      ['removed', { kind: 'bool' }],
      ['digest', text],
      ['checksum', text],
      ['engine', text],
      ['tillerVersion', text],
      ['url', text],
    ]),
  };
  return target;
}

export interface EntryContext {
  readonly log: LogSink;
  /** Where the index came from, for warnings. */
  readonly source: string;
  /** YAML indexes may hold nothing that Helm does not know. */
  readonly isStrict: boolean;
}

/**
 * The entries of a chart, newest first. Null and invalid ones are left out with Helm's warnings.
 * Throws GoError for values of the wrong type and, in strict documents, for unknown fields.
 */
export function readEntries(name: string, value: unknown, context: EntryContext): IndexEntry[] {
  if (value === null) return [];
  if (!Array.isArray(value)) {
    decodeStruct(wrapped(name, value), listTarget());
    return [];
  }
  const entries: IndexEntry[] = [];
  for (const item of [...value].reverse()) {
    const entry = readEntry(name, item, context);
    if (entry !== undefined) entries.unshift(entry);
  }
  return sortEntries(entries);
}

function readEntry(name: string, item: unknown, context: EntryContext): IndexEntry | undefined {
  if (item === null) {
    context.log(
      slogRecord('WARN', 'skipping loading invalid entry for chart: empty entry', [
        ['name', name],
        ['source', context.source],
      ]),
    );
    return undefined;
  }
  if (context.isStrict) checkKnownFields(item, entryTarget());
  const fields = decodeStruct(item, entryTarget());
  const metadata = metadataOf(fields);
  const complete = metadata.apiVersion === '' ? { ...metadata, apiVersion: 'v1' } : metadata;
  try {
    return entryOf(fields, checkEntryMetadata(complete));
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    context.log(
      slogRecord('WARN', 'skipping loading invalid entry for chart', [
        ['name', name],
        ['version', complete.version],
        ['source', context.source],
        ['error', error.message],
      ]),
    );
    return undefined;
  }
}

/** Artifactory drops aliases from its indexes: dependencies that share a name are let through. */
function checkEntryMetadata(metadata: Parameters<typeof checkMetadata>[0]): IndexEntry['metadata'] {
  try {
    return checkMetadata(metadata);
  } catch (error) {
    const isTolerated =
      error instanceof GoError &&
      error.message.startsWith('validation: more than one dependency with name or alias');
    if (!isTolerated) throw error;
    const dependencies = metadata.dependencies?.filter((each) => each !== null);
    return { ...checkMetadata({ ...metadata, dependencies: undefined }), dependencies };
  }
}

function entryOf(fields: DecodedStruct, metadata: IndexEntry['metadata']): IndexEntry {
  const urls = Array.isArray(fields['urls']) ? fields['urls'] : [];
  return {
    metadata,
    urls: urls.filter((url) => typeof url === 'string'),
    created: typeof fields['created'] === 'string' ? fields['created'] : '',
    digest: typeof fields['digest'] === 'string' ? fields['digest'] : '',
    removed: fields['removed'] === true,
  };
}

function wrapped(name: string, value: unknown): Dict {
  const result = new Dict();
  result[name] = value;
  return result;
}

function listTarget(): GoStructTarget {
  return {
    kind: 'struct',
    name: 'IndexFile',
    goType: 'repo.IndexFile',
    fields: new Map([['entries', { kind: 'list', of: entryTarget(), goType: 'repo.ChartVersions' }]]),
  };
}

/** Throws for the first field, in the order of sorted keys, that the struct does not have. */
export function checkKnownFields(value: unknown, known: GoTarget): void {
  if (known.kind === 'list' && Array.isArray(value)) {
    for (const item of value) checkKnownFields(item, known.of);
  }
  if (known.kind !== 'struct' || !(value instanceof Dict)) return;
  for (const key of sortedKeys(value)) {
    const field = known.fields.get(key) ?? fieldIgnoringCase(known, key);
    if (field === undefined) throw unknownField(key);
    checkKnownFields(value[key], field);
  }
}

function fieldIgnoringCase(known: GoStructTarget, key: string): GoTarget | undefined {
  const lower = key.toLowerCase();
  for (const [name, field] of known.fields) if (name.toLowerCase() === lower) return field;
  return undefined;
}

function unknownField(name: string): GoError {
  return new GoError(`error unmarshaling JSON: while decoding JSON: json: unknown field ${quote(name)}`);
}
