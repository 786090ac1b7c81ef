/** Revisions that somebody began and did not finish: refused while their owner lives, else closed as failed. */
import { GoError } from '@flotilla/gocompat';
import { isPending, type Release, withStatus } from '../release/release.ts';
import { describeHolder, type LeaseHolder } from '../release/release-lock.ts';
import { byVersion } from '../release/storage.ts';
import type { ActionContext } from './action-context.ts';

export class ReleasePending extends GoError {
  /** Who holds it; undefined when another tool left it behind. */
  readonly holder: LeaseHolder | undefined;

  constructor(holder: LeaseHolder | undefined) {
    const who = holder === undefined ? '' : `: ${describeHolder(holder)} works on the release`;
    super(`another operation (install/upgrade/rollback) is in progress${who}`);
    this.holder = holder;
  }
}

/**
 * The last revision, no longer pending. A dead run's revision is closed and recorded as failed, an uninstallation that it
 * did not finish too; what another tool left pending only with `recoverPending`. Rejects with {@link ReleasePending}.
 */
export async function settlePending(
  context: ActionContext,
  last: Release,
  recoverPending: boolean,
): Promise<Release> {
  const isLeaving = last.info.status === 'uninstalling';
  if (!isPending(last.info.status) && !isLeaving) return last;
  const { locks, signal, storage } = context;
  const { name, namespace, version: revision } = last;
  const owner = (await locks?.pendingOwner({ name, namespace, revision }, signal)) ?? { state: 'unknown' };
  if (owner.state === 'alive') throw new ReleasePending(owner.holder);
  if (owner.state === 'unknown' && isLeaving) return last;
  if (owner.state === 'unknown' && !recoverPending) throw new ReleasePending(undefined);
  const who = owner.state === 'dead' ? describeHolder(owner.holder) : 'another tool';
  const closed = withStatus(
    last,
    'failed',
    `Release ${JSON.stringify(name)} failed: left ${last.info.status} by ${who}`,
  );
  await storage.update(closed, { signal });
  return closed;
}

/** Somebody finished an operation on the release between our look at it and our lock. */
class ReleaseChanged extends GoError {
  constructor(name: string, now: Release | undefined) {
    const state = now === undefined ? 'is gone' : `is at revision ${now.version} (${now.info.status})`;
    super(
      `another operation was faster: release ${JSON.stringify(name)} ${state} by now; run the command again`,
    );
  }
}

interface Claim {
  /** The revision that is going to be written. */
  readonly next: Release;
  /** The last revision as it was when the work was planned. */
  readonly seen: Release | undefined;
}

/**
 * Does the work while holding the release's lock, when there are locks. The work's context ends with the lock: what
 * somebody else took over is no longer ours to change. Rejects with {@link ReleaseChanged} when the plan is out of date.
 */
export async function whileHolding<T>(
  context: ActionContext,
  { next: { name, namespace, version }, seen }: Claim,
  work: (context: ActionContext) => Promise<T>,
): Promise<T> {
  const { locks, storage, signal } = context;
  if (locks === undefined) return work(context);
  await using held = await locks.hold({ name, namespace, revision: version }, signal);
  const now = byVersion(await storage.history(name, { signal })).at(-1);
  if (now?.version !== seen?.version || now?.info.status !== seen?.info.status) {
    throw new ReleaseChanged(name, now);
  }
  return await work({ ...context, signal: AbortSignal.any([signal, held.lost]) });
}
