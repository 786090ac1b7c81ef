/**
 * Fetching archives and their provenance: into a folder (`helm pull`) or into Helm's content cache (everything else).
 * Comes in: a place. Goes out: paths on disk, verified when asked. Not its business: loading charts.
 */
import { join } from 'node:path';
import { GoError, quote } from '@flotilla/gocompat';
import { maximumChartSize } from '../chart/size-limits.ts';
import { type Verification, verifyChart } from '../provenance/verify-chart.ts';
import { cachedPath, keepCached, sha256 } from './content-cache.ts';
import { FetchError } from './fetch-error.ts';
import { basicAuthorization } from './http-client.ts';
import { pullOciChart } from './oci-charts.ts';
import { defaultUserAgent, type Print, type RegistryHost } from './registry-host.ts';
import { type ChartPlace, type ChartPlaceOptions, resolveChart } from './resolve-chart.ts';

/** `later` fetches the provenance and leaves verifying to somebody else. */
export type VerifyMode = 'never' | 'if-possible' | 'always' | 'later';

export interface FetchOptions extends ChartPlaceOptions {
  readonly verify?: VerifyMode;
  readonly keyring?: string;
  /** `Pulled: …` and warnings. */
  readonly print?: Print;
}

export interface FetchedChart {
  readonly path: string;
  /** What the archive is called where it came from. */
  readonly fileName: string;
  readonly verification: Verification | undefined;
}

/** Largest archive that is fetched: compressed it cannot usefully be larger than a chart may be. */
const maximumArchiveBytes = 2 * maximumChartSize;
const maximumProvenanceBytes = 16 * 1024 * 1024;

/** Fetches into `folder` under the archive's own name (Helm 4.3.1 `DownloadTo`). */
export async function fetchChartTo(
  folder: string,
  reference: string,
  host: RegistryHost,
  options: FetchOptions = {},
): Promise<FetchedChart> {
  const place = await resolveChart(reference, host, options);
  const kept = place.digest === undefined ? undefined : cachedPath(place.digest, 'chart', host);
  const archive = kept === undefined ? await fetchArchive(place, host, options) : host.files.read(kept);
  const path = join(folder, place.fileName);
  if (host.files.stat(folder) === undefined) throw new GoError(`open ${path}: no such file or directory`);
  host.files.write(path, archive);
  const mode = options.verify ?? 'never';
  if (mode === 'never') return { path, fileName: place.fileName, verification: undefined };
  const provenance = await provenanceOf(place, reference, { host, options, mode });
  if (provenance === undefined) return { path, fileName: place.fileName, verification: undefined };
  host.files.write(`${path}.prov`, provenance);
  const verification =
    mode === 'later' ? undefined : await verifyChart(path, host, { keyring: options.keyring ?? '' });
  return { path, fileName: place.fileName, verification };
}

/** Fetches into the content cache, or finds it there (Helm 4.3.1 `DownloadToCache`). */
export async function fetchChartToCache(
  reference: string,
  host: RegistryHost,
  options: FetchOptions = {},
): Promise<FetchedChart> {
  const place = await resolveChart(reference, host, options);
  let key = place.digest;
  let path = key === undefined ? undefined : cachedPath(key, 'chart', host);
  if (key === undefined || path === undefined) {
    const bytes = await fetchArchive(place, host, options);
    key ??= sha256(bytes);
    path = keepCached(key, { kind: 'chart', bytes }, host);
  }
  const { fileName } = place;
  const mode = options.verify ?? 'never';
  if (mode === 'never') return { path, fileName, verification: undefined };
  let provenance = cachedPath(key, 'prov', host);
  if (provenance === undefined) {
    const bytes = await provenanceOf(place, reference, { host, options, mode });
    if (bytes === undefined) return { path, fileName, verification: undefined };
    provenance = keepCached(key, { kind: 'prov', bytes }, host);
  }
  const verification =
    mode === 'later'
      ? undefined
      : await verifyChart(path, host, { provenance, fileName, keyring: options.keyring ?? '' });
  return { path, fileName, verification };
}

async function fetchArchive(
  place: ChartPlace,
  host: RegistryHost,
  options: FetchOptions,
): Promise<Uint8Array> {
  if (place.kind === 'http')
    return fetchHttp(place, '', { host, options, maximumBytes: maximumArchiveBytes });
  const { chart } = await pullOciChart(place.url, place.session, {
    layers: ['chart'],
    ...(options.print === undefined ? {} : { print: options.print }),
  });
  return chart ?? new Uint8Array();
}

interface HttpFetch {
  readonly host: RegistryHost;
  readonly options: FetchOptions;
  readonly maximumBytes: number;
}

async function fetchHttp(
  place: ChartPlace & { readonly kind: 'http' },
  suffix: string,
  { host, options, maximumBytes }: HttpFetch,
): Promise<Uint8Array> {
  const url = `${place.url}${suffix}`;
  if (!/^https?:/.test(url)) throw new GoError(`scheme ${quote(url.split(':', 1)[0] ?? '')} not supported`);
  const response = await host.http.send({
    url,
    headers: {
      Accept: 'application/gzip,application/octet-stream',
      'User-Agent': host.userAgent ?? defaultUserAgent,
      ...basicAuthorization(place.username, place.password),
    },
    tls: place.tls,
    maximumBytes,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    signal: options.signal,
  });
  if (response.status !== 200) throw new FetchError(url, response);
  return response.body;
}

interface ProvenanceRequest {
  readonly host: RegistryHost;
  readonly options: FetchOptions;
  readonly mode: VerifyMode;
}

async function provenanceOf(
  place: ChartPlace,
  reference: string,
  { host, options, mode }: ProvenanceRequest,
): Promise<Uint8Array | undefined> {
  try {
    if (place.kind === 'http') {
      return await fetchHttp(place, '.prov', { host, options, maximumBytes: maximumProvenanceBytes });
    }
    const { provenance } = await pullOciChart(place.url, place.session, {
      layers: ['provenance'],
      ...(options.print === undefined ? {} : { print: options.print }),
    });
    return provenance;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    if (mode === 'always')
      throw new GoError(`failed to fetch provenance ${quote(`${place.url}.prov`)}`, { cause: error });
    options.print?.(`WARNING: Verification not found for ${reference}: ${error.message}\n`);
    return undefined;
  }
}
