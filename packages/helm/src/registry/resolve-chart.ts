/**
 * From a chart reference to the place of an archive: `repo/chart` by a kept index, URLs as they are, `oci://` by tags
 * (Helm 4.3.1 `ResolveChartVersion`). Not its business: fetching the archive.
 */
import { basename } from 'node:path/posix';
import { GoError, orUndefined, quote, wrapGoError } from '@flotilla/gocompat';
import { findEntry } from './chart-index.ts';
import { digestKey } from './content-cache.ts';
import { fetchIndex, loadCachedIndex } from './download-index.ts';
import { equalUrls, type GoUrl, isOci, isSameHost, parseUrl, resolveReferenceUrl } from './go-url.ts';
import type { TlsFiles } from './http-client.ts';
import { OciSession, type OciSessionOptions } from './oci-session.ts';
import { resolveOciChart } from './oci-versions.ts';
import type { RegistryHost } from './registry-host.ts';
import { notARepository } from './repositories.ts';
import {
  loadRepositoryConfig,
  type RepositoryConfig,
  type RepositoryEntry,
  repositoryEntry,
  repositoryNamed,
  tlsOf,
} from './repository-config.ts';

/** What a person says about a chart's place: Helm's chart path flags. */
export interface ChartPlaceOptions {
  readonly version?: string;
  /** `--devel`: prereleases too, when no version is given. */
  readonly devel?: boolean;
  /** `--repo`: a repository that was not added. */
  readonly repositoryUrl?: string;
  readonly username?: string;
  readonly password?: string;
  readonly passCredentialsAll?: boolean;
  readonly tls?: TlsFiles;
  readonly plainHttp?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** An archive that can be fetched. */
export type ChartPlace =
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly fileName: string;
      /** Hex SHA-256 that the index names. */
      readonly digest: string | undefined;
      readonly username: string;
      readonly password: string;
      readonly tls: TlsFiles;
    }
  | {
      readonly kind: 'oci';
      readonly url: string;
      readonly fileName: string;
      readonly digest: undefined;
      readonly session: OciSession;
    };

/** Finds the archive a reference and version mean. Rejects with GoError in Helm's words. */
export async function resolveChart(
  reference: string,
  host: RegistryHost,
  options: ChartPlaceOptions = {},
): Promise<ChartPlace> {
  const version = options.version || (options.devel === true ? '>0.0.0-0' : '');
  if (options.repositoryUrl)
    return resolveInUrl(reference, options.repositoryUrl, { host, options, version });
  const url = parseUrl(reference);
  if (url === undefined) throw new GoError(`invalid chart URL format: ${reference}`);
  if (isOci(reference)) return resolveOci(reference, version, { host, options });
  const config = loadRepositoryConfig(host.files, host.paths.repositoryConfig);
  if (url.scheme !== '' && url.host !== '' && url.path !== '') {
    return resolveUrl(reference, config, { host, options });
  }
  return resolveInRepository(url, config, { host, options, version });
}

interface Context {
  readonly host: RegistryHost;
  readonly options: ChartPlaceOptions;
}

interface VersionContext extends Context {
  readonly version: string;
}

async function resolveOci(
  reference: string,
  version: string,
  { host, options }: Context,
): Promise<ChartPlace> {
  const session = new OciSession(host, ociOptions(options));
  const { reference: found, fileName } = await resolveOciChart(reference, version, session);
  return { kind: 'oci', url: `oci://${found}`, fileName, digest: undefined, session };
}

/** What an OCI session needs of the flags. */
export function ociOptions(options: ChartPlaceOptions): OciSessionOptions {
  const { username, password, plainHttp, tls, timeoutMs, signal } = options;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(plainHttp === undefined ? {} : { plainHttp }),
    ...(tls === undefined ? {} : { tls }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    signal,
  };
}

async function resolveInUrl(
  chart: string,
  repositoryUrl: string,
  { host, options, version }: VersionContext,
): Promise<ChartPlace> {
  const entry = entryFromFlags(repositoryUrl, options);
  let described = `chart ${quote(chart)}`;
  if (version !== '') described += ` version ${quote(version)}`;
  const index = await fetchIndex(entry, host, options).catch((error: unknown) => {
    throw error instanceof GoError && !/^(?:invalid chart URL|could not find)/.test(error.message)
      ? notARepository(repositoryUrl, error)
      : error;
  });
  const found = orUndefined(() => findEntry(index, chart, { version, log: host.log }));
  if (found === undefined) throw new GoError(`${described} not found in ${repositoryUrl} repository`);
  const [url] = found.urls;
  if (url === undefined) throw new GoError(`${described} has no downloadable URLs`);
  const absolute = resolveReferenceUrl(repositoryUrl, url);
  if (absolute === undefined)
    throw new GoError(`failed to make chart URL absolute: failed to parse ${url} as URL`);
  if (isOci(absolute)) return resolveOci(absolute, '', { host, options });
  return httpPlace(absolute, entry, undefined);
}

function entryFromFlags(url: string, options: ChartPlaceOptions): RepositoryEntry {
  const { tls = {} } = options;
  return repositoryEntry({
    name: '',
    url,
    username: options.username ?? '',
    password: options.password ?? '',
    passCredentialsAll: options.passCredentialsAll === true,
    caFile: tls.caFile ?? '',
    certFile: tls.certFile ?? '',
    keyFile: tls.keyFile ?? '',
    insecureSkipTlsVerify: tls.insecureSkipTlsVerify === true,
  });
}

/** A URL of an archive: the repository whose index lists it lends its credentials. */
function resolveUrl(
  reference: string,
  config: RepositoryConfig | undefined,
  { host, options }: Context,
): ChartPlace {
  const owner = config?.repositories.find((entry) => listsUrl(entry, reference, host));
  return httpPlace(
    reference,
    withFlags(owner ?? repositoryEntry({ name: '', url: reference }), options),
    undefined,
  );
}

function listsUrl(entry: RepositoryEntry, url: string, host: RegistryHost): boolean {
  const index = cachedIndex(entry, host);
  return index.names.some((name) =>
    (index.entriesOf(name) ?? []).some(({ urls }) => urls.some((each) => equalUrls(url, each))),
  );
}

function cachedIndex(entry: RepositoryEntry, host: RegistryHost): ReturnType<typeof loadCachedIndex> {
  try {
    return loadCachedIndex(entry.name, host);
  } catch (error) {
    throw wrapGoError("no cached repo found. (try 'helm repo update'): ", error);
  }
}

function resolveInRepository(
  url: GoUrl,
  config: RepositoryConfig | undefined,
  { host, options, version }: VersionContext,
): Promise<ChartPlace> | ChartPlace {
  const slash = url.path.indexOf('/');
  if (slash < 0) {
    throw new GoError(`non-absolute URLs should be in form of repo_name/path_to_chart, got: ${url.path}`);
  }
  const entry = repositoryNamed(url.path.slice(0, slash), config);
  const chart = url.path.slice(slash + 1);
  const index = cachedIndex(entry, host);
  const found = entryOrError(chart, { version, name: entry.name }, () =>
    findEntry(index, chart, { version, log: host.log }),
  );
  const [first] = found.urls;
  if (first === undefined) throw new GoError(`chart ${quote(url.path)} has no downloadable URLs`);
  const absolute = resolveReferenceUrl(entry.url, first);
  if (absolute === undefined) throw new GoError(`invalid chart URL format: ${url.path}`);
  if (isOci(absolute)) return resolveOci(absolute, '', { host, options });
  return httpPlace(absolute, withFlags(entry, options), digestKey(found.digest));
}

function entryOrError<T>(
  chart: string,
  { version, name }: { readonly version: string; readonly name: string },
  find: () => T,
): T {
  try {
    return find();
  } catch (error) {
    throw wrapGoError(
      `chart ${quote(chart)} matching ${version} not found in ${name} index. (try 'helm repo update'): `,
      error,
    );
  }
}

/** The repository's settings go before flags, where it has any. */
function withFlags(entry: RepositoryEntry, options: ChartPlaceOptions): RepositoryEntry {
  const flags = entryFromFlags(entry.url, options);
  const hasTls = entry.certFile !== '' || entry.keyFile !== '' || entry.caFile !== '';
  const hasCredentials = entry.username !== '' && entry.password !== '';
  const { certFile, keyFile, caFile } = hasTls ? entry : flags;
  const { username, password, passCredentialsAll } = hasCredentials ? entry : flags;
  return {
    ...entry,
    certFile,
    keyFile,
    caFile,
    username,
    password,
    passCredentialsAll,
    insecureSkipTlsVerify: entry.insecureSkipTlsVerify || flags.insecureSkipTlsVerify,
  };
}

/** Credentials stay with the repository's host unless they may go everywhere. */
function httpPlace(url: string, entry: RepositoryEntry, digest: string | undefined): ChartPlace {
  const mayUse = entry.passCredentialsAll || isSameHost(entry.url, url);
  return {
    kind: 'http',
    url,
    fileName: basename(decodePath(parseUrl(url)?.path ?? '')),
    digest,
    username: mayUse ? entry.username : '',
    password: mayUse ? entry.password : '',
    tls: tlsOf(entry),
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
