/**
 * The index of a repository, fetched into Helm's cache. A kept ETag or date spares the transfer when nothing changed.
 * Not its business: which repositories there are.
 */
import { decodeBytes, GoError, wrapGoError } from '@flotilla/gocompat';
import type { ChartIndex } from './chart-index.ts';
import { FetchError } from './fetch-error.ts';
import { isSameHost, parseUrl, resolveReferenceUrl } from './go-url.ts';
import { chartNamesPath, indexCachePath } from './helm-paths.ts';
import { basicAuthorization, type HttpResponse } from './http-client.ts';
import { maximumIndexBytes, readIndex } from './read-index.ts';
import { defaultUserAgent, type RegistryHost } from './registry-host.ts';
import { type RepositoryEntry, tlsOf } from './repository-config.ts';

export interface DownloadIndexOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches `index.yaml` of a repository and keeps it in the cache with the list of its charts (Helm 4.3.1
 * `DownloadIndexFile`). Gives the path of the kept file. Throws GoError with Helm's texts.
 */
export async function downloadIndex(
  entry: RepositoryEntry,
  host: RegistryHost,
  options: DownloadIndexOptions = {},
): Promise<string> {
  const path = indexCachePath(host.paths, entry.name);
  const validators = readValidators(entry, path, host);
  const response = await requestIndex(entry, host, { ...options, validators });
  if (response.status === 304) return path;
  const index = readIndex(response.body, { source: entry.url, log: host.log, checksAll: true });
  host.files.write(chartNamesPath(host.paths, entry.name), index.names.map((name) => `${name}\n`).join(''));
  host.files.write(path, response.body);
  writeValidators(entry, path, response, host);
  return path;
}

/** The index of a repository that is not kept (`--repo`). */
export async function fetchIndex(
  entry: RepositoryEntry,
  host: RegistryHost,
  options: DownloadIndexOptions = {},
): Promise<ChartIndex> {
  const { body } = await requestIndex(entry, host, options);
  return readIndex(body, { source: entry.url, log: host.log });
}

/** A kept index. Throws GoError with Helm's text when there is none or it cannot be read. */
export function loadCachedIndex(name: string, host: RegistryHost, checksAll = false): ChartIndex {
  const path = indexCachePath(host.paths, name);
  const bytes = host.files.read(path);
  try {
    return readIndex(bytes, { source: path, log: host.log, checksAll });
  } catch (error) {
    throw wrapGoError(`error loading ${path}: `, error);
  }
}

/** What a server said about the version of the kept index. */
interface Validators {
  readonly url: string;
  readonly size: number;
  readonly etag?: string;
  readonly lastModified?: string;
}

async function requestIndex(
  entry: RepositoryEntry,
  host: RegistryHost,
  options: DownloadIndexOptions & { readonly validators?: Validators | undefined },
): Promise<HttpResponse> {
  const url = indexUrl(entry);
  const { validators } = options;
  const response = await host.http.send({
    url,
    headers: {
      'User-Agent': host.userAgent ?? defaultUserAgent,
      ...(entry.passCredentialsAll || isSameHost(entry.url, url)
        ? basicAuthorization(entry.username, entry.password)
        : {}),
      ...(validators?.etag === undefined ? {} : { 'If-None-Match': validators.etag }),
      ...(validators?.lastModified === undefined ? {} : { 'If-Modified-Since': validators.lastModified }),
    },
    tls: tlsOf(entry),
    maximumBytes: maximumIndexBytes,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    signal: options.signal,
  });
  const isKnown = response.status === 304 && validators !== undefined;
  if (response.status !== 200 && !isKnown) throw new FetchError(url, response);
  return response;
}

function indexUrl(entry: RepositoryEntry): string {
  const parsed = parseUrl(entry.url);
  if (parsed === undefined) throw new GoError(`invalid chart URL format: ${entry.url}`);
  if (!['http', 'https'].includes(parsed.scheme)) {
    throw new GoError(`could not find protocol handler for: ${parsed.scheme}`);
  }
  return resolveReferenceUrl(entry.url, 'index.yaml') ?? entry.url;
}

function validatorsPath(path: string): string {
  return path.replace(/\.yaml$/, '.validators.json');
}

/** Validators hold for the very file that was kept: another tool may have replaced it. */
function readValidators(entry: RepositoryEntry, path: string, host: RegistryHost): Validators | undefined {
  const kept = validatorsPath(path);
  const file = host.files.stat(path);
  if (file === undefined || host.files.stat(kept) === undefined) return undefined;
  try {
    const validators = JSON.parse(decodeBytes(host.files.read(kept))) as Validators;
    return validators.url === entry.url && validators.size === file.size ? validators : undefined;
  } catch {
    return undefined;
  }
}

function writeValidators(
  entry: RepositoryEntry,
  path: string,
  { headers, body }: HttpResponse,
  host: RegistryHost,
): void {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  const kept = validatorsPath(path);
  if (etag === undefined && lastModified === undefined) {
    host.files.remove(kept);
    return;
  }
  const validators: Validators = {
    url: entry.url,
    size: body.length,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
  host.files.write(kept, JSON.stringify(validators));
}
