import { hasErrors } from '@flotilla/diagnostics';
import type { PreparedChart, ReleaseRequest } from '../ports/executor.ts';
import { type RequestPurpose, releaseRequest } from '../prepare/release-request.ts';
import { log, type Session } from '../prepare/session.ts';
import { type DescribedFailure, diagnosticsFailure } from './failures.ts';

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
