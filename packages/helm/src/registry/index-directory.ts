/** `helm repo index`: an index.yaml for a folder of archives. */
import { join } from 'node:path';
import { GoError, orUndefined, wrapGoError } from '@flotilla/gocompat';
import { loadChart } from '../chart/load-chart.ts';
import { checkMetadata } from '../chart/metadata.ts';
import type { ChartIndex, IndexEntry } from './chart-index.ts';
import { sha256 } from './content-cache.ts';
import { joinUrl } from './go-url.ts';
import { readIndex } from './read-index.ts';
import type { RegistryHost } from './registry-host.ts';
import { chartIndex, formatIndex, formatIndexJson, mergeIndexes } from './write-index.ts';

export interface IndexDirectoryOptions {
  /** In front of the archives' names. */
  readonly url?: string;
  /** An index whose other versions are kept; made when missing. */
  readonly merge?: string;
  readonly json?: boolean;
}

/** Writes `index.yaml` into the folder (Helm 4.3.1 `repo index`). Throws GoError with Helm's texts. */
export function writeIndexOf(
  directory: string,
  host: RegistryHost,
  options: IndexDirectoryOptions = {},
): ChartIndex {
  const folder = host.files.absolute(directory);
  const path = join(folder, 'index.yaml');
  if (host.files.stat(folder) === undefined) throw new GoError(`open ${path}: no such file or directory`);
  let index = indexDirectory(folder, host, options.url ?? '');
  const format = options.json === true ? formatIndexJson : formatIndex;
  if (options.merge !== undefined && options.merge !== '') {
    index = mergeIndexes(index, mergedIndex(options.merge, host, format));
  }
  host.files.write(path, format(index));
  return index;
}

function mergedIndex(path: string, host: RegistryHost, format: (index: ChartIndex) => string): ChartIndex {
  if (host.files.stat(path) === undefined) {
    const empty = chartIndex(new Map(), { generated: timestamp(host) });
    host.files.write(path, format(empty));
    return empty;
  }
  try {
    return readIndex(host.files.read(path), { source: path, log: host.log, checksAll: true });
  } catch (error) {
    throw wrapGoError(`merge failed: error loading ${path}: `, error);
  }
}

/** The archives in a folder and in its direct sub-folders; what is no chart is skipped. */
export function indexDirectory(folder: string, host: RegistryHost, url: string): ChartIndex {
  const { files } = host;
  const names = files.list(folder);
  const own = names.filter(isArchive).map((name) => ({ parent: '', name }));
  const below = names
    .filter((name) => files.stat(join(folder, name))?.kind === 'directory')
    .flatMap((parent) =>
      files
        .list(join(folder, parent))
        .filter(isArchive)
        .map((name) => ({ parent, name })),
    );
  const entries = new Map<string, IndexEntry[]>();
  for (const { parent, name } of [...own, ...below]) {
    const entry = entryOf(join(folder, parent, name), host, archiveUrl(url, parent, name));
    if (entry === undefined) continue;
    const list = entries.get(entry.metadata.name) ?? [];
    list.push(entry);
    entries.set(entry.metadata.name, list);
  }
  return chartIndex(entries, { generated: timestamp(host) });
}

function isArchive(name: string): boolean {
  return name.endsWith('.tgz');
}

/** Without a base, an archive is named alone, or below its folder. */
function archiveUrl(url: string, parent: string, name: string): string {
  const base = joinUrl(url, parent);
  return base === '' ? name : joinUrl(base, name);
}

function entryOf(path: string, host: RegistryHost, url: string): IndexEntry | undefined {
  const bytes = host.files.read(path);
  const metadata = orUndefined(() => loadChart({ kind: 'archive', name: path, bytes }).metadata);
  if (metadata === undefined) return undefined;
  return {
    metadata: checkMetadata(metadata.apiVersion === '' ? { ...metadata, apiVersion: 'v1' } : metadata),
    urls: [url],
    created: timestamp(host),
    digest: sha256(bytes),
    removed: false,
  };
}

function timestamp(host: RegistryHost): string {
  return new Date(host.now()).toISOString().replace(/\.?0*Z$/, 'Z');
}
