/** Manifests and hooks: the documents a chart renders to, with what Helm needs to know of each. */

/** The fields of a document that Helm reads to sort it. */
export interface ManifestHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly annotations: ReadonlyMap<string, string>;
}

/** One document that is installed as part of the release. */
export interface Manifest {
  /** The template it came from: `chart/templates/x.yaml`. */
  readonly path: string;
  readonly kind: string;
  readonly head: ManifestHead;
  readonly content: string;
}

export type HookEvent =
  | 'pre-install'
  | 'post-install'
  | 'pre-delete'
  | 'post-delete'
  | 'pre-upgrade'
  | 'post-upgrade'
  | 'pre-rollback'
  | 'post-rollback'
  | 'test';

/** One document that runs at certain events instead (`helm.sh/hook`). */
export interface Hook {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly content: string;
  readonly events: readonly HookEvent[];
  readonly weight: number;
  /** As written, lower-cased; unknown ones are kept. */
  readonly deletePolicies: readonly string[];
  readonly outputLogPolicies: readonly string[];
}

/** Rendered files by their path, in no particular order. */
export type RenderedFiles = ReadonlyMap<string, string>;
