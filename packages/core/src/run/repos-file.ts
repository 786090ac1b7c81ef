import type { FileWork } from './file-run.ts';

/** `repos` of one file: preparation has added the repositories; nothing is done to releases. */
export async function reposFile({ record, groups }: FileWork): Promise<void> {
  for (const release of groups.flat())
    record.finish(release, { kind: 'skipped', reason: 'only repositories' });
}
