import type { DesiredRelease } from '../desired/desired-state.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { callContext, log, printOutput } from '../prepare/session.ts';
import { failureDump } from '../report/failure-dump.ts';
import { buildRequest } from './build-request.ts';
import {
  caughtFailure,
  type DescribedFailure,
  diagnosticsFailure,
  failedOutput,
  releaseError,
} from './failures.ts';
import type { FileWork } from './file-run.ts';
import { inOrder } from './in-order.ts';
import { warningHooks } from './release-hooks.ts';

const defaultLints = 4;

/** `lint` of one file (helmfile-cli.md §5.8): one chart after the other as far as anyone can tell; an error ends it. */
export async function lintFile(work: FileWork): Promise<void> {
  const { record, session } = work;
  const wanted = work.groups.flat().filter((release) => release.isInstalled);
  record.queue(wanted);
  const limit = session.options.concurrency ?? 0;
  await inOrder(
    wanted,
    { limit: limit > 0 ? limit : defaultLints, work: (release) => lint(work, release) },
    async (release, result) => {
      const chart = work.prepared.charts.get(release)?.reference ?? release.spec.chart;
      log(session, 'info', `Linting release=${release.key.name}, chart=${chart}`);
      if ('failure' in result) {
        printOutput(session, failedOutput(result));
        record.fail({
          ...releaseError(release, result, () => ''),
          isDeferred: result.failure.kind === 'executor',
        });
        record.finish(release, {
          kind: 'failed',
          failure: result.failure,
          durationMs: 0,
          isUninstall: false,
        });
        await warningHooks(work, release, { event: 'cleanup', command: 'lint' });
        return 'stop';
      }
      printOutput(session, result.text);
      record.finish(release, { kind: 'succeeded', action: 'linted', durationMs: 0, version: '' });
      await warningHooks(work, release, { event: 'cleanup', command: 'lint' });
      return 'continue';
    },
  );
  for (const release of wanted)
    record.finish(release, { kind: 'skipped', reason: 'an earlier release failed' });
}

async function lint(
  { session, file, prepared }: FileWork,
  release: DesiredRelease,
): Promise<{ readonly text: string } | DescribedFailure> {
  const chart = prepared.charts.get(release);
  if (chart === undefined) return diagnosticsFailure([]);
  const scope = releaseScope(session, prepared, release);
  const request = await buildRequest(session, { verb: 'lint', scope }, chart);
  if ('failure' in request) return request;
  try {
    const report = await session.executorFor(file).lint(request, callContext(session, file, release));
    if (report.passed) return { text: report.text };
    const transcript = report.transcript === undefined ? {} : { transcript: report.transcript };
    const failure = {
      kind: 'executor',
      code: 'chart-invalid',
      message: report.text.trim(),
      ...transcript,
    } as const;
    return { failure, text: report.transcript === undefined ? report.text : failureDump(report.transcript) };
  } catch (error) {
    return caughtFailure(error);
  }
}
