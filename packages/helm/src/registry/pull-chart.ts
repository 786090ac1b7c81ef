/** `helm pull`, and finding the chart a command names (`LocateChart`). */
import { join } from 'node:path';
import { GoError, quote } from '@flotilla/gocompat';
import { expandArchive } from '../package/expand-archive.ts';
import { verificationText, verifyChart } from '../provenance/verify-chart.ts';
import { type FetchOptions, fetchChartTo, fetchChartToCache } from './fetch-chart.ts';
import type { RegistryHost } from './registry-host.ts';

export interface PullChartOptions extends FetchOptions {
  /** `--destination`; the working directory unless given. */
  readonly destination?: string;
  readonly untar?: boolean;
  /** `--untardir`, below the destination unless absolute. */
  readonly untarDirectory?: string;
}

export interface PulledFiles {
  /** The archive, or the chart's directory when it was unpacked. */
  readonly path: string;
  /** What `helm pull` prints, but for `Pulled: …`, which went to `print` before. */
  readonly text: string;
}

/** Fetches a chart to disk (Helm 4.3.1 `pull`). Rejects with GoError in Helm's words. */
export async function pullChart(
  reference: string,
  host: RegistryHost,
  options: PullChartOptions = {},
): Promise<PulledFiles> {
  const destination = options.destination ?? '.';
  if (options.untar !== true) {
    const { path, verification } = await fetchChartTo(destination, reference, host, options);
    return { path, text: verification === undefined ? '' : verificationText(verification) };
  }
  const temporary = host.files.makeTemporaryDirectory();
  try {
    const { path, verification } = await fetchChartTo(temporary, reference, host, options);
    const unpacked = untar(host.files.read(path), reference, { host, options, destination });
    return { path: unpacked, text: verification === undefined ? '' : verificationText(verification) };
  } finally {
    host.files.remove(temporary);
  }
}

interface UntarContext {
  readonly host: RegistryHost;
  readonly options: PullChartOptions;
  readonly destination: string;
}

function untar(archive: Uint8Array, reference: string, { host, options, destination }: UntarContext): string {
  const given = options.untarDirectory ?? '.';
  const isAbsolute = host.files.absolute(given) === given;
  const folder = isAbsolute ? given : join(destination, given);
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const target = folder === '.' ? name : join(folder, name);
  if (host.files.stat(target) !== undefined) {
    throw new GoError(`failed to untar: a file or directory with the name ${target} already exists`);
  }
  host.files.makeDirectory(target);
  return expandArchive(archive, folder, host.files);
}

/**
 * The path of the chart a command names: a local directory or archive, or one fetched into the cache (Helm 4.3.1
 * `LocateChart`). Rejects with GoError in Helm's words.
 */
export async function locateChart(
  name: string,
  host: RegistryHost,
  options: FetchOptions = {},
): Promise<string> {
  const reference = name.trim();
  const { files } = host;
  if (!options.repositoryUrl) {
    if (!reference.includes('://') && files.stat(reference) !== undefined) {
      const path = files.absolute(reference);
      if (options.verify === 'always') await verifyChart(path, host, { keyring: options.keyring ?? '' });
      return path;
    }
    if (reference.startsWith('/') || reference.startsWith('.')) {
      throw new GoError(`path ${quote(reference)} not found`);
    }
  }
  const { path } = await fetchChartToCache(reference, host, {
    ...options,
    version: (options.version ?? '').trim(),
  });
  return files.absolute(path);
}
