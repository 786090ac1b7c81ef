import type { DesiredRelease } from '../desired/desired-state.ts';
import { type DeployedRelease, ExecutorError, type ObservedRelease } from '../ports/executor.ts';
import { extraArgs } from '../prepare/extra-args.ts';
import { readLimit } from '../prepare/map-limited.ts';
import { defaultsOf } from '../prepare/release-scope.ts';
import { callContext, log, logOutput } from '../prepare/session.ts';
import type { FileWork } from './file-run.ts';
import { inOrder } from './in-order.ts';

export interface LookupOptions {
  /** Helmfile sets `--args` at a point of its own in each command; lookups before it go without. */
  readonly withExtraArgs: boolean;
}

/** What is installed under a release's key, told to Helmfile's log. Rejects with ExecutorError. */
export async function lookUp(
  work: FileWork,
  release: DesiredRelease,
  options: LookupOptions,
): Promise<ObservedRelease> {
  logLookup(work, release);
  return tellFound(work, await observe(work, release, options));
}

/** Looks up several releases at the same time; the log reads as if it were one after the other. */
export async function lookUpAll(
  work: FileWork,
  releases: readonly DesiredRelease[],
  options: LookupOptions,
): Promise<readonly ObservedRelease[]> {
  const found: ObservedRelease[] = [];
  const limit = readLimit(work.session.options);
  await inOrder(
    releases,
    { limit, work: (release) => observe(work, release, options).catch(failure) },
    async (release, observed) => {
      logLookup(work, release);
      if ('error' in observed) throw observed.error;
      found.push(tellFound(work, observed));
      return 'continue';
    },
  );
  return found;
}

function failure(error: unknown): { readonly error: unknown } {
  return { error };
}

function logLookup({ session }: FileWork, release: DesiredRelease): void {
  log(session, 'info', `Listing releases matching ^${release.key.name}$`);
}

function tellFound({ session }: FileWork, observed: ObservedRelease): ObservedRelease {
  logOutput(session, observed.text ?? '');
  return observed;
}

async function observe(
  { session, file }: FileWork,
  release: DesiredRelease,
  options: LookupOptions,
): Promise<ObservedRelease> {
  const extra = options.withExtraArgs ? extraArgs(session.options.args, defaultsOf({ file }).args) : [];
  return await session.executorFor(file).status(release.key, callContext(session, file, release), extra);
}

/** The chart version now deployed: as the executor says, else from a lookup, and the log reads as if it always were. */
export async function versionAfter(
  work: FileWork,
  release: DesiredRelease,
  deployed: DeployedRelease,
): Promise<string> {
  if (deployed.version === '') return deployedVersion(work, release);
  if (deployed.listing !== undefined) {
    logLookup(work, release);
    logOutput(work.session, deployed.listing);
  }
  return deployed.version;
}

/** From the lookup, else from the chart itself; empty when neither tells. */
async function deployedVersion(work: FileWork, release: DesiredRelease): Promise<string> {
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
