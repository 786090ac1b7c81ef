/**
 * What a comparison asks of the cluster itself (helm-diff's `--three-way-merge` and `--take-ownership`, our `--server-dry-run`).
 * Needs read access and dry runs.
 */

export interface LiveQuestion {
  readonly releaseName: string;
  readonly namespace: string;
  /** Empty means the current context. */
  readonly kubeContext: string;
  /** The stored manifest without hooks; empty for a new release. */
  readonly before: string;
  readonly after: string;
  readonly trial: Trial;
}

/**
 * How the server is asked what it would make of an object: by the patch of helm-diff, for objects that exist; or by a
 * server-side apply as Helm 4 does it, for all.
 */
export type Trial =
  | { readonly kind: 'patch' }
  | { readonly kind: 'apply'; readonly forcesConflicts: boolean };

/** Both sides of a three-way comparison. */
export interface LiveState {
  /** What leaves the release, and the live objects. */
  readonly before: string;
  /** What is new, and the live objects as the server would make them. */
  readonly after: string;
  /** Live objects of the target manifest that belong to another release, or to none. */
  readonly foreign: readonly ForeignObject[];
}

export interface ForeignObject {
  /** `namespace/release`; empty when nobody owns it. */
  readonly owner: string;
  /** As the cluster has it: plain JSON. */
  readonly object: Readonly<Record<string, unknown>>;
}

export interface LiveStates extends AsyncDisposable {
  /** Rejects with an ExecutorError when the cluster does not answer, does not know a kind or refuses a change. */
  read(question: LiveQuestion, signal: AbortSignal): Promise<LiveState>;
}
