/**
 * Filling `charts/` with the locked dependencies (Helm 4.3.1 `downloadAll`): fetched or packaged into a folder beside it
 * first, moved when all are there, outdated archives removed then.
 */
import { join } from 'node:path';
import { compareVersions, GoError, satisfiesConstraint, wrapGoError } from '@flotilla/gocompat';
import type { ChartDependency } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { saveChart } from '../package/package-chart.ts';
import { type IndexEntry, versionOf } from '../registry/chart-index.ts';
import { loadCachedIndex } from '../registry/download-index.ts';
import { type FetchOptions, fetchChartTo } from '../registry/fetch-chart.ts';
import { equalUrls, isOci, resolveReferenceUrl } from '../registry/go-url.ts';
import { indexCachePath } from '../registry/helm-paths.ts';
import type { Print, RegistryHost } from '../registry/registry-host.ts';
import { type RepositoryConfig, tlsOf } from '../registry/repository-config.ts';
import { resolveChart } from '../registry/resolve-chart.ts';
import { isFile, localDirectory } from './dependency-repositories.ts';
import { constraintOf } from './resolve-dependencies.ts';

export interface DownloadContext {
  readonly host: RegistryHost;
  readonly chartPath: string;
  /** Where relative `file://` repositories start. */
  readonly localRoot: string;
  readonly config: RepositoryConfig | undefined;
  readonly print: Print;
  /** Credentials, TLS and verification for fetching. */
  readonly fetch: FetchOptions;
  readonly epochSeconds?: number | undefined;
}

/** Fetches all; gives the dependencies with the versions that were packaged from directories. */
export async function downloadDependencies(
  locked: readonly ChartDependency[],
  context: DownloadContext,
): Promise<readonly ChartDependency[]> {
  const { host, chartPath, print } = context;
  checkCachedIndexes(context);
  const target = join(chartPath, 'charts');
  const entry = host.files.stat(target);
  if (entry !== undefined && entry.kind !== 'directory') throw new GoError(`"${target}" is not a directory`);
  host.files.makeDirectory(target);
  const suffix = Buffer.from(host.randomBytes(6)).toString('hex');
  const temporary = join(chartPath, `tmpcharts-${suffix}`);
  host.files.makeDirectory(temporary);
  try {
    print(`Saving ${locked.length} charts\n`);
    const saved = await saveAll(locked, temporary, context);
    moveCharts(saved, { from: temporary, to: target, host, print });
    return saved;
  } finally {
    host.files.remove(temporary);
  }
}

/** Helm loads every added repository's index first. */
function checkCachedIndexes({ host, config }: DownloadContext): void {
  for (const { name } of config?.repositories ?? []) {
    const path = indexCachePath(host.paths, name);
    if (host.files.stat(path) === undefined) throw new GoError(`open ${path}: no such file or directory`);
  }
}

async function saveAll(
  locked: readonly ChartDependency[],
  folder: string,
  context: DownloadContext,
): Promise<readonly ChartDependency[]> {
  const fetched = new Set<string>();
  const saved: ChartDependency[] = [];
  for (const dependency of locked) {
    if (dependency.repository === '') checkVendored(dependency, context);
    try {
      saved.push(await saveOne(dependency, folder, { context, fetched }));
    } catch (error) {
      if (error instanceof GoError) context.print(`Save error occurred:  ${error.message}\n`);
      throw error;
    }
  }
  return saved;
}

interface SaveContext {
  readonly context: DownloadContext;
  /** URLs of archives that are there already. */
  readonly fetched: Set<string>;
}

async function saveOne(
  dependency: ChartDependency,
  folder: string,
  { context, fetched }: SaveContext,
): Promise<ChartDependency> {
  const { name, repository } = dependency;
  if (repository === '') {
    checkVendoredVersion(dependency, context);
    return dependency;
  }
  if (isFile(repository)) return { ...dependency, version: packageDirectory(dependency, folder, context) };
  const source = await findSource(dependency, context);
  if (fetched.has(source.url)) {
    context.print(`Already downloaded ${name} from repo ${repository}\n`);
    return dependency;
  }
  context.print(`Downloading ${name} from repo ${repository}\n`);
  try {
    await fetchChartTo(folder, source.reference, context.host, { ...source.options, print: context.print });
  } catch (error) {
    throw wrapGoError(`could not download ${source.reference}: `, error);
  }
  fetched.add(source.url);
  return dependency;
}

function checkVendored({ name }: ChartDependency, { print }: DownloadContext): void {
  print(`Dependency ${name} did not declare a repository. Assuming it exists in the charts directory\n`);
}

function checkVendoredVersion(dependency: ChartDependency, { host, chartPath }: DownloadContext): void {
  const { name, version } = dependency;
  const path = join(chartPath, 'charts', name);
  const found = vendoredVersion(path, host);
  const constraint = constraintOf(dependency, `dependency ${name}`);
  const parsed = versionOf(found);
  if (parsed === undefined)
    throw new GoError(`invalid version ${version} for dependency ${name}: invalid semantic version`);
  if (satisfiesConstraint(constraint, parsed)) return;
  throw new GoError(`dependency ${name} at version ${found} does not satisfy the constraint ${version}`);
}

function vendoredVersion(path: string, host: RegistryHost): string {
  try {
    return loadChart({ kind: 'directory', files: host.files.chartFiles(path) }).metadata.version;
  } catch (error) {
    throw wrapGoError(`unable to load chart '${path}': `, error);
  }
}

function packageDirectory(dependency: ChartDependency, folder: string, context: DownloadContext): string {
  const { host, localRoot, epochSeconds } = context;
  const directory = localDirectory(dependency.repository, { chartPath: localRoot, files: host.files });
  const chart = loadChart({ kind: 'directory', files: host.files.chartFiles(directory) }, { log: host.log });
  const constraint = constraintOf(dependency, `dependency ${dependency.name}`);
  const version = versionOf(chart.metadata.version);
  if (version === undefined || !satisfiesConstraint(constraint, version)) {
    throw new GoError(`can't get a valid version for dependency ${dependency.name}`);
  }
  saveChart(chart, folder, host, epochSeconds);
  return chart.metadata.version;
}

interface DependencySource {
  /** Tells archives apart. */
  readonly url: string;
  readonly reference: string;
  readonly options: FetchOptions;
}

async function findSource(dependency: ChartDependency, context: DownloadContext): Promise<DependencySource> {
  const { name, version, repository } = dependency;
  if (isOci(repository)) {
    const reference = `${repository}/${name}`;
    return { url: `${reference}:${version}`, reference, options: { ...context.fetch, version } };
  }
  const entry = context.config?.repositories.find(({ url }) => equalUrls(repository, url));
  if (entry === undefined) return findUnmanaged(dependency, context);
  const found = versionedEntry(version, loadCachedIndex(entry.name, context.host).entriesOf(name));
  const url = resolveReferenceUrl(repository, found.urls[0] ?? '') ?? '';
  return {
    url,
    reference: url,
    options: {
      ...context.fetch,
      username: entry.username,
      password: entry.password,
      passCredentialsAll: entry.passCredentialsAll,
      tls: tlsOf(entry),
    },
  };
}

async function findUnmanaged(
  { name, version, repository }: ChartDependency,
  context: DownloadContext,
): Promise<DependencySource> {
  try {
    const { url } = await resolveChart(name, context.host, { repositoryUrl: repository, version });
    const { username: _username, password: _password, ...options } = context.fetch;
    return { url, reference: url, options };
  } catch (error) {
    throw wrapGoError(`could not find : chart ${name} not found in ${repository}: `, error);
  }
}

/** The entry whose version is the locked one; build metadata and a leading `v` do not matter. */
function versionedEntry(version: string, entries: readonly IndexEntry[] | undefined): IndexEntry {
  if (entries === undefined) throw new GoError('could not find : entry not found');
  const wanted = versionOf(version);
  const found = entries.find(({ urls, metadata }) => {
    if (urls.length === 0) return false;
    if (version === '' || wanted === undefined) return version === '' || metadata.version === version;
    const candidate = versionOf(metadata.version);
    return candidate !== undefined && compareVersions(wanted, candidate) === 0;
  });
  if (found === undefined) throw new GoError('could not find : no matching version');
  return found;
}

interface MoveContext {
  readonly from: string;
  readonly to: string;
  readonly host: RegistryHost;
  readonly print: Print;
}

function moveCharts(dependencies: readonly ChartDependency[], { from, to, host, print }: MoveContext): void {
  const { files } = host;
  const before = files.list(to);
  const fresh = files.list(from);
  for (const name of fresh) {
    const path = join(from, name);
    const problem = chartName(path, host);
    if (problem.error !== undefined) {
      print(`Could not verify ${path} for moving: ${problem.error} (Skipping)`);
      continue;
    }
    files.move(path, join(to, name));
  }
  print('Deleting outdated charts\n');
  const vendored = new Set(
    dependencies.filter(({ repository }) => repository === '').map(({ name }) => name),
  );
  for (const file of before) {
    const path = join(to, file);
    if (files.stat(path)?.kind === 'directory' || fresh.includes(file)) continue;
    const { name, error } = chartName(path, host);
    if (error !== undefined) print(`Could not verify ${path} for deletion: ${error} (Skipping)\n`);
    else if (!vendored.has(name)) files.remove(path);
  }
}

function chartName(
  path: string,
  { files }: RegistryHost,
): { readonly name: string; readonly error?: string } {
  try {
    return { name: loadChart({ kind: 'archive', name: path, bytes: files.read(path) }).metadata.name };
  } catch (error) {
    if (error instanceof GoError) return { name: '', error: error.message };
    throw error;
  }
}
