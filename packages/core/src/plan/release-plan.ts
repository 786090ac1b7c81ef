import type { ReleaseId } from '../desired/desired-state.ts';

/**
 * ReleasePlan: what would happen to which release, in Helmfile's order, as plain data. For people, for `diff`, for files.
 * Not its business: how it is done (execution-plan.ts), words.
 */

/** Changes with every incompatible change of the types below. */
export const planVersion = 1;

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
  /** It could not be compared. */
  | { readonly kind: 'unknown' }
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
  readonly version: typeof planVersion;
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

/** The plan of a run that compared. */
export function releasePlan(files: readonly { readonly plan?: FilePlan }[]): ReleasePlan {
  return { version: planVersion, files: files.flatMap(({ plan }) => (plan === undefined ? [] : [plan])) };
}

/** A plan as text, to be kept and applied later. Holds the differences, so it is as confidential as they are. */
export function serializePlan(plan: ReleasePlan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/** Reads a kept plan. Gives undefined for a text that is none, or one of another version. */
export function parsePlan(text: string): ReleasePlan | undefined {
  try {
    const plan = JSON.parse(text) as Partial<ReleasePlan> | null;
    return plan?.version === planVersion && Array.isArray(plan.files) ? (plan as ReleasePlan) : undefined;
  } catch {
    return undefined;
  }
}

/** Releases of a file for which `now` is not what `reviewed` says: what was reviewed is what runs, or nothing does. */
export function movedReleases(reviewed: ReleasePlan, now: FilePlan): readonly ReleaseId[] {
  const expected = new Map(
    reviewed.files.find((each) => each.file === now.file)?.changes.map((change) => [change.release, change]),
  );
  const moved = now.changes.filter(({ release, kind, diffText }) => {
    const change = expected.get(release);
    expected.delete(release);
    return change?.kind !== kind || change.diffText !== diffText;
  });
  return [...moved.map(({ release }) => release), ...expected.keys()];
}
