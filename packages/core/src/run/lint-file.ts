import { errorDiagnostic } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { callContext, printOutput } from '../prepare/session.ts';
import { failureDump } from '../report/failure-dump.ts';
import { requestFor } from './build-request.ts';
import { caughtFailure, type DescribedFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { printInOrder } from './print-in-order.ts';

/** `lint` of one file (helmfile-cli.md §5.8). */
export async function lintFile(work: FileWork): Promise<void> {
  await printInOrder(work, {
    command: 'lint',
    title: 'Linting',
    action: 'linted',
    work: (release) => lint(work, release),
    print: ({ text }) => printOutput(work.session, work.session.redactor.redact(text)),
    isDeferred: (failure) => failure.kind === 'executor',
  });
}

async function lint(
  work: FileWork,
  release: DesiredRelease,
): Promise<{ readonly text: string } | DescribedFailure> {
  const { session, file } = work;
  const request = await requestFor(work, release, 'lint');
  if ('failure' in request) return request;
  try {
    const report = await session.executorFor(file).lint(request, callContext(session, file, release));
    if (report.passed) return { text: report.text };
    const transcript = report.transcript === undefined ? {} : { transcript: report.transcript };
    const message = report.text.trim();
    const diagnostic = errorDiagnostic('executor/chart-invalid', message);
    const failure = { kind: 'executor', code: 'chart-invalid', message, diagnostic, ...transcript } as const;
    return { failure, text: report.transcript === undefined ? report.text : failureDump(report.transcript) };
  } catch (error) {
    return caughtFailure(error, { request });
  }
}
