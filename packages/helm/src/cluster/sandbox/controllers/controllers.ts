/**
 * Controllers: what goes on in the sandbox after a write, as far as time allows. Comes in: changes of the store and the
 * time. Goes out: more changes, and when to look again. Bounded: a run that does not settle stops and goes on later.
 */
import { randomUUID } from 'node:crypto';
import { type JsonObject, listAt, textAt } from '../../json-object.ts';
import type { ObjectStore, Place, StoreChange } from '../store/object-store.ts';
import { deploymentStore, reconcileDeployment } from './deployments.ts';
import { reconcileEnding, reconcileNamespace, sweepCustomResources, sweepDependents } from './garbage.ts';
import { jobStore, reconcileJob } from './jobs.ts';
import { reconcilePod } from './pods.ts';
import { daemonSetStore, reconcileDaemonSet, reconcileReplicaSet, replicaSetStore } from './replicas.ts';
import { reconcileBudget, reconcileClaim, reconcileCrd, reconcileService } from './single-step.ts';
import { reconcileStatefulSet, statefulSetStore } from './stateful-sets.ts';
import { isEnding, type Pace, podStore, World } from './world.ts';

type Reconciler = (object: JsonObject, world: World) => void;

const reconcilers: Readonly<Record<string, Reconciler>> = {
  [podStore]: reconcilePod,
  [replicaSetStore]: reconcileReplicaSet,
  [deploymentStore]: reconcileDeployment,
  [statefulSetStore]: reconcileStatefulSet,
  [daemonSetStore]: reconcileDaemonSet,
  [jobStore]: reconcileJob,
  '/persistentvolumeclaims': reconcileClaim,
  '/services': reconcileService,
  '/namespaces': reconcileNamespace,
  'policy/poddisruptionbudgets': reconcileBudget,
  'apiextensions.k8s.io/customresourcedefinitions': reconcileCrd,
};

const maximumRounds = 100_000;

export class Controllers {
  readonly #store: ObjectStore;
  readonly #pace: Pace;
  readonly #queue = new Map<string, Place>();
  readonly #gone: { readonly kind: string; readonly object: JsonObject }[] = [];
  readonly #due = new Map<string, { readonly place: Place; readonly time: number }>();

  constructor(store: ObjectStore, pace: Pace) {
    this.#store = store;
    this.#pace = pace;
    store.observe((change) => this.#notice(change));
  }

  #notice({ kind, id, object, before }: StoreChange): void {
    this.#enqueue({ kind, id });
    if (object === undefined && before !== undefined) this.#gone.push({ kind, object: before });
    for (const owner of listAt(object ?? before, 'metadata', 'ownerReferences')) {
      const place = this.#store.byUid(textAt(owner, 'uid'));
      if (place !== undefined) this.#enqueue(place);
    }
  }

  #enqueue(place: Place): void {
    const { kind } = place;
    if (reconcilers[kind] === undefined && !this.#isEnding(place)) return;
    this.#queue.set(`${kind} ${place.id}`, place);
  }

  #isEnding({ kind, id }: Place): boolean {
    const object = this.#store.get(kind, id);
    return object !== undefined && isEnding(object);
  }

  /** When there is something to do again; undefined when nothing is to come. */
  get nextDue(): number | undefined {
    if (this.#queue.size > 0 || this.#gone.length > 0) return 0;
    const times = [...this.#due.values()].map(({ time }) => time);
    return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
  }

  /** Goes on as far as time allows; only inside the store's transaction. */
  run(now: number): void {
    for (const [key, { place, time }] of this.#due) {
      if (time > now) continue;
      this.#due.delete(key);
      this.#queue.set(key, place);
    }
    const world = new World(this.#store, {
      pace: this.#pace,
      now,
      later: (place, time) => this.#remember(place, time),
      uid: randomUUID,
    });
    for (let round = 0; round < maximumRounds && this.#step(world); round += 1);
  }

  /** Gives what brings back the work that was waiting; doing some of it twice does no harm. */
  checkpoint(): () => void {
    const [queue, gone, due] = [[...this.#queue], [...this.#gone], [...this.#due.values()]];
    return () => {
      for (const [key, place] of queue) this.#queue.set(key, place);
      this.#gone.push(...gone);
      for (const { place, time } of due) this.#remember(place, time);
    };
  }

  #remember(place: Place, time: number): void {
    const key = `${place.kind} ${place.id}`;
    const known = this.#due.get(key)?.time ?? Number.POSITIVE_INFINITY;
    if (time < known) this.#due.set(key, { place, time });
  }

  #step(world: World): boolean {
    const gone = this.#gone.shift();
    if (gone !== undefined) {
      clearAfter(gone, world);
      return true;
    }
    const [next] = this.#queue;
    if (next === undefined) return false;
    const [key, place] = next;
    this.#queue.delete(key);
    const object = this.#store.get(place.kind, place.id);
    if (object === undefined) return true;
    if (isEnding(object)) reconcileEnding(place, object, world);
    const left = this.#store.get(place.kind, place.id);
    if (left !== undefined) reconcilers[place.kind]?.(left, world);
    return true;
  }
}

/** A transaction that failed may have brought the object back. */
function clearAfter(
  { kind, object }: { readonly kind: string; readonly object: JsonObject },
  world: World,
): void {
  const uid = textAt(object, 'metadata', 'uid');
  if (world.store.byUid(uid) !== undefined) return;
  sweepDependents(uid, world);
  if (kind === 'apiextensions.k8s.io/customresourcedefinitions') sweepCustomResources(object, world);
}
