/**
 * Who works on a release right now: a Lease beside it, renewed while its owner lives. Comes in: a cluster and who we are.
 * Goes out: locks; whether a pending revision still has a living owner. Without the right to write Leases everything
 * goes on without them, which is told once.
 */
import { GoError } from '@flotilla/gocompat';
import { type LogSink, slogRecord } from '../chart/log-record.ts';
import type { Cluster, ObjectRef, ResourceMapping } from '../cluster/cluster.ts';
import { hasReason, isNotFound } from '../cluster/cluster-error.ts';
import { type JsonObject, numberAt, textAt } from '../cluster/json-object.ts';
import type { WaitClock } from '../cluster/wait/waiter.ts';

/** One run of Flotilla. */
export interface RunOwner {
  readonly host: string;
  readonly process: number;
  /** Tells runs of one process apart. */
  readonly run: string;
  /** False when a process of this host has ended; an owner on this host need not be waited for then. */
  readonly isAlive: (process: number) => boolean;
}

export interface LockedRelease {
  readonly name: string;
  readonly namespace: string;
  /** The revision being written; 0 when none is. */
  readonly revision: number;
}

/** Whose a pending revision is: nobody of ours (another tool's), or an owner that lives or does not. */
export type PendingOwner =
  | { readonly state: 'unknown' }
  | { readonly state: 'alive' | 'dead'; readonly holder: string };

export interface ReleaseLocks {
  /** Holds a release until disposed. Rejects with {@link ReleaseBusy} while somebody else does. */
  hold(release: LockedRelease, signal: AbortSignal): Promise<AsyncDisposable>;
  pendingOwner(release: LockedRelease, signal: AbortSignal): Promise<PendingOwner>;
}

export class ReleaseBusy extends GoError {
  readonly holder: string;

  constructor(holder: string) {
    super(`another operation (install/upgrade/rollback) is in progress: held by ${holder}`);
    this.holder = holder;
  }
}

export interface LeaseLockOptions {
  readonly owner: RunOwner;
  readonly clock: WaitClock;
  readonly log: LogSink;
}

const leaseSeconds = 30;
const renewEvery = 10_000;
const revisionKey = 'flotilla.dev/revision';
const mapping: ResourceMapping = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  resource: 'leases',
  isNamespaced: true,
};

export function leaseLocks(cluster: Cluster, options: LeaseLockOptions): ReleaseLocks {
  return new LeaseLocks(cluster, options);
}

class LeaseLocks implements ReleaseLocks {
  readonly #cluster: Cluster;
  readonly #options: LeaseLockOptions;
  readonly #identity: string;
  #isToldOff = false;

  constructor(cluster: Cluster, options: LeaseLockOptions) {
    this.#cluster = cluster;
    this.#options = options;
    const { host, process, run } = options.owner;
    this.#identity = `${host}/${process}/${run}`;
  }

  async hold(release: LockedRelease, signal: AbortSignal): Promise<AsyncDisposable> {
    let lease: JsonObject | undefined;
    try {
      lease = await this.#acquire(release, signal);
    } catch (error) {
      signal.throwIfAborted();
      // A namespace that is not there yet is told by the step that needs it.
      if (!isNotFound(error) && !this.#isForbidden(error)) throw error;
    }
    if (lease === undefined) return { [Symbol.asyncDispose]: async () => {} };
    const stop = new AbortController();
    const renewing = this.#renew(lease, release, stop.signal);
    return {
      [Symbol.asyncDispose]: async () => {
        stop.abort();
        await renewing;
        await this.#drop(release);
      },
    };
  }

  async pendingOwner(release: LockedRelease, signal: AbortSignal): Promise<PendingOwner> {
    let lease: JsonObject;
    try {
      lease = await this.#cluster.get(this.#ref(release), { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (isNotFound(error) || this.#isForbidden(error)) return { state: 'unknown' };
      throw error;
    }
    const revision = textAt(lease, 'metadata', 'annotations', revisionKey);
    if (revision !== String(release.revision)) return { state: 'unknown' };
    const holder = textAt(lease, 'spec', 'holderIdentity');
    return { state: this.#isDead(lease) ? 'dead' : 'alive', holder };
  }

  async #acquire(release: LockedRelease, signal: AbortSignal): Promise<JsonObject> {
    try {
      return await this.#cluster.create(mapping, this.#lease(release), { signal });
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists')) throw error;
    }
    const found = await this.#cluster.get(this.#ref(release), { signal });
    const holder = textAt(found, 'spec', 'holderIdentity');
    if (holder !== this.#identity && !this.#isDead(found)) throw new ReleaseBusy(holder);
    const next = this.#lease(release, textAt(found, 'metadata', 'resourceVersion'));
    try {
      return await this.#cluster.replace(this.#ref(release), next, { signal });
    } catch (error) {
      if (hasReason(error, 'Conflict')) throw new ReleaseBusy('a run that was faster');
      throw error;
    }
  }

  #isDead(lease: JsonObject): boolean {
    const { owner, clock } = this.#options;
    const [host, process] = textAt(lease, 'spec', 'holderIdentity').split('/');
    if (host === owner.host && !owner.isAlive(Number(process))) return true;
    const seconds = numberAt(lease, 'spec', 'leaseDurationSeconds') ?? leaseSeconds;
    return clock.now() > Date.parse(textAt(lease, 'spec', 'renewTime')) + seconds * 1000;
  }

  async #renew(lease: JsonObject, release: LockedRelease, signal: AbortSignal): Promise<void> {
    let version = textAt(lease, 'metadata', 'resourceVersion');
    while (!signal.aborted) {
      try {
        await this.#options.clock.sleep(renewEvery, signal);
        const renewed = await this.#cluster.replace(this.#ref(release), this.#lease(release, version), {
          signal,
        });
        version = textAt(renewed, 'metadata', 'resourceVersion');
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof GoError)) throw error;
        this.#warn(`the lease of release ${release.name} could not be renewed: ${error.message}`);
      }
    }
  }

  async #drop(release: LockedRelease): Promise<void> {
    try {
      await this.#cluster.delete(this.#ref(release), { signal: AbortSignal.timeout(10_000) });
    } catch (error) {
      if (!isNotFound(error)) this.#warn(`the lease of release ${release.name} could not be removed`);
    }
  }

  #ref({ name, namespace }: LockedRelease): ObjectRef {
    return { mapping, namespace, name: `flotilla.release.${name}` };
  }

  #lease(release: LockedRelease, resourceVersion?: string): JsonObject {
    const now = new Date(this.#options.clock.now()).toISOString().replace('Z', '000Z');
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: this.#ref(release).name,
        namespace: release.namespace,
        annotations: { [revisionKey]: String(release.revision) },
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      },
      spec: {
        holderIdentity: this.#identity,
        leaseDurationSeconds: leaseSeconds,
        renewTime: now,
      },
    };
  }

  #isForbidden(error: unknown): boolean {
    if (!hasReason(error, 'Forbidden')) return false;
    if (!this.#isToldOff) this.#warn(`working without locks: ${error.message}`);
    this.#isToldOff = true;
    return true;
  }

  #warn(message: string): void {
    this.#options.log(slogRecord('WARN', message));
  }
}
