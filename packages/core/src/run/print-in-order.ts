import type { DesiredRelease } from '../desired/desired-state.ts';
import { log, printOutput } from '../prepare/session.ts';
import type { Failure, ReleaseAction } from '../report/run-report.ts';
import { type DescribedFailure, failedOutput, releaseError } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { inOrder } from './in-order.ts';
import { warningHooks } from './release-hooks.ts';

/** What a command prints for each release. */
export interface PrintedWork<R extends object> {
  readonly command: 'template' | 'lint';
  /** What the log says is going on: `Templating release=…`. */
  readonly title: string;
  readonly action: ReleaseAction;
  readonly work: (release: DesiredRelease) => Promise<R | DescribedFailure>;
  readonly print: (result: R) => void;
  /** Failures that other files do not wait for. */
  readonly isDeferred?: (failure: Failure) => boolean;
}

/** Releases at the same time, when nothing else is said: a process each, and more gains nothing. */
const defaultLimit = 4;

/**
 * Works on the releases to be installed at the same time; what is printed, and the first error, which ends it, are those of one
 * release after the other.
 */
export async function printInOrder<R extends object>(work: FileWork, printed: PrintedWork<R>): Promise<void> {
  const { record, session } = work;
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  const started = session.ports.clock.now();
  const { concurrency = 0 } = session.options;
  const limit = concurrency > 0 ? concurrency : defaultLimit;
  await inOrder(wanted, { limit, work: printed.work }, async (release, result) => {
    const chart = work.prepared.charts.get(release)?.reference ?? release.spec.chart;
    log(session, 'info', `${printed.title} release=${release.key.name}, chart=${chart}`);
    const durationMs = session.ports.clock.now() - started;
    const isFailed = 'failure' in result;
    if (isFailed) {
      const { failure } = result;
      const isDeferred = printed.isDeferred?.(failure) === true;
      printOutput(session, failedOutput(result));
      record.fail({ ...releaseError(release, result, () => ''), ...(isDeferred ? { isDeferred } : {}) });
      record.finish(release, { kind: 'failed', failure, durationMs, isUninstall: false });
    } else {
      printed.print(result);
      record.finish(release, { kind: 'succeeded', action: printed.action, durationMs, version: '' });
    }
    await warningHooks(work, release, { event: 'cleanup', command: printed.command });
    return isFailed ? 'stop' : 'continue';
  });
  for (const release of wanted)
    record.finish(release, { kind: 'skipped', reason: 'an earlier release failed' });
}
