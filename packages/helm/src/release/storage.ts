/**
 * Where releases are kept: a driver per kind of place, and what Helm makes of it (last, deployed, pruning). Comes in:
 * releases and names. Goes out: releases, or GoErrors in Helm's words. Not its business: the records' format.
 */
import { GoError } from '@flotilla/gocompat';
import type { Release } from './release.ts';

export interface StorageCall {
  readonly signal: AbortSignal;
}

/** One kind of place; all calls are about one namespace. */
export interface StorageDriver {
  readonly name: string;
  /** Rejects with {@link ReleaseNotFound}. */
  get(name: string, version: number, call: StorageCall): Promise<Release>;
  /** Every revision of a release in the order of the place; empty when there is none. */
  history(name: string, call: StorageCall): Promise<readonly Release[]>;
  /** The last revisions of those releases that there are. */
  latest(names: readonly string[], call: StorageCall): Promise<ReadonlyMap<string, Release>>;
  /** All revisions of all releases. */
  list(call: StorageCall): Promise<readonly Release[]>;
  /** Rejects with {@link ReleaseExists}. */
  create(release: Release, call: StorageCall): Promise<void>;
  update(release: Release, call: StorageCall): Promise<void>;
  /** Rejects with {@link ReleaseNotFound}. */
  delete(name: string, version: number, call: StorageCall): Promise<void>;
}

export class ReleaseNotFound extends GoError {
  constructor() {
    super('release: not found');
  }
}

export class ReleaseExists extends GoError {
  constructor() {
    super('release: already exists');
  }
}

export class NoDeployedReleases extends GoError {
  constructor(name: string) {
    super(`${JSON.stringify(name)} has no deployed releases`);
  }
}

/** `sh.helm.release.v1.web.v3`: the name of the storage object. */
export function storageKey(name: string, version: number): string {
  return `sh.helm.release.v1.${name}.v${version}`;
}

/** Revisions in ascending order. */
export function byVersion(releases: readonly Release[]): readonly Release[] {
  return [...releases].sort((a, b) => a.version - b.version);
}

/** The last revision of each release, by name. */
export function latestByName(releases: readonly Release[]): ReadonlyMap<string, Release> {
  return new Map(byVersion(releases).map((release) => [release.name, release]));
}

/** The last revision. Rejects with {@link ReleaseNotFound}. */
export async function lastRelease(driver: StorageDriver, name: string, call: StorageCall): Promise<Release> {
  const last = byVersion(await driver.history(name, call)).at(-1);
  if (last === undefined) throw new ReleaseNotFound();
  return last;
}

/** A revision, or the last one for 0. */
export function releaseAt(
  driver: StorageDriver,
  name: string,
  revision: number,
  call: StorageCall,
): Promise<Release> {
  return revision <= 0 ? lastRelease(driver, name, call) : driver.get(name, revision, call);
}

/** The highest deployed revision of a history. */
export function deployedOf(history: readonly Release[]): Release | undefined {
  return byVersion(history.filter((each) => each.info.status === 'deployed')).at(-1);
}

/** Stores a new revision; with `maximum` above 0 old ones make room first, never the deployed one. */
export async function createRelease(
  driver: StorageDriver,
  release: Release,
  options: StorageCall & { readonly maximum?: number },
): Promise<void> {
  const { maximum = 0 } = options;
  if (maximum > 0) await prune(driver, release.name, { ...options, maximum: maximum - 1 });
  await driver.create(release, options);
}

async function prune(
  driver: StorageDriver,
  name: string,
  options: StorageCall & { readonly maximum: number },
): Promise<void> {
  const history = byVersion(await driver.history(name, options));
  const surplus = history.length - options.maximum;
  if (surplus <= 0) return;
  const deployed = deployedOf(history);
  const errors: GoError[] = [];
  for (const { version } of history.filter((each) => each.version !== deployed?.version).slice(0, surplus)) {
    try {
      await driver.delete(name, version, options);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      errors.push(error);
    }
  }
  const [first] = errors;
  if (first === undefined || first instanceof ReleaseNotFound) return;
  if (errors.length === 1) throw first;
  throw new GoError(`encountered ${errors.length} deletion errors. First is: ${first.message}`, {
    cause: first,
  });
}
