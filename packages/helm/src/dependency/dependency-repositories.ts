/** Which added repository each dependency of a chart comes from: aliases, URLs, `file://`, `oci://`. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cleanPath, GoError } from '@flotilla/gocompat';
import type { ChartDependency } from '../chart/chart.ts';
import { equalUrls, isOci, parseUrl } from '../registry/go-url.ts';
import type { HostFiles } from '../registry/host-files.ts';
import { unmanagedPrefix } from '../registry/repositories.ts';
import {
  type RepositoryConfig,
  type RepositoryEntry,
  repositoryEntry,
} from '../registry/repository-config.ts';

export interface NamedDependencies {
  /** Aliases of repositories replaced by their URLs. */
  readonly declared: readonly ChartDependency[];
  /** Name of a dependency to the name of its repository. */
  readonly names: ReadonlyMap<string, string>;
}

export interface DependencyContext {
  readonly chartPath: string;
  readonly files: HostFiles;
}

export function isFile(repository: string): boolean {
  return repository.startsWith('file://');
}

/** The directory a `file://` repository means. Throws GoError `directory D not found`. */
export function localDirectory(repository: string, { chartPath, files }: DependencyContext): string {
  const path = repository.startsWith('file://') ? repository.slice('file://'.length) : repository;
  const directory = path.startsWith('/') ? cleanPath(path) : join(chartPath, path);
  if (files.stat(directory) === undefined) throw new GoError(`directory ${directory} not found`);
  return directory;
}

/** Finds the repositories (Helm 4.3.1 `resolveRepoNames`). Throws GoError for those nobody knows. */
export function nameRepositories(
  dependencies: readonly ChartDependency[],
  config: RepositoryConfig | undefined,
  context: DependencyContext,
): NamedDependencies {
  const names = new Map<string, string>();
  const missing: string[] = [];
  const declared = dependencies.map((dependency) => {
    const { name, repository } = dependency;
    if (repository === '') return dependency;
    if (isFile(repository)) localDirectory(repository, context);
    if (isFile(repository) || isOci(repository)) {
      names.set(name, repository);
      return dependency;
    }
    const entry = config?.repositories.find((each) => isMeant(each, repository));
    if (entry !== undefined) {
      names.set(name, entry.name);
      return isAlias(entry, repository) ? { ...dependency, repository: entry.url } : dependency;
    }
    if (!isRequestUri(repository)) missing.push(repository);
    return dependency;
  });
  if (missing.length > 0) throw unknownRepositories(missing);
  return { declared, names };
}

function isMeant(entry: RepositoryEntry, repository: string): boolean {
  return isAlias(entry, repository) || equalUrls(entry.url, repository);
}

function isAlias({ name }: RepositoryEntry, repository: string): boolean {
  return repository === `@${name}` || repository === `alias:${name}`;
}

/** What Go's `url.ParseRequestURI` accepts: a rooted path or an absolute URL. */
function isRequestUri(text: string): boolean {
  const url = parseUrl(text);
  if (url === undefined) return false;
  return url.scheme === '' ? text.startsWith('/') : true;
}

function unknownRepositories(missing: readonly string[]): GoError {
  const isName = missing.some(
    (each) => !each.includes('//') && !each.startsWith('@') && !each.startsWith('alias:'),
  );
  const note = isName
    ? `
Note that repositories must be URLs or aliases. For example, to refer to the "example"
repository, use "https://charts.example.com/" or "@example" instead of
"example". Don't forget to add the repo, too ('helm repo add').`
    : '';
  return new GoError(
    `no repository definition for ${missing.join(', ')}. Please add them via 'helm repo add'${note}`,
  );
}

/** Entries for the repositories that only the chart mentions, and all names with theirs. */
export function unmanagedRepositories(
  dependencies: readonly ChartDependency[],
  known: ReadonlyMap<string, string>,
): { readonly names: ReadonlyMap<string, string>; readonly entries: readonly RepositoryEntry[] } {
  const names = new Map(known);
  const entries: RepositoryEntry[] = [];
  for (const { name, repository } of dependencies) {
    if (repository === '' || names.has(name)) continue;
    const key = `${unmanagedPrefix}${createHash('sha256').update(repository).digest('hex')}`;
    names.set(name, key);
    entries.push(repositoryEntry({ name: key, url: repository }));
  }
  return { names, entries };
}

/** Throws unless every repository of the locked dependencies was added (Helm 4.3.1 `hasAllRepos`). */
export function checkAllAdded(
  dependencies: readonly ChartDependency[],
  config: RepositoryConfig | undefined,
): void {
  const missing = dependencies
    .map(({ repository }) => repository)
    .filter((repository) => repository !== '' && !isFile(repository) && !isOci(repository))
    .filter(
      (repository) =>
        config?.repositories.some((entry) => equalUrls(entry.url, repository.replace(/\/$/, ''))) !== true,
    );
  if (missing.length === 0) return;
  throw new GoError(
    `no repository definition for ${missing.join(', ')}. Please add the missing repos via 'helm repo add'`,
  );
}

/** Repositories with the same URL are asked once: the last one counts. */
export function withoutDuplicates(entries: readonly RepositoryEntry[]): readonly RepositoryEntry[] {
  return [...new Map(entries.map((entry) => [entry.url.replace(/\/$/, ''), entry])).values()];
}
