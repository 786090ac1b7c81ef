/** Status of objects that run replicas (kstatus' rules for them, in their order). */
import { type JsonObject, numberAt, textAt } from '../json-object.ts';
import { conditionsOf, current, failed, inProgress, type ObjectStatus } from './status.ts';

interface Shortage {
  readonly isShort: boolean;
  readonly message: string;
}

/** `Label: have/wanted` when there are too few. */
function few(label: string, have: number, wanted: number): Shortage {
  return { isShort: have < wanted, message: `${label}: ${have}/${wanted}` };
}

function extra(have: number, wanted: number): Shortage {
  return { isShort: have > wanted, message: `Pending termination: ${have - wanted}` };
}

function firstOf(shortages: readonly Shortage[]): ObjectStatus | undefined {
  const found = shortages.find(({ isShort }) => isShort);
  return found === undefined ? undefined : inProgress(found.message);
}

function counter(object: JsonObject): (name: string) => number {
  return (name) => numberAt(object, 'status', name) ?? 0;
}

const unlimited = 2 ** 31 - 1;

export function deploymentStatus(object: JsonObject): ObjectStatus {
  const conditions = conditionsOf(object);
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return failed('Progress deadline exceeded');
  const count = counter(object);
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const shortage = firstOf([
    few('Replicas', count('replicas'), wanted),
    few('Updated', count('updatedReplicas'), wanted),
    extra(count('replicas'), wanted),
    few('Available', count('availableReplicas'), count('updatedReplicas')),
    few('Ready', count('readyReplicas'), wanted),
  ]);
  if (shortage !== undefined) return shortage;
  const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds') ?? unlimited;
  const isRolledOut = progressing?.status === 'True' && progressing.reason === 'NewReplicaSetAvailable';
  if (deadline !== unlimited && !isRolledOut) return inProgress('ReplicaSet not Available');
  if (!conditions.some(({ type, status }) => type === 'Available' && status === 'True')) {
    return inProgress('Deployment not Available');
  }
  return current(`Deployment is available. Replicas: ${count('replicas')}`);
}

export function replicaSetStatus(object: JsonObject): ObjectStatus {
  if (conditionsOf(object).some(({ type, status }) => type === 'ReplicaFailure' && status === 'True')) {
    return inProgress('Replica Failure condition. Check Pods');
  }
  const count = counter(object);
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const shortage = firstOf([
    few('Labelled', count('fullyLabeledReplicas'), wanted),
    few('Available', count('availableReplicas'), wanted),
    few('Ready', count('readyReplicas'), wanted),
    extra(count('replicas'), wanted),
  ]);
  return shortage ?? current(`ReplicaSet is available. Replicas: ${count('replicas')}`);
}

export function statefulSetStatus(object: JsonObject): ObjectStatus {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') {
    return current('StatefulSet is using the ondelete update strategy');
  }
  const count = counter(object);
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const shortage = firstOf([
    few('Replicas', count('replicas'), wanted),
    few('Ready', count('readyReplicas'), wanted),
    extra(count('replicas'), wanted),
  ]);
  if (shortage !== undefined) return shortage;
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
  if (partition !== undefined && partition !== -1) {
    const updated = count('updatedReplicas');
    return (
      firstOf([few('updated', updated, wanted - partition)]) ??
      current(`Partition rollout complete. updated: ${updated}`)
    );
  }
  const behind = firstOf([few('current', count('currentReplicas'), wanted)]);
  if (behind !== undefined) return behind;
  if (textAt(object, 'status', 'currentRevision') !== textAt(object, 'status', 'updateRevision')) {
    return inProgress('Waiting for updated revision to match current');
  }
  return current(`All replicas scheduled as expected. Replicas: ${count('replicas')}`);
}

export function daemonSetStatus(object: JsonObject): ObjectStatus {
  const kind = textAt(object, 'kind');
  if (numberAt(object, 'metadata', 'generation') === undefined) {
    return inProgress(`${kind} metadata.generation not found`);
  }
  if (numberAt(object, 'status', 'observedGeneration') === undefined) {
    return inProgress(`${kind} status.observedGeneration not found`);
  }
  const desired = numberAt(object, 'status', 'desiredNumberScheduled');
  if (desired === undefined) return inProgress('Missing .status.desiredNumberScheduled');
  const count = counter(object);
  const shortage = firstOf([
    few('Current', count('currentNumberScheduled'), desired),
    few('Updated', count('updatedNumberScheduled'), desired),
    few('Available', count('numberAvailable'), desired),
    few('Ready', count('numberReady'), desired),
  ]);
  return shortage ?? current(`All replicas scheduled as expected. Replicas: ${desired}`);
}
