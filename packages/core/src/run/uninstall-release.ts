import type { DesiredRelease } from '../desired/desired-state.ts';
import type { UninstallRequest } from '../ports/executor.ts';
import { extraArgs } from '../prepare/extra-args.ts';
import { defaultsOf } from '../prepare/release-scope.ts';
import { callContext, log, logOutput, withFailureOutput } from '../prepare/session.ts';
import type { ReleaseOutcome } from '../report/run-report.ts';
import { caughtFailure, type DescribedFailure, hookFailure, releaseError } from './failures.ts';
import type { FileWork } from './file-run.ts';
import { releaseHooks, warningHooks } from './release-hooks.ts';

/**
 * Removing releases (helmfile-cli.md §5.4, §5.5.2): helm's uninstall between its hooks. In: a release known to be there. Out: how
 * it ended; rows and errors go to the record.
 */

/** Removes what is marked `installed: false`, during apply and sync. */
export async function uninstallUnwanted(work: FileWork, release: DesiredRelease): Promise<ReleaseOutcome> {
  const started = work.session.ports.clock.now();
  const presync = await releaseHooks(work, release, { event: 'presync', command: 'sync' });
  const problem =
    presync === undefined ? await uninstall(work, release, { purpose: 'sync' }) : hookFailure(presync);
  const error = problem === undefined ? {} : { error: releaseError(release, problem).referenceText };
  await warningHooks(work, release, { event: 'postsync', command: 'sync', ...error });
  await warningHooks(work, release, { event: 'cleanup', command: 'sync' });
  return ended(work, release, { problem, started, prefix: (name) => `failed processing release ${name}: ` });
}

/** Removes a release for `destroy`. */
export async function destroyRelease(work: FileWork, release: DesiredRelease): Promise<ReleaseOutcome> {
  const started = work.session.ports.clock.now();
  const problem = await uninstall(work, release, { purpose: 'destroy' });
  return ended(work, release, { problem, started, prefix: (name) => `release "${name}" failed: ` });
}

/** Removes a release that cannot be updated, waiting for the end of it. */
export function uninstallForReinstall(
  work: FileWork,
  release: DesiredRelease,
): Promise<DescribedFailure | undefined> {
  return uninstall(work, release, { purpose: 'reinstall' });
}

interface UninstallEnd {
  readonly problem: DescribedFailure | undefined;
  readonly started: number;
  readonly prefix: (name: string) => string;
}

function ended({ session, record }: FileWork, release: DesiredRelease, end: UninstallEnd): ReleaseOutcome {
  const durationMs = session.ports.clock.now() - end.started;
  const { problem } = end;
  if (problem === undefined) {
    record.affect('deleted', release, { durationMs, version: '' });
    return { kind: 'succeeded', action: 'uninstalled', durationMs, version: '' };
  }
  record.affect('failedToDelete', release, { durationMs, version: '' });
  record.fail(releaseError(release, problem, end.prefix));
  return { kind: 'failed', failure: problem.failure, durationMs, isUninstall: true };
}

async function uninstall(
  work: FileWork,
  release: DesiredRelease,
  { purpose }: { readonly purpose: 'sync' | 'destroy' | 'reinstall' },
): Promise<DescribedFailure | undefined> {
  const { session, file } = work;
  const command = purpose === 'destroy' ? 'delete' : 'sync';
  const before = await releaseHooks(work, release, { event: 'preuninstall', command });
  if (before !== undefined) return hookFailure(before);
  try {
    log(session, 'info', `Deleting ${release.key.name}`);
    const request = uninstallRequest(work, release, purpose);
    const call = session.executorFor(file).uninstall(request, callContext(session, file, release));
    logOutput(session, await withFailureOutput(session, call));
  } catch (error) {
    return caughtFailure(error);
  }
  const after = await releaseHooks(work, release, { event: 'postuninstall', command });
  return after === undefined ? undefined : hookFailure(after);
}

function uninstallRequest(
  { session, file }: FileWork,
  { key, spec }: DesiredRelease,
  purpose: 'sync' | 'destroy' | 'reinstall',
): UninstallRequest {
  const defaults = defaultsOf({ file });
  const timeoutSeconds = spec.deleteTimeout ?? defaults.deleteTimeout;
  const cascade = [spec.cascade, session.options.cascade, defaults.cascade].find(
    (each) => (each ?? '') !== '',
  );
  return {
    key,
    purpose,
    wait: purpose === 'reinstall' || (spec.deleteWait ?? defaults.deleteWait) === true,
    extraArgs: extraArgs(session.options.args, defaults.args),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(cascade === undefined || purpose === 'reinstall' ? {} : { cascade }),
  };
}
