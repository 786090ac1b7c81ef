import { log } from '../prepare/session.ts';
import type { FileWork } from './file-run.ts';
import { affectedText, planFile } from './plan-file.ts';

/** `diff` of one file (helmfile-cli.md §5.6): what an apply would change. */
export async function diffFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const releases = work.groups.flat();
  if (releases.length === 0) return;
  record.queue(releases);
  const isDetailed = session.options.diff?.detailedExitCode === true;
  const planned = await planFile(work, { isDetailed, runsCleanupHooks: true });
  record.plan = planned.plan;
  for (const release of releases) record.finish(release, { kind: 'unchanged' });
  if (!planned.isComplete) return;
  const onlyNew = planned.plan.changes.some((change) => change.evidence.kind === 'not-installed');
  const knowsChanges = isDetailed || planned.toDelete.length > 0 || onlyNew;
  const changed = isDetailed
    ? planned.changed
    : planned.changed.filter((release) =>
        planned.plan.changes.some(
          (change) => change.release === release.id && change.evidence.kind === 'not-installed',
        ),
      );
  record.isChanged = changed.length + planned.toDelete.length > 0;
  if (!knowsChanges) return;
  const text = affectedText({ changed, toDelete: planned.toDelete }, session.options.diff?.color === true);
  log(session, 'info', text ?? 'No affected releases');
}
