import type { DesiredRelease } from '../desired/desired-state.ts';
import { type HookFailure, runHooks } from '../prepare/hooks.ts';
import { log } from '../prepare/session.ts';
import type { HookEvent } from '../spec/closed-sets.ts';
import { hookFailure } from './failures.ts';
import type { FileWork } from './file-run.ts';

export interface ReleaseHook {
  readonly event: HookEvent;
  /** Helmfile's name for what goes on: `sync` during apply, `delete` during destroy. */
  readonly command: string;
  readonly error?: string;
}

/** Runs a release's hooks of one moment. */
export async function releaseHooks(
  work: FileWork,
  release: DesiredRelease,
  hook: ReleaseHook,
): Promise<HookFailure | undefined> {
  const chart = work.prepared.charts.get(release);
  const chartPath =
    chart === undefined || chart.reference === chart.declared ? {} : { chartPath: chart.reference };
  return await runHooks(work.session, { ...hook, ...chartPath, file: work.file, release });
}

/** Runs hooks whose failure is only a warning. */
export async function warningHooks(
  work: FileWork,
  release: DesiredRelease,
  hook: ReleaseHook,
): Promise<void> {
  const failure = await releaseHooks(work, release, hook);
  if (failure !== undefined) log(work.session, 'warn', `warn: ${hookFailure(failure).text}`);
}
