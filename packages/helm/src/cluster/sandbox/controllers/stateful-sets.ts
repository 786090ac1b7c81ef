/** StatefulSets: pods with ordinals, made and replaced one after the other, and a claim for each of their volumes. */
import {
  at,
  type JsonObject,
  listAt,
  nameOf,
  namespaceOf,
  numberAt,
  objectOf,
  textAt,
  textsAt,
} from '../../json-object.ts';
import { isPodReady, podFrom } from './pods.ts';
import { isRunning, maximumReplicas, templateHash } from './replicas.ts';
import { isEnding, numberOr, podStore, type World } from './world.ts';

export const statefulSetStore = 'apps/statefulsets';
const claimStore = '/persistentvolumeclaims';
const revisionLabel = 'controller-revision-hash';

export function reconcileStatefulSet(set: JsonObject, world: World): void {
  if (isEnding(set)) return;
  const wanted = Math.min(numberOr(numberAt(set, 'spec', 'replicas'), 1), maximumReplicas);
  const revision = `${nameOf(set)}-${templateHash(at(set, 'spec', 'template'))}`;
  const pods = world.owned(podStore, set).filter(isRunning);
  for (const pod of pods) if (ordinalOf(pod) >= wanted) world.remove(podStore, pod);
  const kept = pods.filter((pod) => ordinalOf(pod) < wanted);
  const next = advance(set, { world, wanted, revision, pods: kept });
  world.setStatus(statefulSetStore, set, statusOf(set, { revision, wanted, pods: next }));
}

interface Rollout {
  readonly world: World;
  readonly wanted: number;
  readonly revision: string;
  readonly pods: readonly JsonObject[];
}

function ordinalOf(pod: JsonObject): number {
  return Number(nameOf(pod).slice(nameOf(pod).lastIndexOf('-') + 1));
}

function isOf(pod: JsonObject, revision: string): boolean {
  return textAt(pod, 'metadata', 'labels', revisionLabel) === revision;
}

/** One step: a missing pod is made, or an outdated one replaced, the highest first. */
function advance(set: JsonObject, { world, wanted, revision, pods }: Rollout): readonly JsonObject[] {
  const isParallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
  const byOrdinal = new Map(pods.map((pod) => [ordinalOf(pod), pod]));
  for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) byOrdinal.set(ordinal, makePod(set, { ordinal, revision, world }));
    const isReady = pod !== undefined && isPodReady(pod);
    // An outdated pod that never became ready must not block its own replacement.
    if (!isParallel && !isReady && (pod === undefined || isOf(pod, revision))) break;
  }
  const outdated = outdatedPod(set, [...byOrdinal.values()], revision);
  if (outdated !== undefined) {
    world.remove(podStore, outdated);
    const ordinal = ordinalOf(outdated);
    byOrdinal.set(ordinal, makePod(set, { ordinal, revision, world }));
  }
  return [...byOrdinal.values()];
}

function outdatedPod(set: JsonObject, pods: readonly JsonObject[], revision: string): JsonObject | undefined {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return undefined;
  const partition = numberOr(numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'), 0);
  const descending = [...pods].sort((a, b) => ordinalOf(b) - ordinalOf(a));
  for (const pod of descending) {
    if (ordinalOf(pod) < partition) return undefined;
    if (!isOf(pod, revision)) return pod;
    if (!isPodReady(pod)) return undefined;
  }
  return undefined;
}

function makePod(
  set: JsonObject,
  {
    ordinal,
    revision,
    world,
  }: { readonly ordinal: number; readonly revision: string; readonly world: World },
): JsonObject {
  const name = `${nameOf(set)}-${ordinal}`;
  for (const claim of listAt(set, 'spec', 'volumeClaimTemplates'))
    makeClaim(set, objectOf(claim) ?? {}, name, world);
  const labels = {
    [revisionLabel]: revision,
    'statefulset.kubernetes.io/pod-name': name,
    'apps.kubernetes.io/pod-index': String(ordinal),
  };
  return world.createOwned(podStore, set, podFrom(at(set, 'spec', 'template'), name, labels));
}

/** Claims stay when their set goes. */
function makeClaim(set: JsonObject, template: JsonObject, pod: string, world: World): void {
  const name = `${nameOf(template)}-${pod}`;
  const namespace = namespaceOf(set);
  if (world.store.get(claimStore, `${namespace}/${name}`) !== undefined) return;
  const labels = textsAt(set, 'spec', 'selector', 'matchLabels');
  world.store.put(claimStore, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace, labels, uid: world.newUid(), creationTimestamp: world.time },
    spec: template['spec'],
    status: { phase: 'Pending' },
  });
}

function statusOf(
  set: JsonObject,
  {
    revision,
    wanted,
    pods,
  }: { readonly revision: string; readonly wanted: number; readonly pods: readonly JsonObject[] },
): JsonObject {
  const updated = pods.filter((pod) => isOf(pod, revision));
  const ready = pods.filter(isPodReady).length;
  const isDone = updated.length === pods.length && pods.length === wanted && ready === wanted;
  const before = textAt(set, 'status', 'currentRevision') || revision;
  const currentRevision = isDone ? revision : before;
  const current = pods.filter((pod) => isOf(pod, currentRevision)).length;
  return {
    observedGeneration: numberOr(numberAt(set, 'metadata', 'generation'), 1),
    replicas: pods.length,
    ...(ready === 0 ? {} : { readyReplicas: ready }),
    ...(current === 0 ? {} : { currentReplicas: current }),
    ...(updated.length === 0 ? {} : { updatedReplicas: updated.length }),
    currentRevision,
    updateRevision: revision,
    collisionCount: 0,
    availableReplicas: ready,
  };
}
