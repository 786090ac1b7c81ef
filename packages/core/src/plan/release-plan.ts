import type { ReleaseId } from '../desired/desired-state.ts';

/**
 * ReleasePlan: what would happen to which release, in Helmfile's order, as plain data. For people, for `diff`, for files.
 * Not its business: how it is done (execution-plan.ts), words.
 */

/** What will happen to one release. */
export type ReleaseChange = {
  readonly release: ReleaseId;
  readonly name: string;
  readonly namespace: string;
  /** As the state file declares it. */
  readonly chart: string;
  readonly version: string;
  /** The chart as helm was given it. */
  readonly chartReference: string;
  /** What a comparison printed; empty when nothing differs or nothing was compared. */
  readonly diffText: string;
  readonly evidence: ChangeEvidence;
} & (
  | { readonly kind: 'install' | 'upgrade' | 'unchanged' | 'uninstall' }
  /** `installed: false` and not there. */
  | { readonly kind: 'absent' }
);

/** How the change was found out. */
export type ChangeEvidence =
  | { readonly kind: 'diff'; readonly added: number; readonly changed: number; readonly removed: number }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'always' }
  | { readonly kind: 'marked-uninstalled' }
  /** It could not be found out. */
  | { readonly kind: 'failed' };

/** The changes of one state file. */
export interface FilePlan {
  /** As messages print it. */
  readonly file: string;
  readonly fileIndex: number;
  /** In plan order: by group of needs, then as declared. */
  readonly changes: readonly ReleaseChange[];
}

export interface ReleasePlan {
  readonly files: readonly FilePlan[];
}

/** True when applying the plan would do something. */
export function hasChanges(plan: ReleasePlan): boolean {
  return plan.files.some((file) => file.changes.some(isChange));
}

/** True for what an apply acts on. */
export function isChange(change: ReleaseChange): boolean {
  return change.kind === 'install' || change.kind === 'upgrade' || change.kind === 'uninstall';
}
