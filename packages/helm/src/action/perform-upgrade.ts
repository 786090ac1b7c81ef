/** The part of an upgrade that changes the cluster, and what happens when it fails. */
import { GoError } from '@flotilla/gocompat';
import { updateResources } from '../cluster/apply/update-resources.ts';
import type { Resource } from '../cluster/resource.ts';
import { type Release, withStatus } from '../release/release.ts';
import { byVersion } from '../release/storage.ts';
import {
  type ActionContext,
  ActionError,
  canceled,
  finishingSignal,
  logLine,
  type WaitSettings,
  waiterFor,
  withPrefix,
} from './action-context.ts';
import { waitingOf } from './apply-settings.ts';
import { Operation, recordQuietly } from './operation.ts';
import { rollback } from './rollback.ts';
import { runHooks } from './run-hooks.ts';
import { deleteCreated, undoFlag, undoSignal } from './undo.ts';
import type { UpgradeRequest } from './upgrade-request.ts';

export interface UpgradePlan {
  /** The revision in the cluster. */
  readonly current: Release;
  /** The new revision, stored as pending. */
  readonly upgraded: Release;
  readonly originals: readonly Resource[];
  readonly targets: readonly Resource[];
}

/** Gives the deployed revision. Rejects with ActionError once the failure is recorded. */
export async function performUpgrade(
  context: ActionContext,
  request: UpgradeRequest,
  plan: UpgradePlan,
): Promise<Release> {
  const perform = new UpgradeRun(context, request, plan);
  try {
    await perform.run();
  } catch (error) {
    throw await perform.fail(context.signal.aborted ? canceled(error) : error);
  }
  return perform.finish();
}

class UpgradeRun {
  readonly #context: ActionContext;
  readonly #request: UpgradeRequest;
  readonly #plan: UpgradePlan;
  readonly #operation: Operation;
  readonly #wait: WaitSettings;
  #created: readonly Resource[] = [];

  constructor(context: ActionContext, request: UpgradeRequest, plan: UpgradePlan) {
    this.#context = context;
    this.#request = request;
    this.#plan = plan;
    this.#operation = new Operation(context, plan.upgraded);
    this.#wait = waitingOf(context, request);
  }

  get #serverSide(): boolean {
    return this.#plan.upgraded.applyMethod === 'ssa';
  }

  async run(): Promise<void> {
    const { current, targets } = this.#plan;
    const hooks = { ...this.#wait, serverSide: this.#serverSide };
    await withPrefix('pre-upgrade hooks failed', () => runHooks(this.#operation, 'pre-upgrade', hooks));
    try {
      await this.#update();
      const { wait, timeout, waitForJobs: includesJobs = false } = this.#wait;
      const { signal } = this.#context;
      await waiterFor(this.#context, wait).untilReady(targets, { timeout, includesJobs, signal });
    } catch (error) {
      await recordQuietly(this.#context, current, finishingSignal());
      throw error;
    }
    await withPrefix('post-upgrade hooks failed', () => runHooks(this.#operation, 'post-upgrade', hooks));
  }

  async #update(): Promise<void> {
    const { cluster, signal, log, compat } = this.#context;
    const { forceReplace = false, forceConflicts = false } = this.#request;
    const { current, originals, targets } = this.#plan;
    const result = await updateResources(cluster, originals, targets, {
      serverSide: this.#serverSide,
      forceReplace,
      forceConflicts,
      claimsFields: this.#serverSide && current.applyMethod !== 'ssa',
      onCreated: (resource) => {
        this.#created = [...this.#created, resource];
      },
      signal,
      log,
      compat,
    });
    if (result.error !== undefined) throw result.error;
  }

  async finish(): Promise<Release> {
    await recordQuietly(this.#context, withStatus(this.#plan.current, 'superseded'), finishingSignal());
    this.#operation.setStatus('deployed', this.#request.description || 'Upgrade complete');
    await this.#operation.record(finishingSignal());
    return this.#operation.release;
  }

  /** The error to report, after the failure is recorded, cleaned up and rolled back as asked. */
  async fail(error: unknown): Promise<unknown> {
    const text = error instanceof Error ? error.message : String(error);
    const { name } = this.#plan.upgraded;
    const attributes = [
      ['name', name],
      ['error', text],
    ] as const;
    logLine(this.#context, 'WARN', 'upgrade failed', attributes);
    this.#operation.setStatus('failed', `Upgrade ${JSON.stringify(name)} failed: ${text}`);
    await this.#operation.recordAtLast();
    if (!(error instanceof GoError)) return error;
    return (await this.#cleanUp(error)) ?? (await this.#rollBack(error)) ?? this.#failure(text, error);
  }

  #failure(message: string, cause: GoError): ActionError {
    return new ActionError(message, { release: this.#operation.release, cause });
  }

  /** Deletes what this upgrade created; gives the error when that failed too. */
  async #cleanUp(error: GoError): Promise<ActionError | undefined> {
    if (this.#request.cleanupOnFail !== true || this.#created.length === 0) return undefined;
    try {
      await deleteCreated(this.#context, this.#created, undoSignal(this.#context, this.#wait));
      return undefined;
    } catch (second) {
      if (!(second instanceof GoError)) throw second;
      const words = 'an error occurred while cleaning up resources. original upgrade error';
      return this.#failure(`${words}: ${error.message}: ${second.message}`, error);
    }
  }

  async #rollBack(error: GoError): Promise<ActionError | undefined> {
    if (this.#request.rollbackOnFailure !== true) return undefined;
    const context = { ...this.#context, signal: undoSignal(this.#context, this.#wait), locks: undefined };
    const { name } = this.#plan.upgraded;
    const history = await context.storage.history(name, { signal: context.signal });
    const good = byVersion(
      history.filter(({ info }) => info.status === 'superseded' || info.status === 'deployed'),
    ).at(-1);
    if (good === undefined) {
      const words = 'unable to find a previously successful release when attempting to rollback';
      return this.#failure(`${words}. original upgrade error: ${error.message}`, error);
    }
    const { forceConflicts = false, forceReplace = false, serverSide = 'auto' } = this.#request;
    try {
      await rollback(context, {
        name,
        revision: good.version,
        ...this.#wait,
        forceConflicts,
        forceReplace,
        serverSide,
      });
    } catch (second) {
      if (!(second instanceof GoError)) throw second;
      const words = 'an error occurred while rolling back the release. original upgrade error';
      return this.#failure(`${words}: ${error.message}: ${second.message}`, error);
    }
    const words = `release ${name} failed, and has been rolled back due to ${undoFlag(this.#context)} being set`;
    return this.#failure(`${words}: ${error.message}`, error);
  }
}
