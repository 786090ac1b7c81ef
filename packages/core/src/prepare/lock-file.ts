import { type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import {
  baseNameOf,
  Dict,
  decodeBytes,
  GoError,
  parseConstraint,
  parseVersion,
  parseYaml,
  satisfiesConstraint,
  wrapping,
} from '@flotilla/gocompat';
import type { DesiredRelease, DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import type { Files } from '../ports/files.ts';
import type { RepositorySpec } from '../spec/state-spec.ts';
import { lockPath } from './lock-path.ts';

/**
 * The lock file (`helmfile.lock`, helmfile-cli.md §9): the versions `deps` found. In: a state. Out: the same state with locked
 * versions in place of constraints, and what the lock has no answer for. Not its business: making the file.
 */

export interface LockedChart {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
}

export interface LockedState {
  readonly state: DesiredState;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LockOptions {
  /** Only these releases count. */
  readonly selected?: ReadonlySet<DesiredRelease>;
  /** `list` has words of its own for what goes wrong. */
  readonly isListing?: boolean;
}

/** Puts locked versions into the releases of every file that has a lock. */
export function applyLocks(files: Files, state: DesiredState, options: LockOptions = {}): LockedState {
  const diagnostics: Diagnostic[] = [];
  const locked = state.files.map((file) => {
    if (files.stat(lockPath(file)) === undefined) return file;
    try {
      return { ...file, releases: lockReleases(files, file, options) };
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      const text =
        options.isListing === true
          ? `unable to resolve dependencies for ${file.name}: ${error.message}`
          : `[${error.message}]`;
      const referenceText = file.errorPrefix + text;
      const hint = 'run deps to write the lock anew';
      diagnostics.push(errorDiagnostic('state/lock', error.message, { hint, referenceText }));
      return file;
    }
  });
  return { state: { ...state, files: locked }, diagnostics };
}

function lockReleases(
  files: Files,
  file: DesiredStateFile,
  { selected }: LockOptions,
): readonly DesiredRelease[] {
  const chartOf = ({ spec }: DesiredRelease): RepositoryChart | undefined =>
    repositoryChart(file.spec.repositories ?? [], spec.chart);
  const wanted = file.releases.filter((release) => selected?.has(release) !== false && chartOf(release));
  if (wanted.length === 0) return file.releases;
  const chosen = new Set(wanted);
  const names = new Set(wanted.map((release) => chartOf(release)?.name));
  const charts = wrapping(`unable to resolve ${names.size} deps: `, () => readLock(files, lockPath(file)));
  return file.releases.map((release) => (chosen.has(release) ? lockRelease(file, release, charts) : release));
}

/** Reads a lock file. Throws GoError with Helmfile's words. */
export function readLock(files: Files, path: string): readonly LockedChart[] {
  const value = parseYaml(decodeBytes(files.read(path)), { dialect: 'v3' });
  const entries = value instanceof Dict ? value['dependencies'] : undefined;
  if (!Array.isArray(entries)) return [];
  return entries.filter((entry) => entry instanceof Dict).map((entry) => lockedChart(entry));
}

function lockedChart(entry: Dict): LockedChart {
  const text = (key: string): string => {
    const value = entry[key];
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), repository: text('repository'), version: text('version') };
}

function lockRelease(
  file: DesiredStateFile,
  release: DesiredRelease,
  charts: readonly LockedChart[],
): DesiredRelease {
  const chart = repositoryChart(file.spec.repositories ?? [], release.spec.chart);
  if (chart === undefined) return release;
  const named = charts.filter((each) => each.name === chart.name || each.name === chart.rest);
  const version = named.find((each) => satisfies(each.version, release.spec.version ?? ''))?.version;
  if (version === undefined) {
    throw new GoError(
      `no resolved dependency found for "${chart.name}", running "helmfile deps" may resolve the issue`,
    );
  }
  return { ...release, spec: { ...release.spec, version } };
}

export interface RepositoryChart {
  readonly repository: RepositorySpec;
  /** What `Chart.yaml` calls it: in registries the last segment. */
  readonly name: string;
  /** Everything after the repository. */
  readonly rest: string;
}

/** A chart of a configured repository; undefined for all others. */
export function repositoryChart(
  repositories: readonly RepositorySpec[],
  chart: string,
): RepositoryChart | undefined {
  const slash = chart.indexOf('/');
  const repository = repositories.find((each) => slash !== -1 && each.name === chart.slice(0, slash));
  if (repository === undefined) return undefined;
  const rest = chart.slice(slash + 1);
  return { repository, rest, name: repository.oci === true ? baseNameOf(rest) : rest };
}

function satisfies(version: string, constraint: string): boolean {
  return satisfiesConstraint(parseConstraint(constraint === '' ? '*' : constraint), parseVersion(version));
}
