/**
 * Pods: they start, become ready, and end when they are to end once. Annotations rehearse trouble: `testbed/slow` delays
 * every step, `testbed/never-ready` keeps a pod from becoming ready, `testbed/fail` makes it end with exit code 1, or
 * crash again and again when it is to be restarted always.
 */
import { type JsonObject, listAt, objectOf, textAt, textsAt } from '../../json-object.ts';
import { isEnding, podStore, uidOf, type World } from './world.ts';

function isMarked(pod: JsonObject, name: string): boolean {
  return textAt(pod, 'metadata', 'annotations', `testbed/${name}`) === 'true';
}

export function reconcilePod(pod: JsonObject, world: World): void {
  if (isEnding(pod)) return;
  const phase = textAt(pod, 'status', 'phase') || 'Pending';
  const step = world.pace.step + (isMarked(pod, 'slow') ? world.pace.slow : 0);
  if (phase === 'Pending') {
    const due = startOf(pod) + step;
    if (world.now < due) world.later(podStore, pod, due);
    else reconcilePod(world.setStatus(podStore, scheduled(pod), runningStatus(pod, world)), world);
    return;
  }
  if (phase !== 'Running' || !endsOnce(pod) || isMarked(pod, 'never-ready')) return;
  const due = startOf(pod) + 2 * step;
  if (world.now < due) world.later(podStore, pod, due);
  else world.setStatus(podStore, pod, endedStatus(pod, world));
}

/** Times of objects are whole seconds; what is to come is reckoned from the start of the second. */
function startOf(pod: JsonObject): number {
  return Date.parse(textAt(pod, 'metadata', 'creationTimestamp'));
}

function endsOnce(pod: JsonObject): boolean {
  return textAt(pod, 'spec', 'restartPolicy') !== 'Always';
}

function scheduled(pod: JsonObject): JsonObject {
  return { ...pod, spec: { ...objectOf(pod['spec']), nodeName: 'sandbox' } };
}

function address(pod: JsonObject): string {
  const number = Number.parseInt(uidOf(pod).slice(0, 6), 16);
  return `10.244.${(number >> 8) & 0xff}.${1 + (number % 250)}`;
}

function conditions(pod: JsonObject, world: World, isReady: boolean, reason?: string): readonly JsonObject[] {
  const status = isReady ? 'True' : 'False';
  const extra = reason === undefined ? {} : { reason };
  const gates = listAt(pod, 'spec', 'readinessGates').map((gate) => ({
    type: textAt(gate, 'conditionType'),
    status: 'True',
  }));
  const own = [
    { type: 'PodScheduled', status: 'True' },
    { type: 'Initialized', status: 'True' },
    { type: 'Ready', status, ...extra },
    { type: 'ContainersReady', status, ...extra },
  ];
  return [...own, ...gates].map((each) => ({ ...each, lastProbeTime: null, lastTransitionTime: world.time }));
}

function runningStatus(pod: JsonObject, world: World): JsonObject {
  const isCrashing = isMarked(pod, 'fail') && !endsOnce(pod);
  const isReady = !isCrashing && !isMarked(pod, 'never-ready');
  const ip = address(pod);
  const state = isCrashing ? crashing(pod) : { running: { startedAt: world.time } };
  return {
    ...objectOf(pod['status']),
    phase: 'Running',
    conditions: conditions(pod, world, isReady, isReady ? undefined : 'ContainersNotReady'),
    hostIP: '127.0.0.1',
    podIP: ip,
    podIPs: [{ ip }],
    startTime: textAt(pod, 'metadata', 'creationTimestamp'),
    containerStatuses: containers(pod, 'containers').map((container) =>
      containerStatus(container, { isReady, state, restartCount: isCrashing ? 3 : 0 }),
    ),
    ...initStatuses(pod, world),
  };
}

function crashing(pod: JsonObject): JsonObject {
  const name = textAt(pod, 'metadata', 'name');
  const message = `back-off 40s restarting failed container of pod ${name}`;
  return { waiting: { reason: 'CrashLoopBackOff', message } };
}

function containers(pod: JsonObject, name: string): readonly unknown[] {
  return listAt(pod, 'spec', name);
}

function containerStatus(
  container: unknown,
  how: { readonly isReady: boolean; readonly state: JsonObject; readonly restartCount: number },
): JsonObject {
  return {
    name: textAt(container, 'name'),
    image: textAt(container, 'image'),
    imageID: '',
    ready: how.isReady,
    started: how.isReady,
    restartCount: how.restartCount,
    state: how.state,
  };
}

function initStatuses(pod: JsonObject, world: World): JsonObject {
  const list = containers(pod, 'initContainers');
  if (list.length === 0) return {};
  const state = terminated(0, world);
  return {
    initContainerStatuses: list.map((container) => ({
      ...containerStatus(container, { isReady: true, state, restartCount: 0 }),
      started: false,
    })),
  };
}

function terminated(exitCode: number, world: World): JsonObject {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  return { terminated: { exitCode, reason, startedAt: world.time, finishedAt: world.time } };
}

function endedStatus(pod: JsonObject, world: World): JsonObject {
  const exitCode = isMarked(pod, 'fail') ? 1 : 0;
  return {
    ...objectOf(pod['status']),
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    conditions: conditions(pod, world, false, 'PodCompleted'),
    containerStatuses: containers(pod, 'containers').map((container) =>
      containerStatus(container, { isReady: false, state: terminated(exitCode, world), restartCount: 0 }),
    ),
  };
}

export function isPodReady(pod: JsonObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  );
}

/** A pod as a template describes it. */
export function podFrom(
  template: unknown,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): JsonObject {
  const metadata = objectOf(objectOf(template)?.['metadata']) ?? {};
  const all = { ...textsAt(metadata, 'labels'), ...labels };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(metadata['annotations'] === undefined ? {} : { annotations: metadata['annotations'] }),
      ...(Object.keys(all).length === 0 ? {} : { labels: all }),
    },
    spec: objectOf(template)?.['spec'],
    status: { phase: 'Pending' },
  };
}
