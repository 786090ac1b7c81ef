/**
 * The data of Helmfile's templates: E for state files and state values files, R for everything of a release.
 * In: a resolved environment, overrides, a release. Out: structs under Helmfile 1.8.0's Go type names, because
 * messages print them.
 */
import { type Dict, type GoMethod, GoStruct, stringMap } from '@flotilla/gocompat';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { mergeCommandLineValues } from '../environment/state-values.ts';

const noMethods: ReadonlyMap<string, GoMethod> = new Map();

function struct(
  goType: string,
  fields: readonly (readonly [string, unknown])[],
  isPointer: boolean,
): GoStruct {
  return new GoStruct({ goType, isPointer, fields: new Map(fields), methods: noMethods });
}

function environmentStruct(environment: ResolvedEnvironment, values: Dict): GoStruct {
  return struct(
    'environment.Environment',
    [
      ['Name', environment.name],
      ['KubeContext', environment.kubeContext],
      ['Values', values],
      ['Defaults', environment.defaults],
      ['CLIOverrides', environment.cliOverrides],
    ],
    false,
  );
}

/** E: `.Environment.Values` has the command line's values merged in, and no top-level `values`. */
export function environmentData(environment: ResolvedEnvironment, values: Dict, namespace: string): GoStruct {
  return struct(
    'state.EnvironmentTemplateData',
    [
      ['Environment', environmentStruct(environment, mergeCommandLineValues(environment))],
      ['Namespace', namespace],
      ['Values', values],
      ['StateValues', values],
    ],
    true,
  );
}

/** The fields of a release that R shows. */
export interface ReleaseFacts {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly chart: string;
  readonly version: string;
  readonly kubeContext: string;
}

/** The overrides of a whole state file: `kubeContext`, `namespace`, `chart`, or the flags of those names. */
export interface FileOverrides {
  readonly kubeContext: string;
  readonly namespace: string;
  readonly chart: string;
}

export interface ReleaseDataInput {
  readonly environment: ResolvedEnvironment;
  readonly values: Dict;
  readonly overrides: FileOverrides;
  readonly release: ReleaseFacts;
}

/** R: `.Environment.Values` is without the command line's values here, as in Helmfile. */
export function releaseData({ environment, values, overrides, release }: ReleaseDataInput): GoStruct {
  return struct(
    'state.releaseTemplateData',
    [
      ['Environment', environmentStruct(environment, environment.values)],
      ['Release', releaseStruct(release)],
      ['Values', values],
      ['StateValues', values],
      ['KubeContext', overrides.kubeContext],
      ['Namespace', overrides.namespace],
      ['Chart', overrides.chart],
    ],
    false,
  );
}

function releaseStruct(release: ReleaseFacts): GoStruct {
  return struct(
    'state.releaseTemplateDataRelease',
    [
      ['Name', release.name],
      ['Namespace', release.namespace],
      ['Labels', stringMap(Object.entries(release.labels))],
      ['Chart', release.chart],
      ['ChartVersion', release.version],
      ['KubeContext', release.kubeContext],
    ],
    false,
  );
}
