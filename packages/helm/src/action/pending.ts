/** Revisions that somebody began and did not finish: refused while their owner lives, else closed as failed. */
import { GoError } from '@flotilla/gocompat';
import { isPending, type Release, withStatus } from '../release/release.ts';
import type { ActionContext } from './action-context.ts';

export class ReleasePending extends GoError {
  /** Who holds it; undefined when another tool left it behind. */
  readonly holder: string | undefined;

  constructor(holder: string | undefined) {
    super('another operation (install/upgrade/rollback) is in progress');
    this.holder = holder;
  }
}

/**
 * The last revision, no longer pending. A dead run's revision is closed and recorded as failed; another tool's only with
 * `recoverPending`. Rejects with {@link ReleasePending}.
 */
export async function settlePending(
  context: ActionContext,
  last: Release,
  recoverPending: boolean,
): Promise<Release> {
  if (!isPending(last.info.status)) return last;
  const { locks, signal, storage } = context;
  const { name, namespace, version: revision } = last;
  const owner = (await locks?.pendingOwner({ name, namespace, revision }, signal)) ?? { state: 'unknown' };
  if (owner.state === 'alive') throw new ReleasePending(owner.holder);
  if (owner.state === 'unknown' && !recoverPending) throw new ReleasePending(undefined);
  const who = owner.state === 'dead' ? owner.holder : 'another tool';
  const closed = withStatus(
    last,
    'failed',
    `Release ${JSON.stringify(name)} failed: left ${last.info.status} by ${who}`,
  );
  await storage.update(closed, { signal });
  return closed;
}

/** Does the work while holding the release's lock, when there are locks. */
export async function whileHolding<T>(
  context: ActionContext,
  { name, namespace, version }: Release,
  work: () => Promise<T>,
): Promise<T> {
  if (context.locks === undefined) return work();
  const held = await context.locks.hold({ name, namespace, revision: version }, context.signal);
  try {
    return await work();
  } finally {
    await held[Symbol.asyncDispose]();
  }
}
