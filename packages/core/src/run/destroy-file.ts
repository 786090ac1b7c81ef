import type { DesiredRelease } from '../desired/desired-state.ts';
import { executionPlan } from '../plan/execution-plan.ts';
import { isApproved } from './approval.ts';
import { executePlan } from './execute-plan.ts';
import type { FileWork } from './file-run.ts';
import { abandon, presentReleases } from './present-releases.ts';
import { warningHooks } from './release-hooks.ts';
import { destroyRelease } from './uninstall-release.ts';
import { upgradeRelease } from './upgrade-release.ts';

/** `destroy` of one file (helmfile-cli.md §5.4): what is there of the chosen releases is removed, needed ones last. */
export async function destroyFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const chosen = work.groups.flat();
  record.queue(chosen);
  const present = await presentReleases(work, chosen, { withExtraArgs: false });
  if (present === undefined) return abandon(work, chosen);
  for (const release of chosen.filter((each) => !present.includes(each))) {
    await warningHooks(work, release, { event: 'cleanup', command: 'delete' });
    record.finish(release, { kind: 'skipped', reason: 'not installed' });
  }
  if (!(await isApproved(session, { id: 'destroy', message: question(chosen) }))) {
    for (const release of present) record.finish(release, { kind: 'skipped', reason: 'declined' });
    return;
  }
  const plan = executionPlan({ groups: work.groups, upgrades: new Set(), uninstalls: new Set(present) });
  await executePlan(work, plan, { upgrade: upgradeRelease, uninstall: destroyRelease });
  record.isChanged = present.length > 0;
}

function question(chosen: readonly DesiredRelease[]): string {
  const affected = chosen.map(({ key, spec }) => `  ${key.name} (${spec.chart})`).join('\n');
  return `Affected releases are:\n${affected}\n\nDo you really want to delete?\n  Helmfile will delete all your releases, as shown above.\n\n`;
}
