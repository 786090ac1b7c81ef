/**
 * `helm package`: a chart directory to an archive in a folder, signed when asked. Comes in: a path and options. Goes out:
 * the path of the archive and the line Helm prints. Not its business: updating dependencies first (dependency/).
 */
import { join } from 'node:path';
import { GoError, parseVersion, wrapGoError } from '@flotilla/gocompat';
import type { Chart } from '../chart/chart.ts';
import { checkDependenciesPresent } from '../chart/check-chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { checkMetadata } from '../chart/metadata.ts';
import { type SigningKey, signArchive } from '../provenance/sign-chart.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { chartArchive } from './write-archive.ts';

export interface PackageOptions {
  /** `--version` */
  readonly version?: string;
  /** `--app-version` */
  readonly appVersion?: string;
  /** `--destination`; the working directory unless given. */
  readonly destination?: string;
  readonly epochSeconds?: number | undefined;
  /** Writes a `.prov` file beside the archive. */
  readonly sign?: SigningKey | undefined;
}

export interface PackagedChart {
  /** As Helm prints it. */
  readonly path: string;
  readonly text: string;
}

/** Packages the chart at `path` (Helm 4.3.1 `package`). Throws GoError with Helm's texts. */
export async function packageChart(
  path: string,
  host: RegistryHost,
  options: PackageOptions = {},
): Promise<PackagedChart> {
  const loaded = loadChart({ kind: 'directory', files: host.files.chartFiles(path) }, { log: host.log });
  const chart = withVersions(loaded, options);
  parseVersion(chart.metadata.version);
  if ((chart.metadata.dependencies ?? []).length > 0) checkDependenciesPresent(chart);
  const destination =
    options.destination === undefined || options.destination === '.'
      ? host.files.absolute('.')
      : options.destination;
  const archive = saved(() => saveChart(chart, destination, host, options.epochSeconds));
  if (options.sign !== undefined) {
    host.files.write(`${archive}.prov`, await signArchive(archive, options.sign, host));
  }
  return { path: archive, text: `Successfully packaged chart and saved it to: ${archive}\n` };
}

function withVersions(chart: Chart, { version, appVersion }: PackageOptions): Chart {
  if (!version && !appVersion) return chart;
  const { metadata } = chart;
  return {
    ...chart,
    metadata: {
      ...metadata,
      version: version || metadata.version,
      appVersion: appVersion || metadata.appVersion,
    },
  };
}

function saved(save: () => string): string {
  try {
    return save();
  } catch (error) {
    throw wrapGoError('failed to save: ', error);
  }
}

/** Writes a chart's archive into a folder and gives its path (Helm 4.3.1 `chartutil.Save`). */
export function saveChart(chart: Chart, folder: string, host: RegistryHost, epochSeconds?: number): string {
  try {
    checkMetadata(chart.metadata);
  } catch (error) {
    throw wrapGoError('chart validation: ', error);
  }
  const { name, version } = chart.metadata;
  const target = host.files.stat(folder);
  if (target !== undefined && target.kind !== 'directory') {
    throw new GoError(`is not a directory: ${folder}`);
  }
  const milliseconds = host.now();
  const seconds = Math.floor(milliseconds / 1000);
  const now = { seconds, nanoseconds: (milliseconds - seconds * 1000) * 1e6 };
  const path = join(folder, `${name}-${version}.tgz`);
  host.files.write(path, chartArchive(chart, { now, epochSeconds }));
  return path;
}
