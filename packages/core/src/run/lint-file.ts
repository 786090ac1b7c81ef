import type { DesiredRelease } from '../desired/desired-state.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { callContext, printOutput } from '../prepare/session.ts';
import { failureDump } from '../report/failure-dump.ts';
import { buildRequest } from './build-request.ts';
import { caughtFailure, type DescribedFailure, diagnosticsFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { printInOrder } from './print-in-order.ts';

/** `lint` of one file (helmfile-cli.md §5.8). */
export async function lintFile(work: FileWork): Promise<void> {
  await printInOrder(work, {
    command: 'lint',
    title: 'Linting',
    action: 'linted',
    work: (release) => lint(work, release),
    print: ({ text }) => printOutput(work.session, text),
    isDeferred: (failure) => failure.kind === 'executor',
  });
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
