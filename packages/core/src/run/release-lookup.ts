import type { DesiredRelease } from '../desired/desired-state.ts';
import { ExecutorError, type ObservedRelease } from '../ports/executor.ts';
import { extraArgs } from '../prepare/extra-args.ts';
import { defaultsOf } from '../prepare/release-scope.ts';
import { callContext, log, logOutput } from '../prepare/session.ts';
import type { FileWork } from './file-run.ts';

export interface LookupOptions {
  /** Helmfile sets `--args` at a point of its own in each command; lookups before it go without. */
  readonly withExtraArgs: boolean;
}

/** What is installed under a release's key. Rejects with ExecutorError. */
export async function lookUp(
  work: FileWork,
  release: DesiredRelease,
  options: LookupOptions,
): Promise<ObservedRelease> {
  const { session, file } = work;
  log(session, 'info', `Listing releases matching ^${release.key.name}$`);
  const extra = options.withExtraArgs ? extraArgs(session.options.args, defaultsOf({ file }).args) : [];
  const observed = await session
    .executorFor(file)
    .status(release.key, callContext(session, file, release), extra);
  logOutput(session, observed.text ?? '');
  return observed;
}

/** The chart version now deployed: from the lookup, else from the chart itself; empty when neither tells. */
export async function deployedVersion(work: FileWork, release: DesiredRelease): Promise<string> {
  const { session, file } = work;
  const chart = release.spec.chart;
  try {
    const { deployed } = await lookUp(work, release, { withExtraArgs: true });
    const prefix = `${chart.slice(chart.lastIndexOf('/') + 1)}-`;
    if (deployed?.chart.startsWith(prefix) === true) return deployed.chart.slice(prefix.length);
    const extra = extraArgs(session.options.args, defaultsOf({ file }).args);
    const question = { reference: chart, ...(extra.length === 0 ? {} : { extraArgs: extra }) };
    return await session.executorFor(file).resolveVersion(question, callContext(session, file, release));
  } catch (error) {
    if (!(error instanceof ExecutorError)) throw error;
    log(session, 'debug', `getting deployed release version failed: ${error.message}`);
    return '';
  }
}
