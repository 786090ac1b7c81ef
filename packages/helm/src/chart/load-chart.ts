/**
 * loadChart: a chart directory or archive to a Chart, each content once. Comes in: bytes, or a directory behind the
 * ChartFiles port. Goes out: the chart, or a GoError with Helm's text.
 * Not its business: finding and fetching charts, whether they may be installed.
 */
import { decodeBytes, GoError, wrapping } from '@flotilla/gocompat';
import { assembleChart } from './assemble-chart.ts';
import type { Chart, ChartFile } from './chart.ts';
import type { ChartCache, ChartContent } from './chart-cache.ts';
import type { ChartFiles } from './chart-files.ts';
import type { HelmCompat } from './helm-compat.ts';
import { discardLog, type LogSink } from './log-record.ts';
import { parseMetadata } from './metadata.ts';
import { GzipHeaderError, isGzip, readChartArchive } from './read-archive.ts';
import { readChartDirectory } from './read-directory.ts';
import { sniffContentType } from './sniff-content-type.ts';

export type ChartSource =
  | { readonly kind: 'directory'; readonly files: ChartFiles }
  /** `name` is the path that messages show. */
  | { readonly kind: 'archive'; readonly name: string; readonly bytes: Uint8Array }
  /** Files that have been read already, by slash path inside the chart. */
  | { readonly kind: 'files'; readonly files: readonly ChartFile[] };

export interface LoadChartOptions {
  readonly compat?: HelmCompat;
  readonly log?: LogSink;
  /** Charts by content; give the same one to every load of a run. */
  readonly cache?: ChartCache;
}

/**
 * Loads a chart (Helm 4.3.1 `loader.Load`). A chart whose `apiVersion` is v3 stops with the text Helm's install has for it.
 * Warnings of a cached chart are not repeated.
 */
export function loadChart(source: ChartSource, options: LoadChartOptions = {}): Chart {
  const compat = options.compat ?? 'v4';
  const log = options.log ?? discardLog;
  if (source.kind === 'archive') {
    const content = { kind: `${compat} archive`, files: [{ name: '', data: source.bytes }] };
    return cached(content, options.cache, () =>
      assembleFrom(readArchive(source.name, source.bytes, compat), source, { compat, log }),
    );
  }
  if (source.kind === 'directory' && compat === 'v4') checkApiVersion(directoryChartYaml(source.files));
  const files = source.kind === 'files' ? source.files : readChartDirectory(source.files, { compat, log });
  return cached({ kind: `${compat} files`, files }, options.cache, () =>
    assembleFrom(files, source, { compat, log }),
  );
}

function cached(content: ChartContent, cache: ChartCache | undefined, load: () => Chart): Chart {
  return cache === undefined ? load() : cache.get(content, load);
}

function assembleFrom(
  files: readonly ChartFile[],
  source: ChartSource,
  options: { readonly compat: HelmCompat; readonly log: LogSink },
): Chart {
  if (options.compat === 'v4' && source.kind !== 'directory') checkApiVersion(packedChartYaml(files));
  return assembleChart(files, options);
}

function readArchive(name: string, bytes: Uint8Array, compat: HelmCompat): readonly ChartFile[] {
  if (!isGzip(bytes)) throw notAnArchive(name, bytes);
  try {
    return readChartArchive(bytes, compat);
  } catch (error) {
    if (error instanceof GzipHeaderError) {
      throw new GoError(
        `file '${name}' does not appear to be a valid chart file (details: ${error.message})`,
        {
          cause: error,
        },
      );
    }
    if (error instanceof GoError && compat === 'v4') {
      throw new GoError('unable to load chart archive', { cause: error });
    }
    throw error;
  }
}

function notAnArchive(name: string, bytes: Uint8Array): GoError {
  if (name.endsWith('.yml') || name.endsWith('.yaml')) {
    return new GoError(`file '${name}' seems to be a YAML file, but expected a gzipped archive`);
  }
  return new GoError(
    `file '${name}' does not appear to be a gzipped archive; got '${sniffContentType(bytes)}'`,
  );
}

/** Helm 4 looks at Chart.yaml alone first, whether ignored or not, to find the loader for its API version. */
function directoryChartYaml(files: ChartFiles): Uint8Array {
  const name = 'Chart.yaml';
  return wrapping(`unable to detect chart at ${files.root}/${name}: `, () => files.read(name));
}

function packedChartYaml(files: readonly ChartFile[]): Uint8Array {
  const file = files.find(({ name }) => name === 'Chart.yaml');
  if (file === undefined) throw new GoError('unable to detect chart version, no Chart.yaml found');
  return file.data;
}

function checkApiVersion(chartYaml: Uint8Array): void {
  const apiVersion = chartApiVersion(chartYaml);
  if (apiVersion === 'v3') throw new GoError('invalid chart apiVersion');
  if (!['', 'v1', 'v2'].includes(apiVersion)) throw new GoError('unsupported chart version');
}

function chartApiVersion(chartYaml: Uint8Array): string {
  return wrapping('cannot load Chart.yaml: ', () => parseMetadata(decodeBytes(chartYaml)).apiVersion);
}
