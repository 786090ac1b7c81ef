import { redactUrl } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { type DeployedRelease, ExecutorError, type ReleaseRequest } from '../ports/executor.ts';
import { callContext, log, logOutput, withFailureOutput } from '../prepare/session.ts';
import type { ReleaseAction, ReleaseOutcome } from '../report/run-report.ts';
import { requestFor } from './build-request.ts';
import {
  caughtFailure,
  type DescribedFailure,
  diagnosticsFailure,
  hookFailure,
  releaseError,
} from './failures.ts';
import type { FileWork } from './file-run.ts';
import { releaseHooks } from './release-hooks.ts';
import { lookUp, versionAfter } from './release-lookup.ts';
import { uninstallForReinstall } from './uninstall-release.ts';

/**
 * One release is installed or upgraded (helmfile-cli.md §5.5.1): request, `presync`, helm, `postsync`, `cleanup`. In: a prepared
 * release. Out: its end, in the record. Rejects only for bugs.
 */
export async function upgradeRelease(work: FileWork, release: DesiredRelease): Promise<ReleaseOutcome> {
  const { session, record } = work;
  const started = session.ports.clock.now();
  const prepared = await requestFor(work, release, 'upgrade');
  if ('failure' in prepared) return failed(work, release, { described: prepared, started });
  const presync = await releaseHooks(work, release, { event: 'presync', command: 'sync' });
  let problem = presync === undefined ? undefined : hookFailure(presync);
  let done: UpgradeDone | undefined;
  if (problem === undefined) {
    const result = await upgradeOrReinstall(work, release, prepared);
    if ('failure' in result) {
      problem = result;
      record.affect('failed', release, { durationMs: session.ports.clock.now() - started, version: '' });
    } else done = result;
  }
  if (done !== undefined) {
    const durationMs = session.ports.clock.now() - started;
    record.affect(done.action === 'reinstalled' ? 'reinstalled' : 'updated', release, {
      durationMs,
      version: done.version,
    });
  }
  problem = await afterwards(work, release, problem);
  if (problem !== undefined || done === undefined) {
    const described = problem ?? diagnosticsFailure([]);
    return failed(work, release, { described, started });
  }
  const durationMs = session.ports.clock.now() - started;
  return { kind: 'succeeded', action: done.action, durationMs, version: done.version };
}

interface UpgradeDone {
  readonly action: Extract<ReleaseAction, 'installed' | 'upgraded' | 'reinstalled'>;
  readonly version: string;
}

function failed(
  { session, record }: FileWork,
  release: DesiredRelease,
  end: { readonly described: DescribedFailure; readonly started: number },
): ReleaseOutcome {
  const durationMs = session.ports.clock.now() - end.started;
  record.fail(releaseError(release, end.described));
  return { kind: 'failed', failure: end.described.failure, durationMs, isUninstall: false };
}

async function upgradeOrReinstall(
  work: FileWork,
  release: DesiredRelease,
  request: ReleaseRequest,
): Promise<UpgradeDone | DescribedFailure> {
  try {
    const deployed = await upgrade(work, release, request);
    const version = await versionAfter(work, release, deployed);
    return { action: deployed.revision === 1 ? 'installed' : 'upgraded', version };
  } catch (error) {
    const isForbidden = error instanceof ExecutorError && error.code === 'update-forbidden';
    if (!isForbidden || release.spec.updateStrategy !== 'reinstallIfForbidden')
      return caughtFailure(error, { request });
    log(
      work.session,
      'info',
      `Failed to sync due to forbidden updates, attempting to reinstall "${release.key.name}" allowed by update strategy`,
    );
    return await reinstall(work, release, request);
  }
}

async function upgrade(
  { session, file }: FileWork,
  release: DesiredRelease,
  request: ReleaseRequest,
): Promise<DeployedRelease> {
  const { name, namespace } = release.key;
  const chart = redactUrl(request.chart.reference);
  log(session, 'info', `Upgrading release=${name}, chart=${chart}, namespace=${namespace}`);
  const call = session.executorFor(file).upgrade(request, callContext(session, file, release));
  const deployed = await withFailureOutput(session, call);
  logOutput(session, deployed.text);
  return deployed;
}

/** What cannot be updated in place is removed, with waiting, and installed again. */
async function reinstall(
  work: FileWork,
  release: DesiredRelease,
  request: ReleaseRequest,
): Promise<UpgradeDone | DescribedFailure> {
  try {
    const { deployed } = await lookUp(work, release, { withExtraArgs: true });
    if (deployed !== undefined) {
      const problem = await uninstallForReinstall(work, release);
      if (problem !== undefined) return problem;
    }
    const again = await upgrade(work, release, request);
    const version = await versionAfter(work, release, again);
    return { action: 'reinstalled', version };
  } catch (error) {
    return caughtFailure(error);
  }
}

/** `postsync` and `cleanup`: their failures count only when nothing failed before. */
async function afterwards(
  work: FileWork,
  release: DesiredRelease,
  before: DescribedFailure | undefined,
): Promise<DescribedFailure | undefined> {
  let problem = before;
  for (const event of ['postsync', 'cleanup'] as const) {
    const isToldOfFailure = event === 'postsync' && problem !== undefined;
    const error =
      isToldOfFailure && problem !== undefined ? { error: releaseError(release, problem).referenceText } : {};
    const hook = await releaseHooks(work, release, { event, command: 'sync', ...error });
    if (hook === undefined) continue;
    const described = hookFailure(hook);
    if (problem === undefined) problem = described;
    else log(work.session, 'warn', `warn: ${described.text}`);
  }
  return problem;
}
