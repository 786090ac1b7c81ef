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

/** Who holds a release, and since when (RFC 3339). */
export interface LeaseHolder {
  readonly identity: string;
  readonly since: string;
}

/** Whose a pending revision is: nobody of ours (another tool's), or an owner that lives or does not. */
export type PendingOwner =
  | { readonly state: 'unknown' }
  | { readonly state: 'alive' | 'dead'; readonly holder: LeaseHolder };

export interface HeldRelease extends AsyncDisposable {
  /** Aborted with {@link ReleaseBusy} when somebody else took the release over. */
  readonly lost: AbortSignal;
}

export interface ReleaseLocks {
  /** Holds a release until disposed. Rejects with {@link ReleaseBusy} while somebody else does. */
  hold(release: LockedRelease, signal: AbortSignal): Promise<HeldRelease>;
  pendingOwner(release: LockedRelease, signal: AbortSignal): Promise<PendingOwner>;
}

export class ReleaseBusy extends GoError {
  readonly holder: LeaseHolder;

  constructor(holder: LeaseHolder) {
    super(
      `another operation (install/upgrade/rollback) is in progress: ${describeHolder(holder)} works on the release`,
    );
    this.holder = holder;
  }
}

/** `process 4711 on web-1 (since 2026-01-02T03:04:05.678000Z)` */
export function describeHolder({ identity, since }: LeaseHolder): string {
  const [host = '', process = ''] = identity.split('/');
  return `process ${process} on ${host}${since === '' ? '' : ` (since ${since})`}`;
}

export interface LeaseLockOptions {
  readonly owner: RunOwner;
  readonly clock: WaitClock;
  readonly log: LogSink;
}

const leaseSeconds = 30;
const renewEvery = 10_000;
const acquireAttempts = 4;
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
  /** Identities that turned out dead. */
  readonly #dead = new Set<string>();
  #isToldOff = false;

  constructor(cluster: Cluster, options: LeaseLockOptions) {
    this.#cluster = cluster;
    this.#options = options;
    const { host, process, run } = options.owner;
    this.#identity = `${host}/${process}/${run}`;
  }

  async hold(release: LockedRelease, signal: AbortSignal): Promise<HeldRelease> {
    let lease: JsonObject | undefined;
    try {
      lease = await this.#acquire(release, signal);
    } catch (error) {
      signal.throwIfAborted();
      // A namespace that is not there yet is told by the step that needs it.
      if (!isNotFound(error) && !this.#isForbidden(error)) throw error;
    }
    const lost = new AbortController();
    if (lease === undefined) return { lost: lost.signal, [Symbol.asyncDispose]: async () => {} };
    const stop = new AbortController();
    const renewing = this.#renew(lease, { release, lost, signal: stop.signal });
    return {
      lost: lost.signal,
      [Symbol.asyncDispose]: async () => {
        stop.abort();
        const last = await renewing;
        if (!lost.signal.aborted) await this.#drop(release, last);
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
    // An upgrade that fails may go on with a rollback: the revision after its own.
    const revision = Number(textAt(lease, 'metadata', 'annotations', revisionKey));
    if (release.revision !== revision && release.revision !== revision + 1) return { state: 'unknown' };
    const isDead = await this.#isDead(lease, release, signal);
    return { state: isDead ? 'dead' : 'alive', holder: holderOf(lease) };
  }

  /** Gives the Lease as it is once it is ours. */
  async #acquire(release: LockedRelease, signal: AbortSignal): Promise<JsonObject> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const found = attempt === 1 ? undefined : await this.#find(release, signal);
        if (found === undefined) return await this.#cluster.create(mapping, this.#lease(release), { signal });
        const isOurs = holderOf(found).identity === this.#identity;
        if (!isOurs && !(await this.#isDead(found, release, signal))) throw new ReleaseBusy(holderOf(found));
        const next = this.#lease(release, textAt(found, 'metadata', 'resourceVersion'));
        return await this.#cluster.replace(this.#ref(release), next, { signal });
      } catch (error) {
        // Somebody was faster: look again who it was.
        const isRaced = hasReason(error, 'Conflict') || hasReason(error, 'AlreadyExists');
        if (!isRaced || attempt >= acquireAttempts) throw error;
      }
    }
  }

  async #find(release: LockedRelease, signal: AbortSignal): Promise<JsonObject | undefined> {
    try {
      return await this.#cluster.get(this.#ref(release), { signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /**
   * An owner on this host is dead when its process is; any other when its Lease has run out and stays as it is for longer
   * than the living take to renew it, as clocks differ from host to host.
   */
  async #isDead(lease: JsonObject, release: LockedRelease, signal: AbortSignal): Promise<boolean> {
    const { owner, clock } = this.#options;
    const { identity } = holderOf(lease);
    const [host, process] = identity.split('/');
    if (host === owner.host && !owner.isAlive(Number(process))) return true;
    const seconds = numberAt(lease, 'spec', 'leaseDurationSeconds') ?? leaseSeconds;
    if (clock.now() <= Date.parse(textAt(lease, 'spec', 'renewTime')) + seconds * 1000) return false;
    if (this.#dead.has(identity)) return true;
    await clock.sleep(renewEvery * 1.5, signal);
    const later = await this.#find(release, signal);
    if (later !== undefined && versionOf(later) !== versionOf(lease)) return false;
    this.#dead.add(identity);
    return true;
  }

  /** Renews until told to stop; gives the version that is ours. */
  async #renew(
    lease: JsonObject,
    {
      release,
      lost,
      signal,
    }: { readonly release: LockedRelease; readonly lost: AbortController; readonly signal: AbortSignal },
  ): Promise<string> {
    let version = versionOf(lease);
    while (!signal.aborted && !lost.signal.aborted) {
      try {
        await this.#options.clock.sleep(renewEvery, signal);
        const next = this.#lease(release, version, textAt(lease, 'spec', 'acquireTime'));
        // Not called off half way: what became of it would not be known then.
        const limit = { signal: AbortSignal.timeout(renewEvery) };
        version = versionOf(await this.#cluster.replace(this.#ref(release), next, limit));
      } catch (error) {
        if (signal.aborted) break;
        version = await this.#afterFailure(error, { release, lost, version });
      }
    }
    return version;
  }

  /** The version to go on with: ours after all when an answer was lost; another holder's ends it. */
  async #afterFailure(
    error: unknown,
    {
      release,
      lost,
      version,
    }: { readonly release: LockedRelease; readonly lost: AbortController; readonly version: string },
  ): Promise<string> {
    if (!(error instanceof Error)) throw error;
    try {
      const found = await this.#find(release, AbortSignal.timeout(renewEvery));
      if (found !== undefined && holderOf(found).identity === this.#identity) return versionOf(found);
      lost.abort(new ReleaseBusy(found === undefined ? { identity: '', since: '' } : holderOf(found)));
    } catch {
      this.#warn(`the lease of release ${release.name} could not be renewed: ${error.message}`);
    }
    return version;
  }

  /** Only the Lease that is still ours. */
  async #drop(release: LockedRelease, resourceVersion: string): Promise<void> {
    try {
      const signal = AbortSignal.timeout(renewEvery);
      await this.#cluster.delete(this.#ref(release), { resourceVersion, signal });
    } catch (error) {
      if (isNotFound(error) || hasReason(error, 'Conflict')) return;
      this.#warn(`the lease of release ${release.name} could not be removed`);
    }
  }

  #ref({ name, namespace }: LockedRelease): ObjectRef {
    return { mapping, namespace, name: `flotilla.release.${name}` };
  }

  #lease(release: LockedRelease, resourceVersion?: string, acquired?: string): JsonObject {
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
        acquireTime: acquired ?? now,
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

function holderOf(lease: JsonObject): LeaseHolder {
  return {
    identity: textAt(lease, 'spec', 'holderIdentity'),
    since: textAt(lease, 'spec', 'acquireTime'),
  };
}

function versionOf(lease: JsonObject): string {
  return textAt(lease, 'metadata', 'resourceVersion');
}
