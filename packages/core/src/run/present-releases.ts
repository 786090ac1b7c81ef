import type { DesiredRelease } from '../desired/desired-state.ts';
import { caughtFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { lookUpAll } from './release-lookup.ts';

/** Which releases helm knows of; undefined when a lookup failed, which the record has then. */
export async function presentReleases(
  work: FileWork,
  releases: readonly DesiredRelease[],
  options: { readonly withExtraArgs: boolean },
): Promise<readonly DesiredRelease[] | undefined> {
  try {
    const observed = await lookUpAll(work, releases, options);
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
