import type { DesiredRelease } from '../desired/desired-state.ts';
import type { TestRequest } from '../ports/executor.ts';
import { extraArgs } from '../prepare/extra-args.ts';
import { releaseScope } from '../prepare/file-preparation.ts';
import { downloadOptions } from '../prepare/helm-options.ts';
import { mapLimited } from '../prepare/map-limited.ts';
import { defaultsOf } from '../prepare/release-scope.ts';
import { callContext, log, logOutput, withFailureOutput } from '../prepare/session.ts';
import { caughtFailure, releaseError } from './failures.ts';
import type { FileWork } from './file-run.ts';

/** `status` of one file (helmfile-cli.md §5.9): what helm says of each installed release, group by group. */
export async function statusFile(work: FileWork): Promise<void> {
  const { session, file } = work;
  const extra = extraArgs(session.options.args, defaultsOf({ file }).args);
  work.record.queue(work.groups.flat().filter((release) => release.isInstalled));
  for (const group of work.groups) {
    await eachRelease(work, group, async (release) => {
      log(session, 'info', `Getting status ${release.key.name}`);
      const context = callContext(session, file, release);
      const text = await session.executorFor(file).statusText(release.key, extra, context);
      logOutput(session, text);
      session.emit({ type: 'release.answered', release: release.id, text });
      return 'read';
    });
    if (work.record.hasErrors) break;
  }
}

const cleanupAdvice =
  'warn: requested cleanup will not be applied. To clean up test resources with Helm 3, you have to remove them manually or set helm.sh/hook-delete-policy\n';

/** `test` of one file (helmfile-cli.md §5.9): the chart tests of every chosen release, in no order. */
export async function testFile(work: FileWork): Promise<void> {
  const { session, file } = work;
  const releases = work.groups.flat();
  work.record.queue(releases.filter((release) => release.isInstalled));
  if (session.options.cleanup === true) log(session, 'warn', cleanupAdvice);
  await eachRelease(work, releases, async (release) => {
    log(session, 'info', `Testing ${release.key.name}`);
    const context = callContext(session, file, release);
    const { text } = await session.executorFor(file).test(testRequest(work, release), context);
    logOutput(session, text);
    if (session.options.logs === true) {
      session.emit({ type: 'release.answered', release: release.id, text });
    }
    return 'tested';
  });
}

function testRequest(work: FileWork, release: DesiredRelease): TestRequest {
  const { session, file, prepared } = work;
  const { plainHttp, insecureSkipTlsVerify } = downloadOptions(releaseScope(session, prepared, release));
  const defaults = defaultsOf({ file });
  const timeoutSeconds = session.options.timeoutSeconds ?? release.spec.timeout ?? defaults.timeout;
  return {
    key: release.key,
    logs: session.options.logs === true,
    extraArgs: extraArgs(session.options.args, defaults.args),
    ...(plainHttp === undefined ? {} : { plainHttp }),
    ...(insecureSkipTlsVerify === undefined ? {} : { insecureSkipTlsVerify }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

async function eachRelease(
  { session, record }: FileWork,
  releases: readonly DesiredRelease[],
  act: (release: DesiredRelease) => Promise<'read' | 'tested'>,
): Promise<void> {
  const wanted = releases.filter((release) => release.isInstalled);
  await mapLimited(wanted, session.options.concurrency ?? 0, async (release) => {
    const started = session.ports.clock.now();
    try {
      const action = await withFailureOutput(session, act(release));
      const durationMs = session.ports.clock.now() - started;
      record.finish(release, { kind: 'succeeded', action, durationMs, version: '' });
    } catch (error) {
      const described = caughtFailure(error);
      const durationMs = session.ports.clock.now() - started;
      record.fail(releaseError(release, described, (name) => `release "${name}" failed: `));
      record.finish(release, { kind: 'failed', failure: described.failure, durationMs, isUninstall: false });
    }
  });
}
