/**
 * ChartIndex: index.yaml of a repository. Chart versions stand from new to old. Reading is read-index.ts's business,
 * writing write-index.ts's.
 */
import {
  compareVersions,
  GoError,
  parseConstraint,
  parseVersion,
  satisfiesConstraint,
  type Version,
} from '@flotilla/gocompat';
import type { ChartMetadata } from '../chart/chart.ts';
import { type LogSink, slogRecord } from '../chart/log-record.ts';

/** One version of a chart in an index. */
export interface IndexEntry {
  readonly metadata: ChartMetadata;
  readonly urls: readonly string[];
  /** As written; RFC 3339 with nanoseconds. */
  readonly created: string;
  /** Hex, perhaps with `sha256:` in front. */
  readonly digest: string;
  readonly removed: boolean;
}

export interface ChartIndex {
  readonly apiVersion: string;
  readonly generated: string;
  readonly publicKeys: readonly string[];
  readonly annotations: ReadonlyMap<string, string> | undefined;
  readonly serverInfo: unknown;
  /** Names of all charts, in the order of the file. */
  readonly names: readonly string[];
  /** Valid entries of a chart, newest first; undefined for an unknown name. Read when asked for first. */
  readonly entriesOf: (name: string) => readonly IndexEntry[] | undefined;
}

/** The entries sorted as Helm sorts them: descending, unreadable versions last. */
export function sortEntries(entries: readonly IndexEntry[]): IndexEntry[] {
  const keyed = entries.map((entry) => ({ entry, version: versionOf(entry.metadata.version) }));
  return keyed.sort((a, b) => compareDescendingVersions(a.version, b.version)).map(({ entry }) => entry);
}

/** Orders versions from new to old, unreadable ones last. */
export function compareDescendingVersions(a: Version | undefined, b: Version | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareVersions(b, a);
}

/** The version `text` means to Masterminds' loose parser; undefined for none. */
export function versionOf(text: string): Version | undefined {
  try {
    return parseVersion(text);
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}

/** Whether the text is a range rather than one version (`^1`, `1.x`, `>=1 <2`). */
export function isVersionRange(version: string): boolean {
  if (/[\^~<>=!*]/.test(version) || version.includes('||') || version.includes(' - ')) return true;
  return /[xX]/.test(version.split(/[-+]/, 1)[0] ?? '');
}

/**
 * The entry for a version or range; the newest release for the empty text (Helm 4.3.1 `IndexFile.Get`). An exact match of
 * the text wins, otherwise the first entry within the constraint. Throws GoError with Helm's texts.
 */
export function findEntry(
  index: ChartIndex,
  name: string,
  options: { readonly version?: string | undefined; readonly log?: LogSink } = {},
): IndexEntry {
  const version = options.version ?? '';
  const entries = index.entriesOf(name);
  if (entries === undefined) throw new GoError('no chart name found');
  if (entries.length === 0) throw new GoError('no chart version found');
  const constraint = parseConstraint(version === '' ? '*' : version);
  const exact = version === '' ? undefined : entries.find((entry) => entry.metadata.version === version);
  if (exact !== undefined) return exact;
  for (const entry of entries) {
    const candidate = versionOf(entry.metadata.version);
    if (candidate === undefined || !satisfiesConstraint(constraint, candidate)) continue;
    options.log?.(selectionRecord(name, version, entry.metadata.version));
    return entry;
  }
  throw new GoError(`no chart version found for ${name}-${version}`);
}

function selectionRecord(name: string, version: string, selected: string): ReturnType<typeof slogRecord> {
  if (version !== '' && !isVersionRange(version)) {
    return slogRecord(
      'WARN',
      'unable to find exact version requested; falling back to closest available version',
      [
        ['chart', name],
        ['requested', version],
        ['selected', selected],
      ],
    );
  }
  return slogRecord('DEBUG', 'selected version matching constraint', [
    ['chart', name],
    ['constraint', version],
    ['selected', selected],
  ]);
}
