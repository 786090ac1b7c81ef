/**
 * `helm uninstall`: deletes what a release owns, then its records (Helm 4.3.1, or 3.22.0 by the context). Comes in: a
 * name and options. Goes out: what people are told; rejects with ActionError.
 */
import { GoError, wrapGoError } from '@flotilla/gocompat';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { type Release, withStatus } from '../release/release.ts';
import { byVersion, lastRelease, ReleaseNotFound } from '../release/storage.ts';
import {
  type ActionContext,
  ActionError,
  canceled,
  checkReachable,
  finishingSignal,
  logLine,
  timestamp,
  type WaitSettings,
  waiterFor,
} from './action-context.ts';
import { checkName } from './check-name.ts';
import { type Deletion, deleteOwned, keptText, previewDeletion } from './delete-owned.ts';
import { Operation, recordQuietly } from './operation.ts';
import { whileHolding } from './pending.ts';
import { runHooks } from './run-hooks.ts';

export interface UninstallRequest extends WaitSettings {
  readonly name: string;
  readonly keepHistory?: boolean;
  readonly ignoreNotFound?: boolean;
  readonly isDryRun?: boolean;
  readonly description?: string;
  readonly cascade?: 'background' | 'foreground' | 'orphan';
}

export interface UninstallResult {
  /** Undefined when there was nothing to uninstall. */
  readonly release: Release | undefined;
  /** What stayed in the cluster and why; empty when nothing did. */
  readonly info: string;
}

/** Uninstalls. Rejects with ActionError, leaving the record `uninstalling` when objects could not be deleted. */
export async function uninstall(context: ActionContext, request: UninstallRequest): Promise<UninstallResult> {
  await checkReachable(context);
  return request.isDryRun === true ? preview(context, request) : new Uninstall(context, request).run();
}

async function preview(context: ActionContext, request: UninstallRequest): Promise<UninstallResult> {
  const { storage, signal, compat } = context;
  try {
    const release = await lastRelease(storage, request.name, { signal });
    const info = compat === 'v3' ? '' : await previewDeletion(context, release);
    return { release, info };
  } catch (error) {
    if (request.ignoreNotFound === true && error instanceof ReleaseNotFound) {
      return { release: undefined, info: '' };
    }
    throw error;
  }
}

class Uninstall {
  readonly #context: ActionContext;
  readonly #request: UninstallRequest;
  readonly #errors: GoError[] = [];

  constructor(context: ActionContext, request: UninstallRequest) {
    this.#context = context;
    this.#request = request;
  }

  async run(): Promise<UninstallResult> {
    const { name, ignoreNotFound, keepHistory = false } = this.#request;
    checkName(name, 'uninstall: Release name is invalid');
    const { storage, signal } = this.#context;
    const history = byVersion(await storage.history(name, { signal }));
    const last = history.at(-1);
    if (last === undefined) {
      if (ignoreNotFound === true) return { release: undefined, info: '' };
      throw new ReleaseNotLoaded(name);
    }
    if (last.info.status === 'uninstalled') {
      if (keepHistory) throw new GoError(`the release named ${JSON.stringify(name)} is already deleted`);
      await this.#purge(history);
      return { release: last, info: '' };
    }
    return whileHolding(this.#context, { next: last, seen: last }, (held) =>
      new Uninstall(held, this.#request).#remove(last, history),
    );
  }

  async #remove(last: Release, history: readonly Release[]): Promise<UninstallResult> {
    const operation = new Operation(this.#context, last);
    operation.setDeleted(timestamp(this.#context));
    operation.setStatus('uninstalling', 'Deletion in progress (or silently failed)');
    const hooks = { ...this.#request, serverSide: this.#context.compat === 'v4' };
    let info: string;
    try {
      await runHooks(operation, 'pre-delete', hooks);
      await recordQuietly(this.#context, operation.release);
      const deletion = await this.#delete(operation);
      info = keptText(deletion);
      await this.#collect(() => this.#untilDeleted(deletion));
      await this.#collect(() => runHooks(operation, 'post-delete', hooks));
      operation.setStatus('uninstalled', this.#request.description || 'Uninstallation complete');
      await this.#finish(operation, history);
    } catch (error) {
      if (!this.#context.signal.aborted) throw error;
      await recordQuietly(this.#context, operation.release, finishingSignal());
      throw new ActionError(canceled(error).message, { release: operation.release, cause: error });
    }
    this.#throwCollected(operation.release);
    return { release: operation.release, info };
  }

  async #delete(operation: Operation): Promise<Deletion> {
    const { release } = operation;
    try {
      return await deleteOwned(operation, this.#request.cascade ?? 'background');
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      logLine(this.#context, 'DEBUG', 'uninstall: Failed to delete release', [['error', error.message]]);
      throw new ActionError(`failed to delete release: ${release.name}`, { release, cause: error });
    }
  }

  async #untilDeleted({ owned }: Deletion): Promise<void> {
    const { wait, timeout } = this.#request;
    const { signal, compat } = this.#context;
    if (compat === 'v3' && wait === 'hookOnly') return;
    await waiterFor(this.#context, wait).untilDeleted(owned, { timeout, signal });
  }

  /** Later steps go on; their errors are told together at the end. */
  async #collect(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (!(error instanceof GoError)) throw error;
      this.#errors.push(error);
    }
  }

  async #finish(operation: Operation, history: readonly Release[]): Promise<void> {
    if (this.#request.keepHistory !== true) {
      await this.#collect(() => this.#purge(history));
      return;
    }
    await recordQuietly(this.#context, operation.release);
    for (const release of history) {
      if (release.version === operation.release.version || release.info.status !== 'deployed') continue;
      await recordQuietly(this.#context, withStatus(release, 'superseded'));
    }
  }

  async #purge(history: readonly Release[]): Promise<void> {
    const { storage, signal } = this.#context;
    try {
      for (const { name, version } of history) await storage.delete(name, version, { signal });
    } catch (error) {
      throw wrapGoError('uninstall: Failed to purge the release: ', error);
    }
  }

  #throwCollected(release: Release): void {
    const count = this.#errors.length;
    if (count === 0) return;
    const error = joinErrors(this.#errors, '; ');
    throw new ActionError(`uninstallation completed with ${count} error(s): ${error.message}`, {
      release,
      cause: error,
    });
  }
}

/** `uninstall: Release not loaded: web: release: not found` */
export class ReleaseNotLoaded extends GoError {
  constructor(name: string) {
    super(`uninstall: Release not loaded: ${name}: release: not found`);
  }
}
