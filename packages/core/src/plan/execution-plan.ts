import type { DesiredRelease, ReleaseId } from '../desired/desired-state.ts';
import type { ScheduledStep, StepId } from '../run/schedule.ts';

/**
 * ExecutionPlan: which steps a run takes, and what each waits for. Plain data with a version, so that a plan can be kept, reviewed
 * and run later. Not its business: running.
 */

export type StepKind = 'upgrade' | 'uninstall';

export interface Step extends ScheduledStep {
  readonly kind: StepKind;
  readonly release: ReleaseId;
}

export interface ExecutionPlan {
  readonly version: 1;
  /** Phases run one after the other; a failed one does not stop the next (Helmfile upgrades what it can). */
  readonly phases: readonly ExecutionPhase[];
}

export interface ExecutionPhase {
  readonly kind: StepKind;
  readonly steps: readonly Step[];
}

/** What a file's run has to do. */
export interface WantedSteps {
  /** Chosen releases by group of needs. */
  readonly groups: readonly (readonly DesiredRelease[])[];
  readonly upgrades: ReadonlySet<DesiredRelease>;
  readonly uninstalls: ReadonlySet<DesiredRelease>;
}

/** Removes first, what needs others before what it needs; then upgrades, needs first. */
export function executionPlan(wanted: WantedSteps): ExecutionPlan {
  return {
    version: 1,
    phases: [
      { kind: 'uninstall', steps: uninstallSteps(wanted) },
      { kind: 'upgrade', steps: upgradeSteps(wanted) },
    ],
  };
}

/** Names a step of a kind for a release. */
export function stepId(kind: StepKind, release: ReleaseId): StepId {
  return `${kind}:${release}` as StepId;
}

function upgradeSteps({ groups, upgrades }: WantedSteps): readonly Step[] {
  return groups.flatMap((releases, group) =>
    releases
      .filter((release) => upgrades.has(release))
      .map((release) => ({
        kind: 'upgrade',
        id: stepId('upgrade', release.id),
        release: release.id,
        needs: reachedNeeds(release, groups, upgrades).map((need) => stepId('upgrade', need)),
        group,
      })),
  );
}

function uninstallSteps({ groups, uninstalls }: WantedSteps): readonly Step[] {
  const releases = groups.flat();
  const neededBy = new Map<ReleaseId, ReleaseId[]>();
  for (const release of releases.filter((each) => uninstalls.has(each))) {
    for (const need of reachedNeeds(release, groups, uninstalls)) {
      neededBy.set(need, [...(neededBy.get(need) ?? []), release.id]);
    }
  }
  return groups.toReversed().flatMap((members, group) =>
    members
      .filter((release) => uninstalls.has(release))
      .map((release) => ({
        kind: 'uninstall',
        id: stepId('uninstall', release.id),
        release: release.id,
        needs: (neededBy.get(release.id) ?? []).map((each) => stepId('uninstall', each)),
        group,
      })),
  );
}

/** Needs among `chosen`, looking through releases that are not: order holds over unchanged releases in between. */
function reachedNeeds(
  release: DesiredRelease,
  groups: readonly (readonly DesiredRelease[])[],
  chosen: ReadonlySet<DesiredRelease>,
): readonly ReleaseId[] {
  const byId = new Map(groups.flat().map((each) => [each.id, each]));
  const found = new Set<ReleaseId>();
  const seen = new Set<ReleaseId>();
  const visit = (needs: readonly ReleaseId[]): void => {
    for (const need of needs) {
      if (seen.has(need)) continue;
      seen.add(need);
      const needed = byId.get(need);
      if (needed === undefined) continue;
      if (chosen.has(needed)) found.add(need);
      else visit(needed.needs);
    }
  };
  visit(release.needs);
  return [...found];
}
