import { errorDiagnostic } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { executionPlan } from '../plan/execution-plan.ts';
import { movedReleases } from '../plan/release-plan.ts';
import { log } from '../prepare/session.ts';
import { isApproved } from './approval.ts';
import { executePlan } from './execute-plan.ts';
import { diagnosticsFailure, hookFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { affectedText, type PlannedFile, planFile } from './plan-file.ts';
import { abandon } from './present-releases.ts';
import { releaseHooks, warningHooks } from './release-hooks.ts';
import { uninstallUnwanted } from './uninstall-release.ts';
import { upgradeRelease } from './upgrade-release.ts';

/** `apply` of one file (helmfile-cli.md §5.2): compare, ask, then act on what differs and on nothing else. */
export async function applyFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const releases = work.groups.flat();
  record.queue(releases);
  const planned = await planFile(work, { isDetailed: true, runsCleanupHooks: false });
  record.plan = planned.plan;
  if (!planned.isComplete) return abandon(work, releases);
  if (refuseMoved(work, planned)) return abandon(work, releases);
  const affected = affectedText(planned, session.options.diff?.color === true);
  log(session, 'debug', affected ?? 'No affected releases');
  if (affected === undefined) return finishRest(work, releases, planned);
  record.isChanged = true;
  if (await isApproved(session, { id: 'apply', message: question(affected) })) {
    if (!(await preapply(work))) return abandon(work, releases);
    const plan = executionPlan({
      groups: work.groups,
      upgrades: new Set(planned.changed),
      uninstalls: new Set(planned.toDelete),
    });
    await executePlan(work, plan, { upgrade: upgradeRelease, uninstall: uninstallUnwanted });
  } else {
    for (const release of [...planned.changed, ...planned.toDelete]) {
      record.finish(release, { kind: 'skipped', reason: 'declined' });
    }
  }
  record.tellActed();
  await cleanUpRest(work, releases, planned);
  finishRest(work, releases, planned);
}

/** True when there is a reviewed plan and the cluster or the files have moved away from it. */
function refuseMoved({ session, record, file }: FileWork, planned: PlannedFile): boolean {
  const reviewed = session.options.plan;
  const moved = reviewed === undefined ? [] : movedReleases(reviewed, planned.plan);
  if (moved.length === 0) return false;
  const text = `${file.name} has moved since the plan was made: ${moved.join(', ')}`;
  const hint = 'make a new plan, review it, and apply that';
  const described = diagnosticsFailure([errorDiagnostic('plan/moved', text, { hint, referenceText: text })]);
  record.fail({ failure: described.failure, referenceText: described.text });
  return true;
}

function question(affected: string): string {
  return `${affected}\nDo you really want to apply?\n  Helmfile will apply all your changes, as shown above.\n\n`;
}

/** `preapply` hooks of all planned releases, changed or not, what needs others first; the first failure ends the file. */
async function preapply(work: FileWork): Promise<boolean> {
  for (const release of work.groups.toReversed().flat()) {
    const failure = await releaseHooks(work, release, { event: 'preapply', command: 'apply' });
    if (failure === undefined) continue;
    const described = hookFailure(failure);
    work.record.fail({ release: release.id, failure: described.failure, referenceText: described.text });
    return false;
  }
  return true;
}

/** `cleanup` hooks of releases the run had nothing to do with. */
async function cleanUpRest(
  work: FileWork,
  releases: readonly DesiredRelease[],
  planned: PlannedFile,
): Promise<void> {
  const touched = new Set([...planned.changed, ...planned.toDelete]);
  for (const release of releases.filter((each) => !touched.has(each))) {
    await warningHooks(work, release, { event: 'cleanup', command: 'apply' });
  }
}

function finishRest({ record }: FileWork, releases: readonly DesiredRelease[], planned: PlannedFile): void {
  const touched = new Set([...planned.changed, ...planned.toDelete]);
  for (const release of releases) {
    if (touched.has(release)) continue;
    if (release.isInstalled) record.finish(release, { kind: 'unchanged' });
    else record.finish(release, { kind: 'skipped', reason: 'not installed and not wanted' });
  }
}
