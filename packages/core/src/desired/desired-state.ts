import type { Span } from '@flotilla/diagnostics';
import type { Dict } from '@flotilla/gocompat';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import type { StateSpec } from '../spec/state-spec.ts';

/**
 * DesiredState: what the loaded helmfiles declare, ready to select, plan and run.
 * In: loaded state files. Out: frozen data in the order Helmfile visits it.
 * Not its business: the cluster, charts, values files of releases (prepare reads those).
 */

declare const releaseIdBrand: unique symbol;

/** `[kubeContext/][namespace/]name`, with `context//name` for a context without a namespace. */
export type ReleaseId = string & { readonly [releaseIdBrand]: true };

export interface ReleaseKey {
  readonly name: string;
  /** Empty when the release names none: the kubeconfig's namespace applies. */
  readonly namespace: string;
  /** Empty when none is named: the current context applies. */
  readonly kubeContext: string;
}

/** Builds the printed form of a release's identity. */
export function releaseId(key: ReleaseKey): ReleaseId {
  const { kubeContext, namespace, name } = key;
  if (kubeContext !== '') return `${kubeContext}/${namespace}/${name}` as ReleaseId;
  return (namespace === '' ? name : `${namespace}/${name}`) as ReleaseId;
}

/** Splits a printed identity; everything in front of the last two segments is the kube context. */
export function parseReleaseId(id: ReleaseId): ReleaseKey {
  const segments = id.split('/');
  const name = segments.pop() ?? '';
  const namespace = segments.pop() ?? '';
  return { name, namespace, kubeContext: segments.join('/') };
}

/** The environment a state file ended up with. */
export interface ResolvedEnvironment {
  readonly name: string;
  readonly kubeContext: string;
  /** Environment values, secrets, `--state-values-file`, values of the `helmfiles` entry. */
  readonly values: Dict;
  /** Top-level `values`. */
  readonly defaults: Dict;
  /** `--state-values-set` and `--state-values-set-string`. */
  readonly cliOverrides: Dict;
}

/** One release after inheritance, defaults, overrides and its template pass. */
export interface DesiredRelease {
  /** What `needs` refer to: release, `helmDefaults` and override contexts count in it, the environment's does not. */
  readonly id: ReleaseId;
  /** Where the release goes: the kube context of its environment counts when nothing nearer names one. */
  readonly key: ReleaseKey;
  /** All fields as Helmfile has them after the release-template pass; `name` and `chart` are always present. */
  readonly spec: ReleaseSpec & { readonly name: string; readonly chart: string };
  /** Labels that selectors see: own, common, and the implicit name, namespace, chart. */
  readonly labels: Readonly<Record<string, string>>;
  /** `needs`, normalised to ids. */
  readonly needs: readonly ReleaseId[];
  /** False for `installed: false`. */
  readonly isInstalled: boolean;
  /** False when its `condition` is off: treated as not selected. */
  readonly isEnabled: boolean;
  /** Index of the owning file in `DesiredState.files`. */
  readonly fileIndex: number;
  /** Place of a field of the release in the file its user edits; no path gives the whole release. */
  readonly spanOf: (...path: readonly (string | number)[]) => Span | undefined;
}

/** One state file with everything its releases need. */
export interface DesiredStateFile {
  /** Path as messages print it. */
  readonly name: string;
  readonly absolutePath: string;
  /** Directory its relative paths resolve against, absolute. */
  readonly baseDirectory: string;
  /** What Helmfile calls basePath: `.` in single-file mode, else absolute. */
  readonly printedBaseDirectory: string;
  /** What Helmfile's messages about the file start with: `in ./helmfile.yaml: `, after those of the files that led to it. */
  readonly errorPrefix: string;
  /** The merged specification; `releases` here are as written, `releases` below are resolved. */
  readonly spec: StateSpec;
  readonly environment: ResolvedEnvironment;
  /** `.Values` for releases. */
  readonly values: Dict;
  /** What the file or the command line sets for all releases; empty when neither does. */
  readonly overrides: { readonly kubeContext: string; readonly namespace: string; readonly chart: string };
  readonly releases: readonly DesiredRelease[];
  /** Indexes of the files loaded through `helmfiles`, in order. */
  readonly children: readonly number[];
  /** Effective selectors of this file: the command line's or its `helmfiles` entry's. */
  readonly selectors: readonly string[];
}

/** Every loaded file, in the order Helmfile visits them (children before their parent). */
export interface DesiredState {
  readonly environmentName: string;
  readonly files: readonly DesiredStateFile[];
}
