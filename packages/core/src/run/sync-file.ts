import type { DesiredRelease } from '../desired/desired-state.ts';
import { executionPlan } from '../plan/execution-plan.ts';
import { executePlan } from './execute-plan.ts';
import { caughtFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { warningHooks } from './release-hooks.ts';
import { lookUp } from './release-lookup.ts';
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
  const plan = executionPlan({
    groups: work.groups,
    upgrades: new Set(wanted),
    uninstalls: new Set(present),
  });
  await executePlan(work, plan, { upgrade: upgradeRelease, uninstall: uninstallUnwanted });
  const absent = unwanted.filter((release) => !present.includes(release));
  for (const release of absent) {
    await warningHooks(work, release, { event: 'cleanup', command: session.command });
    record.finish(release, { kind: 'skipped', reason: 'not installed and not wanted' });
  }
  record.isChanged = wanted.length + present.length > 0 && !record.hasErrors;
}

/** Which releases helm knows of; undefined when a lookup failed, which the record has then. */
export async function presentReleases(
  work: FileWork,
  releases: readonly DesiredRelease[],
  options: { readonly withExtraArgs: boolean },
): Promise<readonly DesiredRelease[] | undefined> {
  try {
    const observed = await Promise.all(releases.map((release) => lookUp(work, release, options)));
    return releases.filter((_, index) => observed[index]?.deployed !== undefined);
  } catch (error) {
    const { failure, text } = caughtFailure(error);
    work.record.fail({ failure, referenceText: text });
    return undefined;
  }
}

/** Gives up on all releases that have not ended yet. */
export function abandon({ record }: FileWork, releases: readonly DesiredRelease[]): void {
  for (const release of releases)
    record.finish(release, { kind: 'skipped', reason: 'the command failed before' });
}
