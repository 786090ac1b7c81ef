/**
 * Readiness as Helm 3 judges it, asking the cluster again at every look. Comes in: one resource. Goes out: ready or not,
 * or the GoError that makes waiting pointless.
 */
import { GoError } from '@flotilla/gocompat';
import type { Cluster, ObjectRef } from '../cluster.ts';
import {
  apiVersionOf,
  at,
  type JsonObject,
  kindOfObject,
  listAt,
  nameOf,
  namespaceOf,
  numberAt,
  objectOf,
  textAt,
  textsAt,
} from '../json-object.ts';
import type { Resource } from '../resource.ts';
import { conditionsOf } from './status.ts';

interface Look {
  readonly cluster: Cluster;
  readonly ref: ObjectRef;
  readonly signal: AbortSignal;
}

type Rule = (object: JsonObject, look: Look) => boolean | Promise<boolean>;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['v1/Pod', isPodReady],
  ['apps/v1/Deployment', isDeploymentReady],
  ['v1/PersistentVolumeClaim', (object) => textAt(object, 'status', 'phase') === 'Bound'],
  ['v1/Service', isServiceReady],
  ['apps/v1/DaemonSet', isDaemonSetReady],
  ['apiextensions.k8s.io/v1beta1/CustomResourceDefinition', isCrdReady],
  ['apiextensions.k8s.io/v1/CustomResourceDefinition', isCrdReady],
  ['apps/v1/StatefulSet', isStatefulSetReady],
  ['v1/ReplicationController', areReplicasReady],
  ['apps/v1/ReplicaSet', areReplicasReady],
]);

/** Kinds without a rule are ready at once. */
export async function isLegacyReady(
  cluster: Cluster,
  { ref, object }: Resource,
  options: { readonly includesJobs: boolean; readonly signal: AbortSignal },
): Promise<boolean> {
  const { signal } = options;
  const kind = `${apiVersionOf(object)}/${kindOfObject(object)}`;
  const rule = kind === 'batch/v1/Job' && options.includesJobs ? isJobReady : rules.get(kind);
  if (rule === undefined) return true;
  return rule(await cluster.get(ref, { signal }), { cluster, ref, signal });
}

function isPodReady(pod: JsonObject): boolean {
  return conditionsOf(pod).some(({ type, status }) => type === 'Ready' && status === 'True');
}

function isJobReady(job: JsonObject): boolean {
  const count = (name: string): number => numberAt(job, 'status', name) ?? 0;
  if (count('failed') > (numberAt(job, 'spec', 'backoffLimit') ?? 0)) {
    throw new GoError(`job is failed: ${namespaceOf(job)}/${nameOf(job)}`);
  }
  const completions = numberAt(job, 'spec', 'completions');
  return completions === undefined || count('succeeded') >= completions;
}

function isServiceReady(service: JsonObject): boolean {
  const type = textAt(service, 'spec', 'type');
  if (type === 'ExternalName') return true;
  if (textAt(service, 'spec', 'clusterIP') === '') return false;
  if (type !== 'LoadBalancer' || listAt(service, 'spec', 'externalIPs').length > 0) return true;
  return at(service, 'status', 'loadBalancer', 'ingress') !== undefined;
}

function isObserved(object: JsonObject): boolean {
  return (
    (numberAt(object, 'status', 'observedGeneration') ?? 0) ===
    (numberAt(object, 'metadata', 'generation') ?? 0)
  );
}

async function isDeploymentReady(deployment: JsonObject, look: Look): Promise<boolean> {
  if (at(deployment, 'spec', 'paused') === true) return true;
  const newest = await newReplicaSet(deployment, look);
  if (newest === undefined || !isObserved(newest) || !isObserved(deployment)) return false;
  const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1;
  const unavailable = maxUnavailableOf(deployment, replicas);
  return (numberAt(newest, 'status', 'readyReplicas') ?? 0) >= replicas - unavailable;
}

/** The replica set made from the deployment's present template: the one of its present revision. */
async function newReplicaSet(deployment: JsonObject, look: Look): Promise<JsonObject | undefined> {
  const { cluster, ref, signal } = look;
  const mapping = await cluster.mapping('apps/v1', 'ReplicaSet', { signal });
  const labelSelector = selectorText(textsAt(deployment, 'spec', 'selector', 'matchLabels'));
  const sets = await cluster.list({ mapping, namespace: ref.namespace, labelSelector }, { signal });
  const uid = textAt(deployment, 'metadata', 'uid');
  const key = 'deployment.kubernetes.io/revision';
  const revision = textAt(deployment, 'metadata', 'annotations', key);
  return sets.find(
    (set) =>
      textAt(set, 'metadata', 'annotations', key) === revision &&
      listAt(set, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid),
  );
}

/** Percentages round down; a rollout that could not move at all may miss one (client-go's `ResolveFenceposts`). */
function maxUnavailableOf(deployment: JsonObject, replicas: number): number {
  if (textAt(deployment, 'spec', 'strategy', 'type') !== 'RollingUpdate' || replicas === 0) return 0;
  const rolling = objectOf(at(deployment, 'spec', 'strategy', 'rollingUpdate')) ?? {};
  const surge = scaled(rolling['maxSurge'], replicas, Math.ceil) ?? 0;
  const unavailable = scaled(rolling['maxUnavailable'], replicas, Math.floor) ?? 0;
  return Math.min(surge === 0 && unavailable === 0 ? 1 : unavailable, replicas);
}

function scaled(value: unknown, total: number, round: (value: number) => number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : round((Number(percent) * total) / 100);
}

function isDaemonSetReady(set: JsonObject): boolean {
  if (!isObserved(set)) return false;
  if (textAt(set, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') return true;
  const count = (name: string): number => numberAt(set, 'status', name) ?? 0;
  const desired = count('desiredNumberScheduled');
  if (count('updatedNumberScheduled') !== desired) return false;
  const limit = at(set, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable');
  return count('numberReady') >= desired - (scaled(limit, desired, Math.ceil) ?? desired);
}

function isStatefulSetReady(set: JsonObject): boolean {
  if (!isObserved(set)) return false;
  if (textAt(set, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') return true;
  const count = (name: string): number => numberAt(set, 'status', name) ?? 0;
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  const replicas = numberAt(set, 'spec', 'replicas') ?? 1;
  if (count('updatedReplicas') < replicas - partition || count('readyReplicas') !== replicas) return false;
  const isCurrent = textAt(set, 'status', 'currentRevision') === textAt(set, 'status', 'updateRevision');
  return partition !== 0 || isCurrent;
}

function isCrdReady(crd: JsonObject): boolean {
  return conditionsOf(crd).some(
    ({ type, status }) =>
      (type === 'Established' && status === 'True') || (type === 'NamesAccepted' && status === 'False'),
  );
}

async function areReplicasReady(set: JsonObject, { cluster, ref, signal }: Look): Promise<boolean> {
  if (!isObserved(set)) return false;
  const labels =
    kindOfObject(set) === 'ReplicaSet'
      ? textsAt(set, 'spec', 'selector', 'matchLabels')
      : textsAt(set, 'spec', 'selector');
  const mapping = await cluster.mapping('v1', 'Pod', { signal });
  const query = { mapping, namespace: ref.namespace, labelSelector: selectorText(labels) };
  return (await cluster.list(query, { signal })).every(isPodReady);
}

function selectorText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
