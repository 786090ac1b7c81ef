/**
 * Hooks of one event: created one after the other, waited for, logged and deleted by their policies. Comes in: an
 * operation and an event. Goes out: nothing, or the GoError of the hook that failed; runs are recorded as they happen.
 */
import { compareStrings, GoError, wrapGoError } from '@flotilla/gocompat';
import { logRecord } from '../chart/log-record.ts';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { createResources } from '../cluster/apply/create-resources.ts';
import { deleteResources } from '../cluster/apply/delete-resources.ts';
import type { HookEvent } from '../manifest/manifest.ts';
import type { HookPhase, ReleaseHook } from '../release/release.ts';
import { timestamp, type WaitSettings, waiterFor, withPrefix } from './action-context.ts';
import { hookLogs } from './hook-logs.ts';
import { type Operation, recordQuietly } from './operation.ts';

export interface HookSettings extends WaitSettings {
  readonly serverSide: boolean;
}

export interface HookOutcome {
  readonly failure: GoError | undefined;
  /** Deletes what the policies say; to be called once logs have been read. Rejects with GoError. */
  readonly tidyUp: () => Promise<void>;
}

/** Runs the hooks of an event and tidies up. Rejects with GoError; does nothing when hooks are disabled. */
export async function runHooks(
  operation: Operation,
  event: HookEvent,
  settings: HookSettings,
): Promise<void> {
  if (settings.disableHooks === true) return;
  const { failure, tidyUp } = await startHooks(operation, event, settings);
  await tidyUp();
  if (failure !== undefined) throw failure;
}

/** As {@link runHooks}, but tidying up is left to the caller. Rejects when a hook could not even be created. */
export async function startHooks(
  operation: Operation,
  event: HookEvent,
  settings: HookSettings,
): Promise<HookOutcome> {
  const run = new HookRun(operation, event, settings);
  for (const hook of byWeight(operation.release.hooks.filter((each) => each.events.includes(event)))) {
    const failure = await run.execute(hook);
    if (failure !== undefined) return { failure, tidyUp: () => run.tidyAfterFailure() };
  }
  return { failure: undefined, tidyUp: () => run.tidyAfterSuccess() };
}

/** By weight, then name; hooks come sorted by kind, which decides among equals. */
export function byWeight(hooks: readonly ReleaseHook[]): readonly ReleaseHook[] {
  return [...hooks].sort((a, b) => a.weight - b.weight || compareStrings(a.name, b.name));
}

class HookRun {
  readonly #operation: Operation;
  readonly #event: HookEvent;
  readonly #settings: HookSettings;
  readonly #succeeded: ReleaseHook[] = [];
  #failed: ReleaseHook | undefined;

  constructor(operation: Operation, event: HookEvent, settings: HookSettings) {
    this.#operation = operation;
    this.#event = event;
    this.#settings = settings;
  }

  /** Gives the error of a hook that ran and failed. */
  async execute(hook: ReleaseHook): Promise<GoError | undefined> {
    const { context } = this.#operation;
    const policies = hook.deletePolicies.length === 0 ? ['before-hook-creation'] : hook.deletePolicies;
    let current = this.#replace(hook, { ...hook, deletePolicies: policies });
    await this.#deleteBy(current, 'before-hook-creation');
    const resources = await withPrefix(
      `unable to build kubernetes object for ${this.#event} hook ${hook.path}`,
      () => this.#operation.build(current.manifest),
    );
    const lastRun = { startedAt: timestamp(context), completedAt: '', phase: 'Running' } as const;
    current = this.#replace(current, { ...current, lastRun });
    await recordQuietly(context, this.#operation.release);
    current = this.#replace(current, { ...current, lastRun: { ...lastRun, phase: 'Unknown' } });
    try {
      const { serverSide } = this.#settings;
      const { cluster, signal, compat } = context;
      await createResources(cluster, resources, { serverSide, signal, compat });
    } catch (error) {
      this.#complete(current, 'Failed');
      throw wrapGoError(`warning: Hook ${this.#event} ${hook.path} failed: `, error);
    }
    return this.#watch(current, resources);
  }

  async #watch(
    hook: ReleaseHook,
    resources: Awaited<ReturnType<Operation['build']>>,
  ): Promise<GoError | undefined> {
    const { context } = this.#operation;
    const { wait, timeout } = this.#settings;
    try {
      await waiterFor(context, wait).untilDone(resources, { timeout, signal: context.signal });
    } catch (error) {
      this.#failed = this.#complete(hook, 'Failed');
      context.signal.throwIfAborted();
      if (!(error instanceof GoError)) throw error;
      await this.#showLogs(hook, 'hook-failed');
      return error;
    }
    this.#succeeded.push(this.#complete(hook, 'Succeeded'));
    return undefined;
  }

  async tidyAfterFailure(): Promise<void> {
    if (this.#failed !== undefined) {
      try {
        await this.#deleteBy(this.#failed, 'hook-failed');
      } catch (error) {
        if (!(error instanceof GoError)) throw error;
        const message = `error deleting the hook resource on hook failure: ${error.message}`;
        this.#operation.context.log(logRecord(message));
      }
    }
    for (const hook of this.#succeeded) await this.#deleteBy(hook, 'hook-succeeded');
  }

  async tidyAfterSuccess(): Promise<void> {
    for (const hook of [...this.#succeeded].reverse()) {
      await this.#showLogs(hook, 'hook-succeeded');
      await this.#deleteBy(hook, 'hook-succeeded');
    }
  }

  #replace(hook: ReleaseHook, next: ReleaseHook): ReleaseHook {
    this.#operation.replaceHook(hook, next);
    return next;
  }

  #complete(hook: ReleaseHook, phase: HookPhase): ReleaseHook {
    const lastRun = { ...hook.lastRun, completedAt: timestamp(this.#operation.context), phase };
    return this.#replace(hook, { ...hook, lastRun });
  }

  /** CRDs stay: deleting them would delete everything of their kind. */
  async #deleteBy(hook: ReleaseHook, policy: string): Promise<void> {
    if (hook.kind === 'CustomResourceDefinition' || !hook.deletePolicies.includes(policy)) return;
    const { context } = this.#operation;
    const { signal } = context;
    const resources = await withPrefix(
      `unable to build kubernetes object for deleting hook ${hook.path}`,
      () => this.#operation.build(hook.manifest),
    );
    const errors = await deleteResources(context.cluster, resources, { propagation: 'Background', signal });
    if (errors.length > 0) throw joinErrors(errors, '; ');
    const { wait, timeout } = this.#settings;
    await waiterFor(context, wait).untilDeleted(resources, { timeout, signal });
  }

  async #showLogs(hook: ReleaseHook, policy: string): Promise<void> {
    if (!hook.outputLogPolicies.includes(policy)) return;
    const { context, release } = this.#operation;
    try {
      await hookLogs(context, hook, release.namespace);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      context.log(logRecord(`error outputting logs for hook failure: ${error.message}`));
    }
  }
}
