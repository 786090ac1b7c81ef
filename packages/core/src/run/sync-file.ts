import type { DesiredRelease } from '../desired/desired-state.ts';
import { executionPlan } from '../plan/execution-plan.ts';
import { isApproved } from './approval.ts';
import { executePlan } from './execute-plan.ts';
import type { FileWork } from './file-run.ts';
import { affectedText, compareWanted } from './plan-file.ts';
import { abandon, presentReleases } from './present-releases.ts';
import { warningHooks } from './release-hooks.ts';
import { uninstallUnwanted } from './uninstall-release.ts';
import { upgradeRelease } from './upgrade-release.ts';

/** `sync` of one file (helmfile-cli.md §5.3): every chosen release is upgraded, what is marked uninstalled is removed. */
export async function syncFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const planned = work.groups.flat();
  record.queue(planned);
  const unwanted = planned.filter((release) => !release.isInstalled);
  const present = await presentReleases(work, unwanted, { withExtraArgs: false });
  if (present === undefined) return abandon(work, planned);
  const wanted = planned.filter((release) => release.isInstalled);
  if (!(await isWanted(work, { wanted, present }))) {
    for (const release of planned) record.finish(release, { kind: 'skipped', reason: 'declined' });
    return;
  }
  const plan = executionPlan({
    groups: work.groups,
    upgrades: new Set(wanted),
    uninstalls: new Set(present),
  });
  await executePlan(work, plan, { upgrade: upgradeRelease, uninstall: uninstallUnwanted });
  record.tellActed();
  const absent = unwanted.filter((release) => !present.includes(release));
  for (const release of absent) {
    await warningHooks(work, release, { event: 'cleanup', command: session.command });
    record.finish(release, { kind: 'skipped', reason: 'not installed and not wanted' });
  }
  record.isChanged = wanted.length + present.length > 0 && !record.hasErrors;
}

/** Asks, when somebody wants to be asked, after showing what would change. */
async function isWanted(
  work: FileWork,
  {
    wanted,
    present,
  }: { readonly wanted: readonly DesiredRelease[]; readonly present: readonly DesiredRelease[] },
): Promise<boolean> {
  const { session } = work;
  if (session.options.interactive !== true) return true;
  const isDetailed = session.options.diff?.detailedExitCode === true;
  const { changed, isComplete } = await compareWanted(work, { isDetailed, runsCleanupHooks: false });
  if (!isComplete) return false;
  // Without the detailed exit code Helmfile cannot tell changes and lists everything.
  const affected = { changed: isDetailed ? changed : wanted, toDelete: present };
  const text = affectedText(affected, session.options.diff?.color === true) ?? 'No affected releases';
  const message = `${text}\nDo you really want to sync?\n  Helmfile will sync all your releases, as shown above.\n\n`;
  return await isApproved(session, { id: 'sync', message });
}
