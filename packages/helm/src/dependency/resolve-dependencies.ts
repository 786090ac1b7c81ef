/** From declared ranges to the exact versions of Chart.lock (Helm 4.3.1 `Resolver.Resolve`). */
import {
  type Constraint,
  GoError,
  parseConstraint,
  quote,
  satisfiesConstraint,
  wrapGoError,
} from '@flotilla/gocompat';
import type { ChartDependency } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { versionOf } from '../registry/chart-index.ts';
import { loadCachedIndex } from '../registry/download-index.ts';
import { isOci } from '../registry/go-url.ts';
import type { OciSession } from '../registry/oci-session.ts';
import { ociTags } from '../registry/oci-versions.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { type DependencyContext, isFile, localDirectory } from './dependency-repositories.ts';

export interface ResolveContext extends DependencyContext {
  readonly host: RegistryHost;
  readonly session: OciSession;
  /** Name of a dependency to the name of its repository. */
  readonly names: ReadonlyMap<string, string>;
}

/** The locked dependencies. Rejects with GoError in Helm's words, for all that cannot be satisfied at once. */
export async function resolveDependencies(
  declared: readonly ChartDependency[],
  context: ResolveContext,
): Promise<readonly ChartDependency[]> {
  const locked: ChartDependency[] = [];
  const missing: string[] = [];
  for (const dependency of declared) {
    const version = await lockedVersion(dependency, context);
    const { name, repository } = dependency;
    if (version === undefined) {
      missing.push(`${quote(name)} (repository ${quote(repository)}, version ${quote(dependency.version)})`);
    } else locked.push(lockEntry(name, version, repository));
  }
  if (missing.length === 0) return locked;
  throw new GoError(
    `can't get a valid version for ${missing.length} subchart(s): ${missing.join(', ')}. Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml`,
  );
}

/** An entry of Chart.lock. */
export function lockEntry(name: string, version: string, repository: string): ChartDependency {
  return {
    name,
    version,
    repository,
    condition: '',
    tags: undefined,
    enabled: false,
    importValues: undefined,
    alias: '',
  };
}

/** `version` as a constraint, or the error `prefix` begins. */
export function constraintOf(dependency: ChartDependency, prefix: string): Constraint {
  try {
    return parseConstraint(dependency.version);
  } catch (error) {
    throw wrapGoError(`${prefix} has an invalid version/constraint format: `, error);
  }
}

async function lockedVersion(
  dependency: ChartDependency,
  context: ResolveContext,
): Promise<string | undefined> {
  const { name, repository, version } = dependency;
  const constraint = constraintOf(dependency, `dependency ${quote(name)}`);
  if (repository === '') {
    localDirectory(`charts/${name}`, context);
    return version;
  }
  if (isFile(repository)) return versionInDirectory(repository, constraint, context);
  const repositoryName = context.names.get(name) ?? '';
  if (repositoryName === '') return version;
  if (isOci(repository)) return (await ociVersion(dependency, constraint, context)) ?? version;
  return versionInIndex(dependency, constraint, { host: context.host, repositoryName });
}

function versionInDirectory(
  repository: string,
  constraint: Constraint,
  context: ResolveContext,
): string | undefined {
  const directory = localDirectory(repository, context);
  const { metadata } = loadChart({ kind: 'directory', files: context.files.chartFiles(directory) });
  const version = versionOf(metadata.version);
  return version !== undefined && satisfiesConstraint(constraint, version) ? metadata.version : undefined;
}

function versionInIndex(
  { name, repository }: ChartDependency,
  constraint: Constraint,
  { host, repositoryName }: { readonly host: RegistryHost; readonly repositoryName: string },
): string | undefined {
  let index: ReturnType<typeof loadCachedIndex>;
  try {
    index = loadCachedIndex(repositoryName, host);
  } catch (error) {
    throw wrapGoError(`no cached repository for ${repositoryName} found. (try 'helm repo update'): `, error);
  }
  const entries = index.entriesOf(name);
  if (entries === undefined) throw new GoError(`${name} chart not found in repo ${repository}`);
  return entries.find(({ metadata, urls }) => {
    const version = versionOf(metadata.version);
    return version !== undefined && urls.length > 0 && satisfiesConstraint(constraint, version);
  })?.metadata.version;
}

async function ociVersion(
  { name, repository, version }: ChartDependency,
  constraint: Constraint,
  context: ResolveContext,
): Promise<string | undefined> {
  const exact = versionOf(version);
  if (exact !== undefined) return version;
  const tags = await ociTags(`${repository.slice('oci://'.length)}/${name}`, context.session).catch(
    (error: unknown) => {
      throw wrapGoError(`could not retrieve list of tags for repository ${repository}: `, error);
    },
  );
  return tags.find((tag) => {
    const candidate = versionOf(tag);
    return candidate !== undefined && satisfiesConstraint(constraint, candidate);
  });
}
