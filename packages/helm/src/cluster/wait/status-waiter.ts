/**
 * Waiting by events: everything waited for is watched, its status computed at every change. Comes in: resources and a
 * rule. Goes out: nothing when all have arrived, or a GoError that lists the others with their last status.
 */
import { GoError } from '@flotilla/gocompat';
import type { ListQuery, WatchEvent } from '../cluster.ts';
import { type JsonObject, nameOf, namespaceOf, textAt } from '../json-object.ts';
import { identityOf, type Resource } from '../resource.ts';
import {
  completedJobStatus,
  completedPodStatus,
  isPausedDeployment,
  isUnschedulable,
  objectStatus,
  podSelectorOf,
  podStatus,
} from './object-status.ts';
import { current, failed, notFound, type ObjectStatus } from './status.ts';
import type { Waiter, WaiterPlace, WaitOptions } from './waiter.ts';

type StatusOf = (object: JsonObject, now: number) => ObjectStatus;

/** A timeout of 0 is given half a minute. */
const defaultTimeout = 30_000;

export function statusWaiter(place: WaiterPlace): Waiter {
  return {
    untilReady: (resources, options) =>
      waitFor(
        place,
        resources.filter((each) => !isPausedDeployment(each.object)),
        {
          ...options,
          statusOf: options.includesJobs ? readyWithJobs : objectStatus,
          includesPods: true,
        },
      ),
    untilDeleted: (resources, options) => waitForDeletion(place, resources, options),
    untilDone: (resources, options) =>
      waitFor(place, resources, { ...options, statusOf: doneStatus, includesPods: false }),
  };
}

/** Helm 4 without `--wait`: hooks are waited for, nothing else, not even what was deleted. */
export function hookOnlyWaiter(place: WaiterPlace): Waiter {
  return { ...statusWaiter(place), untilReady: async () => {}, untilDeleted: async () => {} };
}

function readyWithJobs(object: JsonObject, now: number): ObjectStatus {
  return isJob(object) ? completedJobStatus(object) : objectStatus(object, now);
}

function isJob(object: JsonObject): boolean {
  return textAt(object, 'kind') === 'Job' && textAt(object, 'apiVersion').startsWith('batch/');
}

function doneStatus(object: JsonObject): ObjectStatus {
  if (isJob(object)) return completedJobStatus(object);
  const isPod = textAt(object, 'kind') === 'Pod' && textAt(object, 'apiVersion') === 'v1';
  return isPod ? completedPodStatus(object) : current('Resource is current');
}

interface Rule extends WaitOptions {
  readonly statusOf: StatusOf;
  /** Look at the pods of workloads that take long: some will never come. */
  readonly includesPods: boolean;
}

async function waitFor(place: WaiterPlace, resources: readonly Resource[], rule: Rule): Promise<void> {
  const board = new StatusBoard(place, resources, rule.statusOf);
  const isSettled = (): boolean => board.all((status) => status === 'Current' || status === 'Failed');
  const end = await board.follow(rule, isSettled, rule.includesPods ? board.lookAgain : undefined);
  const lines = board
    .those((status) => status !== 'Current')
    .map(
      ({ name, status }) =>
        `resource ${name} not ready. status: ${status.status}, message: ${status.message}`,
    );
  finish(lines, end);
}

async function waitForDeletion(
  place: WaiterPlace,
  resources: readonly Resource[],
  options: WaitOptions,
): Promise<void> {
  const board = new StatusBoard(place, resources, objectStatus);
  const isSettled = (): boolean => board.all((status) => status === 'NotFound');
  const end = await board.follow(options, isSettled);
  const lines = board
    .those((status) => status !== 'NotFound' && status !== 'Unknown')
    .map(
      ({ name, status }) =>
        `resource ${name} still exists. status: ${status.status}, message: ${status.message}`,
    );
  finish(lines, end);
}

type End = 'settled' | 'timeout' | 'aborted';

function finish(lines: readonly string[], end: End): void {
  const reasons: Readonly<Record<End, readonly string[]>> = {
    settled: [],
    timeout: ['context deadline exceeded'],
    aborted: ['context canceled'],
  };
  const all = [...lines, ...reasons[end]];
  if (all.length > 0) throw new GoError(all.join('\n'));
}

interface Entry {
  readonly resource: Resource;
  /** `Deployment/default/web` */
  readonly name: string;
  status: ObjectStatus;
  object: JsonObject | undefined;
}

class StatusBoard {
  readonly #place: WaiterPlace;
  readonly #statusOf: StatusOf;
  readonly #entries: ReadonlyMap<string, Entry>;
  #announced = '';

  constructor(place: WaiterPlace, resources: readonly Resource[], statusOf: StatusOf) {
    this.#place = place;
    this.#statusOf = statusOf;
    this.#entries = new Map(
      resources.map((resource) => {
        const { mapping, namespace, name } = resource.ref;
        const entry: Entry = {
          resource,
          name: `${mapping.kind}/${namespace}/${name}`,
          status: { status: 'Unknown', message: '' },
          object: undefined,
        };
        return [identityOf(resource.ref), entry];
      }),
    );
  }

  all(isWanted: (status: ObjectStatus['status']) => boolean): boolean {
    return [...this.#entries.values()].every(({ status }) => isWanted(status.status));
  }

  those(isWanted: (status: ObjectStatus['status']) => boolean): readonly Entry[] {
    return [...this.#entries.values()].filter(({ status }) => isWanted(status.status));
  }

  /** Watches until settled, out of time or told to stop. Rejects when the cluster cannot be watched. */
  async follow(
    { timeout, signal }: WaitOptions,
    isSettled: () => boolean,
    aside?: (signal: AbortSignal, changed: () => void) => Promise<void>,
  ): Promise<End> {
    if (this.#entries.size === 0) return 'settled';
    const done = new AbortController();
    const deadline = AbortSignal.timeout(timeout === 0 ? defaultTimeout : timeout);
    const stop = AbortSignal.any([signal, deadline, done.signal]);
    const changed = (): void => {
      if (isSettled()) done.abort();
      else this.#announce();
    };
    const work = [...this.#queries()].map((query) => this.#watch(query, stop, changed));
    if (aside !== undefined) work.push(aside(stop, changed));
    try {
      await Promise.all(work);
    } catch (error) {
      if (!stop.aborted) throw error;
    } finally {
      done.abort();
      await Promise.allSettled(work);
    }
    if (isSettled()) return 'settled';
    return signal.aborted ? 'aborted' : 'timeout';
  }

  /** Every two seconds: time alone fails some, pods that will never run fail their workload. */
  readonly lookAgain = async (signal: AbortSignal, changed: () => void): Promise<void> => {
    for (;;) {
      await this.#place.clock.sleep(2000, signal);
      const waiting = this.those((status) => status === 'InProgress');
      for (const entry of waiting) {
        if (entry.object !== undefined) entry.status = this.#statusOf(entry.object, this.#place.clock.now());
      }
      await Promise.all(waiting.map((entry) => this.#judgePods(entry, signal)));
      changed();
    }
  };

  async #judgePods(entry: Entry, signal: AbortSignal): Promise<void> {
    const labelSelector = entry.object === undefined ? undefined : podSelectorOf(entry.object);
    if (labelSelector === undefined || labelSelector === '') return;
    const { cluster, clock } = this.#place;
    const mapping = await cluster.mapping('v1', 'Pod', { signal });
    const query = { mapping, namespace: entry.resource.ref.namespace, labelSelector };
    const pods = await cluster.list(query, { signal });
    const lost = pods.filter(
      (pod) =>
        textAt(pod, 'metadata', 'deletionTimestamp') === '' &&
        !isUnschedulable(pod) &&
        podStatus(pod, clock.now()).status === 'Failed',
    );
    if (lost.length > 0) entry.status = failed(`${lost.length} pods have failed`);
  }

  /** One watch per kind and namespace; of a single object when there is but one. */
  #queries(): Iterable<ListQuery & { readonly entries: readonly Entry[] }> {
    const groups = new Map<string, Entry[]>();
    for (const entry of this.#entries.values()) {
      const { mapping, namespace } = entry.resource.ref;
      const key = `${mapping.group}/${mapping.version}/${mapping.resource}/${namespace}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    return [...groups.values()].map((entries) => {
      const ref = entries[0]?.resource.ref;
      if (ref === undefined) throw new GoError('no objects visited');
      const { mapping, namespace, name } = ref;
      const only = entries.length === 1 ? { fieldSelector: `metadata.name=${name}` } : {};
      return { mapping, namespace, entries, ...only };
    });
  }

  async #watch(
    { entries, ...query }: ListQuery & { readonly entries: readonly Entry[] },
    signal: AbortSignal,
    changed: () => void,
  ): Promise<void> {
    const byName = new Map(entries.map((entry) => [entry.resource.ref.name, entry]));
    for await (const event of this.#place.cluster.watch(query, { signal })) {
      if (event.type === 'synced') {
        for (const entry of entries) if (entry.object === undefined) entry.status = notFound;
      } else {
        this.#see(this.#entryOf(byName, event.object, query.namespace), event);
      }
      changed();
    }
  }

  #see(entry: Entry | undefined, event: Exclude<WatchEvent, { readonly type: 'synced' }>): void {
    if (entry === undefined) return;
    entry.object = event.object;
    entry.status =
      event.type === 'deleted' ? notFound : this.#statusOf(event.object, this.#place.clock.now());
  }

  #entryOf(byName: ReadonlyMap<string, Entry>, object: JsonObject, namespace: string): Entry | undefined {
    return namespaceOf(object) === namespace ? byName.get(nameOf(object)) : undefined;
  }

  #announce(): void {
    const [first] = this.those((status) => status === 'InProgress' || status === 'Terminating');
    if (first === undefined) return;
    const message = `${first.name}: ${first.status.message}`;
    if (message === this.#announced) return;
    this.#announced = message;
    this.#place.onProgress?.(message);
  }
}
