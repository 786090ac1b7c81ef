import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { ExecutorCapabilities, Repository } from '../ports/executor.ts';
import type { HelmDefaultsSpec } from '../spec/state-spec.ts';
import type { CommandOptions } from './command-options.ts';

/** Everything that has a say in how helm is called for one release. */
export interface ReleaseScope {
  readonly release: DesiredRelease;
  readonly file: DesiredStateFile;
  /** The configured repository its chart belongs to. */
  readonly repository: Repository | undefined;
  readonly options: CommandOptions;
  readonly capabilities: ExecutorCapabilities;
}

/** `helmDefaults` of the file a release belongs to. */
export function defaultsOf(scope: Pick<ReleaseScope, 'file'>): HelmDefaultsSpec {
  return scope.file.spec.helmDefaults ?? {};
}

/** True when nothing is to be done about the dependencies of local charts. */
export function skipsDependencies(scope: ReleaseScope): boolean {
  const own = scope.release.spec.skipDeps ?? defaultsOf(scope).skipDeps;
  return scope.options.skipDeps === true || own === true;
}

/** True when indexes and caches are good enough as they are. */
export function skipsRefresh(scope: ReleaseScope): boolean {
  const own = scope.release.spec.skipRefresh ?? defaultsOf(scope).skipRefresh;
  return scope.options.skipRefresh === true || own === true;
}

/** The version field, when it says anything. */
export function versionOf(release: DesiredRelease): { readonly version?: string } {
  const { version = '' } = release.spec;
  return version === '' ? {} : { version };
}
