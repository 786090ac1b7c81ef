import { hasErrors } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import type { PreparedChart, ReleaseRequest } from '../ports/executor.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { type RequestPurpose, releaseRequest } from '../prepare/release-request.ts';
import { log, type Session } from '../prepare/session.ts';
import { type DescribedFailure, diagnosticsFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';

/** The request for a release with a prepared chart. */
export async function requestFor(
  { session, prepared }: FileWork,
  release: DesiredRelease,
  verb: 'upgrade' | 'template' | 'lint',
): Promise<ReleaseRequest | DescribedFailure> {
  const chart = prepared.charts.get(release);
  if (chart === undefined) return diagnosticsFailure([]);
  return await buildRequest(session, { verb, scope: releaseScope(session, prepared, release) }, chart);
}

/** The request for one release, its warnings told; a failure when it cannot be made. */
export async function buildRequest(
  session: Session,
  purpose: RequestPurpose,
  chart: PreparedChart,
): Promise<ReleaseRequest | DescribedFailure> {
  const { value, diagnostics } = await releaseRequest(session, purpose, chart);
  if (value === undefined || hasErrors(diagnostics)) return diagnosticsFailure(diagnostics);
  for (const diagnostic of diagnostics) {
    session.emit({ type: 'diagnostic', diagnostic });
    log(session, 'warn', diagnostic.referenceText ?? diagnostic.message);
  }
  return value;
}
