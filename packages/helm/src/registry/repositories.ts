/**
 * `helm repo add`, `update`, `remove`, `list`: the repositories a user works with. Comes in: names, URLs, credentials.
 * Goes out: repositories.yaml and the caches, and the lines Helm prints. Not its business: charts.
 */
import { GoError, quote } from '@flotilla/gocompat';
import { withoutPassword } from '../http/request-error.ts';
import { downloadIndex } from './download-index.ts';
import { chartNamesPath, indexCachePath } from './helm-paths.ts';
import type { Print, RegistryHost } from './registry-host.ts';
import {
  emptyRepositoryConfig,
  equalEntries,
  formatRepositoryConfig,
  loadRepositoryConfig,
  type RepositoryConfig,
  type RepositoryEntry,
  withRepository,
} from './repository-config.ts';

export interface AddRepositoryOptions {
  readonly forceUpdate?: boolean;
  readonly allowDeprecatedRepositories?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly print?: Print;
}

/** Addresses that are gone for good, and what took their place. */
const goneRepositories: readonly (readonly [part: string, instead: string])[] = [
  ['//kubernetes-charts.storage.googleapis.com', 'https://charts.helm.sh/stable'],
  ['//kubernetes-charts-incubator.storage.googleapis.com', 'https://charts.helm.sh/incubator'],
];

/** Adds a repository whose index can be read (Helm 4.3.1 `repo add`). Throws GoError with Helm's texts. */
export async function addRepository(
  entry: RepositoryEntry,
  host: RegistryHost,
  options: AddRepositoryOptions = {},
): Promise<void> {
  const print = options.print ?? (() => {});
  const gone = goneRepositories.find(([part]) => entry.url.includes(part));
  if (gone !== undefined && options.allowDeprecatedRepositories !== true) {
    throw new GoError(`repo ${quote(entry.url)} is no longer available; try ${quote(gone[1])} instead`);
  }
  const path = host.paths.repositoryConfig;
  await host.files.withLock(`${path.replace(/\.[^./\\]*$/, '')}.lock`, async () => {
    const config = loadRepositoryConfig(host.files, path) ?? emptyRepositoryConfig;
    if (isAdded(entry, config, options.forceUpdate === true)) {
      print(`${quote(entry.name)} already exists with the same configuration, skipping\n`);
      return;
    }
    await checkReachable(entry, host, options);
    host.files.write(path, formatRepositoryConfig(withRepository(config, entry)), 0o600);
    print(`${quote(entry.name)} has been added to your repositories\n`);
  });
}

function isAdded(entry: RepositoryEntry, config: RepositoryConfig, forceUpdate: boolean): boolean {
  if (entry.name.includes('/')) {
    throw new GoError(
      `repository name (${entry.name}) contains '/', please specify a different name without '/'`,
    );
  }
  const existing = config.repositories.find((each) => each.name === entry.name);
  if (existing === undefined || forceUpdate) return false;
  if (equalEntries(existing, entry)) return true;
  throw new GoError(`repository name (${entry.name}) already exists, please specify a different name`);
}

async function checkReachable(
  entry: RepositoryEntry,
  host: RegistryHost,
  options: AddRepositoryOptions,
): Promise<void> {
  try {
    await downloadIndex(entry, host, options);
  } catch (error) {
    if (!(error instanceof GoError) || /^(?:invalid chart URL|could not find protocol)/.test(error.message)) {
      throw error;
    }
    throw notARepository(entry.url, error);
  }
}

/** Helm's words for an index that cannot be fetched or read. */
export function notARepository(url: string, cause: GoError): GoError {
  return new GoError(
    `looks like ${quote(withoutPassword(url))} is not a valid chart repository or cannot be reached: ${cause.message}`,
    { cause },
  );
}

export interface UpdateRepositoriesOptions {
  /** These alone; all when empty. */
  readonly names?: readonly string[];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly print?: Print;
}

/** Refreshes the kept indexes (Helm 4.3.1 `repo update`). Throws GoError when one of them failed. */
export async function updateRepositories(
  host: RegistryHost,
  options: UpdateRepositoriesOptions = {},
): Promise<void> {
  const print = options.print ?? (() => {});
  const names = options.names ?? [];
  const config = loadRepositoryConfig(host.files, host.paths.repositoryConfig);
  if (config === undefined || config.repositories.length === 0) {
    throw new GoError('no repositories found. You must add one before updating');
  }
  const unknown = names.find((name) => !config.repositories.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new GoError(`no repositories found matching '${unknown}'.  Nothing will be updated`);
  }
  const chosen = config.repositories.filter((each) => names.length === 0 || names.includes(each.name));
  print('Hang tight while we grab the latest from your chart repositories...\n');
  const failed = await refreshIndexes(chosen, host, { ...options, print });
  if (failed.length > 0) {
    throw new GoError(`failed to update the following repositories: [${failed.join(' ')}]`);
  }
  print('Update Complete. ⎈Happy Helming!⎈\n');
}

/** Refreshes at once; prints a line for each and gives the URLs of those that failed. */
export async function refreshIndexes(
  entries: readonly RepositoryEntry[],
  host: RegistryHost,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined; readonly print: Print },
): Promise<readonly string[]> {
  const { print } = options;
  const failed: string[] = [];
  await Promise.all(
    entries.map(async (entry) => {
      const isUnmanaged = entry.name.startsWith(unmanagedPrefix);
      const shown = isUnmanaged ? quote(entry.url) : quote(entry.name);
      try {
        await downloadIndex(entry, host, options);
        print(`...Successfully got an update from the ${shown} chart repository\n`);
      } catch (error) {
        if (!(error instanceof GoError)) throw error;
        const where = isUnmanaged ? '' : ` (${entry.url})`;
        print(`...Unable to get an update from the ${shown} chart repository${where}:\n\t${error.message}\n`);
        failed.push(entry.url);
      }
    }),
  );
  return failed;
}

/** Names Helm gives to repositories that only a chart's dependencies mention. */
export const unmanagedPrefix = 'helm-manager-';

/** Removes repositories and what was kept of them (Helm 4.3.1 `repo remove`). */
export async function removeRepositories(
  names: readonly string[],
  host: RegistryHost,
  print: Print = () => {},
): Promise<void> {
  const path = host.paths.repositoryConfig;
  const loaded = loadRepositoryConfig(host.files, path);
  if (loaded === undefined || loaded.repositories.length === 0)
    throw new GoError('no repositories configured');
  await host.files.withLock(`${path.replace(/\.[^./\\]*$/, '')}.lock`, () => {
    let config = loadRepositoryConfig(host.files, path) ?? emptyRepositoryConfig;
    for (const name of names) {
      const rest = config.repositories.filter((each) => each.name !== name);
      if (rest.length === config.repositories.length) {
        throw new GoError(`no repo named ${quote(name)} found`);
      }
      config = { ...config, repositories: rest };
      host.files.write(path, formatRepositoryConfig(config), 0o600);
      host.files.remove(chartNamesPath(host.paths, name));
      host.files.remove(indexCachePath(host.paths, name));
      host.files.remove(indexCachePath(host.paths, name).replace(/\.yaml$/, '.validators.json'));
      print(`${quote(name)} has been removed from your repositories\n`);
    }
    return Promise.resolve();
  });
}

/** The repositories in order; none when there is no file or it cannot be read (Helm 4.3.1 `repo list`). */
export function listRepositories(host: RegistryHost): readonly RepositoryEntry[] {
  try {
    return loadRepositoryConfig(host.files, host.paths.repositoryConfig)?.repositories ?? [];
  } catch (error) {
    if (error instanceof GoError) return [];
    throw error;
  }
}
