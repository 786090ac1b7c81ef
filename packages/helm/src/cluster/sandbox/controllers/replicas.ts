/** Sets of equal pods: ReplicaSets, and DaemonSets on the sandbox's one node. */
import { createHash } from 'node:crypto';
import { type JsonObject, nameOf, numberAt, objectOf, textAt } from '../../json-object.ts';
import { nameSuffix } from '../writer.ts';
import { isPodReady, podFrom } from './pods.ts';
import { isEnding, numberOr, podStore, type World } from './world.ts';

/** A sandbox runs no more pods for one object, whatever it asks for. */
export const maximumReplicas = 500;

export const replicaSetStore = 'apps/replicasets';
export const daemonSetStore = 'apps/daemonsets';

/** A short name for a template, the same for equal ones. */
export function templateHash(template: unknown): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  const digest = createHash('sha256').update(canonical(template)).digest().subarray(0, 10);
  return [...digest].map((byte) => alphabet[byte % alphabet.length]).join('');
}

function canonical(value: unknown): string {
  const object = objectOf(value);
  if (object === undefined) return JSON.stringify(value) ?? 'null';
  return JSON.stringify(
    Object.keys(object)
      .sort()
      .map((key) => [key, canonical(object[key])]),
  );
}

export function isRunning(pod: JsonObject): boolean {
  const phase = textAt(pod, 'status', 'phase');
  return !isEnding(pod) && phase !== 'Failed' && phase !== 'Succeeded';
}

/** Has as many pods as wanted; those not ready go first. */
export function scalePods(owner: JsonObject, wanted: number, world: World): readonly JsonObject[] {
  const pods = world.owned(podStore, owner).filter(isRunning);
  const target = Math.min(wanted, maximumReplicas);
  const surplus = [...pods]
    .sort((a, b) => Number(isPodReady(a)) - Number(isPodReady(b)))
    .slice(0, Math.max(0, pods.length - target));
  for (const pod of surplus) world.remove(podStore, pod);
  const kept = pods.filter((pod) => !surplus.includes(pod));
  const template = objectOf(owner['spec'])?.['template'];
  const added = Array.from({ length: Math.max(0, target - pods.length) }, () =>
    world.createOwned(podStore, owner, podFrom(template, `${nameOf(owner)}-${nameSuffix()}`)),
  );
  return [...kept, ...added];
}

export function reconcileReplicaSet(set: JsonObject, world: World): void {
  if (isEnding(set)) return;
  const pods = scalePods(set, numberOr(numberAt(set, 'spec', 'replicas'), 1), world);
  const ready = pods.filter(isPodReady).length;
  world.setStatus(replicaSetStore, set, {
    replicas: pods.length,
    ...(pods.length === 0 ? {} : { fullyLabeledReplicas: pods.length }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    observedGeneration: numberAt(set, 'metadata', 'generation') ?? 1,
  });
}

/** One pod, of the present template. */
export function reconcileDaemonSet(set: JsonObject, world: World): void {
  if (isEnding(set)) return;
  const template = objectOf(set['spec'])?.['template'];
  const hash = templateHash(template);
  const label = 'controller-revision-hash';
  const pods = world.owned(podStore, set).filter(isRunning);
  const old = pods.filter((pod) => textAt(pod, 'metadata', 'labels', label) !== hash);
  const keepsOld = textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  if (!keepsOld) for (const pod of old) world.remove(podStore, pod);
  const current = keepsOld ? pods : pods.filter((pod) => !old.includes(pod));
  if (current.length === 0) {
    current.push(
      world.createOwned(
        podStore,
        set,
        podFrom(template, `${nameOf(set)}-${nameSuffix()}`, { [label]: hash }),
      ),
    );
  }
  const ready = current.filter(isPodReady).length;
  world.setStatus(daemonSetStore, set, {
    currentNumberScheduled: 1,
    numberMisscheduled: 0,
    desiredNumberScheduled: 1,
    numberReady: ready,
    observedGeneration: numberAt(set, 'metadata', 'generation') ?? 1,
    updatedNumberScheduled: current.filter((pod) => textAt(pod, 'metadata', 'labels', label) === hash).length,
    ...(ready === 0 ? { numberUnavailable: 1 } : { numberAvailable: ready }),
  });
}
