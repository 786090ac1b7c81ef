/**
 * Operation: one revision while an action works on it. Holds the release as it changes, records it, runs its hooks. Not
 * its business: what the action does in between.
 */
import { GoError } from '@flotilla/gocompat';
import { buildResources, type Resource } from '../cluster/resource.ts';
import type { Release, ReleaseHook, ReleaseStatus } from '../release/release.ts';
import { withStatus } from '../release/release.ts';
import { type ActionContext, finishingSignal, logLine } from './action-context.ts';

export class Operation {
  readonly context: ActionContext;
  #release: Release;

  constructor(context: ActionContext, release: Release) {
    this.context = context;
    this.#release = release;
  }

  get release(): Release {
    return this.#release;
  }

  setStatus(status: ReleaseStatus, description?: string): void {
    this.#release = withStatus(this.#release, status, description);
  }

  /** Puts a hook's new state in the place of its old one. */
  replaceHook(hook: ReleaseHook, next: ReleaseHook): void {
    const hooks = this.#release.hooks.map((each) => (each === hook ? next : each));
    this.#release = { ...this.#release, hooks };
  }

  setHooks(hooks: readonly ReleaseHook[]): void {
    this.#release = { ...this.#release, hooks };
  }

  setDeleted(deleted: string): void {
    this.#release = { ...this.#release, info: { ...this.#release.info, deleted } };
  }

  /** The resources of a manifest in the release's namespace. */
  build(manifest: string): Promise<readonly Resource[]> {
    const { cluster, signal } = this.context;
    return buildResources(cluster, manifest, { namespace: this.#release.namespace, signal });
  }

  /** Stores the release as it is. */
  async record(signal: AbortSignal = this.context.signal): Promise<void> {
    await this.context.storage.update(this.#release, { signal });
  }

  /** Stores the release whatever happened to the caller; failing to is only logged, as the real problem is another. */
  async recordAtLast(): Promise<void> {
    await recordQuietly(this.context, this.#release, finishingSignal());
  }
}

/** Stores a release; a refusal is logged. */
export async function recordQuietly(
  context: ActionContext,
  release: Release,
  signal: AbortSignal = context.signal,
): Promise<void> {
  try {
    await context.storage.update(release, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GoError)) throw error;
    const attributes = [
      ['name', release.name],
      ['error', error.message],
    ] as const;
    logLine(context, 'WARN', 'failed to update release', attributes);
  }
}
