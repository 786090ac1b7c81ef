/**
 * How far an object is, read from itself alone (kstatus, as Helm 4.3.1 uses it). Comes in: a live object and the time.
 * Goes out: a status with the reason people see. Not its business: watching, and pods made for other objects.
 */
import {
  apiVersionOf,
  at,
  type JsonObject,
  kindOfObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
} from '../json-object.ts';
import { conditionsOf, current, failed, inProgress, type ObjectStatus } from './status.ts';
import { daemonSetStatus, deploymentStatus, replicaSetStatus, statefulSetStatus } from './workload-status.ts';

type StatusRule = (object: JsonObject, now: number) => ObjectStatus;

const alwaysReady: StatusRule = () => current('Resource is always ready');

const rules: ReadonlyMap<string, StatusRule> = new Map<string, StatusRule>([
  ['Service', serviceStatus],
  ['Pod', podStatus],
  ['Secret', alwaysReady],
  ['ConfigMap', alwaysReady],
  ['PersistentVolumeClaim', claimStatus],
  ['apps/StatefulSet', statefulSetStatus],
  ['apps/DaemonSet', daemonSetStatus],
  ['extensions/DaemonSet', daemonSetStatus],
  ['apps/Deployment', deploymentStatus],
  ['extensions/Deployment', deploymentStatus],
  ['apps/ReplicaSet', replicaSetStatus],
  ['extensions/ReplicaSet', replicaSetStatus],
  ['policy/PodDisruptionBudget', () => current('AllowedDisruptions has been computed.')],
  ['batch/CronJob', alwaysReady],
  ['batch/Job', startedJobStatus],
  ['apiextensions.k8s.io/CustomResourceDefinition', crdStatus],
]);

/** What all objects share decides first, then their kind, then a `Ready` condition. */
export function objectStatus(object: JsonObject, now: number): ObjectStatus {
  return genericStatus(object) ?? (rules.get(groupKind(object)) ?? readyStatus)(object, now);
}

function groupKind(object: JsonObject): string {
  const apiVersion = apiVersionOf(object);
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? kindOfObject(object) : `${apiVersion.slice(0, slash)}/${kindOfObject(object)}`;
}

function genericStatus(object: JsonObject): ObjectStatus | undefined {
  if (textAt(object, 'metadata', 'deletionTimestamp') !== '') {
    return { status: 'Terminating', message: 'Resource scheduled for deletion' };
  }
  const generation = numberAt(object, 'metadata', 'generation');
  const observed = numberAt(object, 'status', 'observedGeneration');
  if (generation !== undefined && observed !== undefined && generation !== observed) {
    return inProgress(
      `${kindOfObject(object)} generation is ${generation}, but latest observed generation is ${observed}`,
    );
  }
  for (const { type, status, message } of conditionsOf(object)) {
    if (status !== 'True') continue;
    if (type === 'Reconciling') return inProgress(message);
    if (type === 'Stalled') return failed(message);
  }
  return undefined;
}

function readyStatus(object: JsonObject): ObjectStatus {
  const ready = conditionsOf(object).find(({ type }) => type === 'Ready');
  switch (ready?.status) {
    case 'True':
      return current('Resource is Ready');
    case 'False':
    case 'Unknown':
      return inProgress(ready.message);
    default:
      return current('Resource is current');
  }
}

function serviceStatus(object: JsonObject): ObjectStatus {
  if (textAt(object, 'spec', 'type') === 'LoadBalancer' && textAt(object, 'spec', 'clusterIP') === '') {
    return inProgress('ClusterIP not set. Service type: LoadBalancer');
  }
  return current('Service is ready');
}

function claimStatus(object: JsonObject): ObjectStatus {
  const phase = textAt(object, 'status', 'phase') || 'unknown';
  return phase === 'Bound' ? current('PVC is Bound') : inProgress(`PVC is not Bound. phase: ${phase}`);
}

/** Scheduling is given some seconds before it counts as impossible. */
const scheduleWindow = 15_000;

export function podStatus(object: JsonObject, now: number): ObjectStatus {
  switch (textAt(object, 'status', 'phase')) {
    case 'Succeeded':
      return current('Pod has completed successfully');
    case 'Failed':
      return current('Pod has completed, but not successfully');
    case 'Running':
      return runningPodStatus(object);
    case 'Pending':
      return pendingPodStatus(object, now);
    default:
      return inProgress('Pod phase not available');
  }
}

function runningPodStatus(object: JsonObject): ObjectStatus {
  if (conditionsOf(object).some(({ type, status }) => type === 'Ready' && status === 'True')) {
    return current('Pod is Ready');
  }
  const crashing = listAt(object, 'status', 'containerStatuses')
    .filter((each) => textAt(each, 'state', 'waiting', 'reason') === 'CrashLoopBackOff')
    .map((each) => textAt(each, 'name'));
  return crashing.length > 0
    ? failed(`Containers in CrashLoop state: ${crashing.join(',')}`)
    : inProgress('Pod is running but is not Ready');
}

function pendingPodStatus(object: JsonObject, now: number): ObjectStatus {
  if (!isUnschedulable(object)) return inProgress('Pod is in the Pending phase');
  const age = now - Date.parse(textAt(object, 'metadata', 'creationTimestamp'));
  return age < scheduleWindow
    ? inProgress('Pod has not been scheduled')
    : failed('Pod could not be scheduled');
}

export function isUnschedulable(object: JsonObject): boolean {
  return conditionsOf(object).some(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
}

/** A plain wait takes a job for ready once it runs. */
function startedJobStatus(object: JsonObject): ObjectStatus {
  const ended = endedJobStatus(object);
  if (ended !== undefined) return ended;
  if (textAt(object, 'status', 'startTime') === '') return inProgress('Job not started');
  const count = (name: string): number => numberAt(object, 'status', name) ?? 0;
  return current(
    `Job in progress. success:${count('succeeded')}, active: ${count('active')}, failed: ${count('failed')}`,
  );
}

function endedJobStatus(object: JsonObject): ObjectStatus | undefined {
  const completions = numberAt(object, 'spec', 'completions') ?? numberAt(object, 'spec', 'parallelism') ?? 1;
  for (const { type, status } of conditionsOf(object)) {
    if (status !== 'True') continue;
    if (type === 'Complete') {
      const succeeded = numberAt(object, 'status', 'succeeded') ?? 0;
      return current(`Job Completed. succeeded: ${succeeded}/${completions}`);
    }
    if (type === 'Failed') {
      return failed(`Job Failed. failed: ${numberAt(object, 'status', 'failed') ?? 0}/${completions}`);
    }
  }
  return undefined;
}

/** Jobs that must have run through: hooks and `--wait-for-jobs`. */
export function completedJobStatus(object: JsonObject): ObjectStatus {
  return endedJobStatus(object) ?? inProgress('Job in progress');
}

/** Pods that must have run through: hooks. */
export function completedPodStatus(object: JsonObject): ObjectStatus {
  const name = textAt(object, 'metadata', 'name');
  switch (textAt(object, 'status', 'phase')) {
    case 'Succeeded':
      return current(`pod ${name} succeeded`);
    case 'Failed':
      return failed(`pod ${name} failed`);
    default:
      return inProgress('Pod in progress');
  }
}

function crdStatus(object: JsonObject): ObjectStatus {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (type === 'NamesAccepted' && status === 'False') return failed(message);
    if (type !== 'Established') continue;
    if (status === 'False' && reason !== 'Installing') return failed(message);
    if (status === 'True') return current('CRD is established');
  }
  return inProgress('Install in progress');
}

/** True for Deployments that are told to stand still; nobody waits for them. */
export function isPausedDeployment(object: JsonObject): boolean {
  return groupKind(object) === 'apps/Deployment' && at(object, 'spec', 'paused') === true;
}

/** The pods an object makes, as a label selector; undefined when it makes none. */
export function podSelectorOf(object: JsonObject): string | undefined {
  const labels = objectOf(at(object, 'spec', 'selector', 'matchLabels'));
  if (labels === undefined || !/^(?:Deployment|ReplicaSet|StatefulSet)$/.test(kindOfObject(object))) {
    return undefined;
  }
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}
