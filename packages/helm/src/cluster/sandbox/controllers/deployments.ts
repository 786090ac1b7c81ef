/**
 * Deployments: a ReplicaSet for every template, scaled up and down in steps as the strategy allows. Comes in: a deployment
 * and its sets. Goes out: one step further, and a status that says how far it is, or that it takes too long.
 */
import {
  at,
  type JsonObject,
  listAt,
  nameOf,
  numberAt,
  objectOf,
  textAt,
  textsAt,
  withMetadata,
} from '../../json-object.ts';
import { maximumReplicas, replicaSetStore, templateHash } from './replicas.ts';
import { condition, isEnding, numberOr, type World } from './world.ts';

export const deploymentStore = 'apps/deployments';
const revisionKey = 'deployment.kubernetes.io/revision';

interface Rollout {
  readonly deployment: JsonObject;
  readonly world: World;
  readonly wanted: number;
  readonly current: JsonObject;
  readonly old: readonly JsonObject[];
}

export function reconcileDeployment(deployment: JsonObject, world: World): void {
  if (isEnding(deployment)) return;
  const sets = world.owned(replicaSetStore, deployment);
  const hash = templateHash(at(deployment, 'spec', 'template'));
  const isPaused = at(deployment, 'spec', 'paused') === true;
  const found = sets.find((set) => textAt(set, 'metadata', 'labels', 'pod-template-hash') === hash);
  if (found === undefined && isPaused) return;
  const revision = revisionFor(sets, found);
  const numbered = withRevision(deployment, revision, world);
  const current =
    found === undefined ? newSet(numbered, { hash, revision }, world) : renumber(found, revision, world);
  const old = sets.filter((set) => set !== found);
  const wanted = Math.min(numberOr(numberAt(numbered, 'spec', 'replicas'), 1), maximumReplicas);
  const rollout = { deployment: numbered, world, wanted, current, old };
  if (!isPaused) roll(rollout);
  report(rollout);
}

function revisionOf(set: JsonObject): number {
  return Number(textAt(set, 'metadata', 'annotations', revisionKey) || '0');
}

/** A set taken up again becomes the newest. */
function revisionFor(sets: readonly JsonObject[], current: JsonObject | undefined): number {
  const others = Math.max(0, ...sets.filter((set) => set !== current).map(revisionOf));
  return current === undefined ? others + 1 : Math.max(revisionOf(current), others + (others > 0 ? 1 : 0), 1);
}

function annotate(object: JsonObject, annotations: Readonly<Record<string, string>>): JsonObject {
  return withMetadata(object, {
    annotations: { ...textsAt(object, 'metadata', 'annotations'), ...annotations },
  });
}

function withRevision(deployment: JsonObject, revision: number, world: World): JsonObject {
  if (revisionOf(deployment) === revision) return deployment;
  return world.store.put(deploymentStore, annotate(deployment, { [revisionKey]: String(revision) }));
}

function renumber(set: JsonObject, revision: number, world: World): JsonObject {
  if (revisionOf(set) === revision) return set;
  return world.store.put(replicaSetStore, annotate(set, { [revisionKey]: String(revision) }));
}

function newSet(
  deployment: JsonObject,
  { hash, revision }: { readonly hash: string; readonly revision: number },
  world: World,
): JsonObject {
  const template = objectOf(at(deployment, 'spec', 'template')) ?? {};
  const selector = objectOf(at(deployment, 'spec', 'selector')) ?? {};
  const mark = { 'pod-template-hash': hash };
  return world.createOwned(replicaSetStore, deployment, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${nameOf(deployment)}-${hash}`,
      labels: { ...textsAt(template, 'metadata', 'labels'), ...mark },
      annotations: { [revisionKey]: String(revision) },
    },
    spec: {
      replicas: 0,
      selector: { ...selector, matchLabels: { ...textsAt(selector, 'matchLabels'), ...mark } },
      template: withMetadata(template, { labels: { ...textsAt(template, 'metadata', 'labels'), ...mark } }),
    },
  });
}

function replicasOf(set: JsonObject): number {
  return numberOr(numberAt(set, 'spec', 'replicas'), 0);
}

function countOf(set: JsonObject, name: string): number {
  return numberOr(numberAt(set, 'status', name), 0);
}

function sum(sets: readonly JsonObject[], count: (set: JsonObject) => number): number {
  return sets.reduce((total, set) => total + count(set), 0);
}

/** One step; the sets' own changes bring the next. */
function roll({ deployment, world, wanted, current, old }: Rollout): void {
  const isRecreate = textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
  const active = old.filter((set) => replicasOf(set) > 0);
  if (isRecreate) {
    for (const set of active) scale(set, 0, world);
    if (sum(old, (set) => countOf(set, 'replicas')) === 0 && active.length === 0)
      scale(current, wanted, world);
    return;
  }
  const { surge, unavailable } = limits(deployment, wanted);
  const total = sum([current, ...active], replicasOf);
  const room = wanted + surge - total;
  const target =
    replicasOf(current) > wanted ? wanted : Math.min(wanted, replicasOf(current) + Math.max(0, room));
  const grown = scale(current, target, world);
  scaleDown(active, world, {
    total: sum([grown, ...active], replicasOf),
    minimum: wanted - unavailable,
    missing: replicasOf(grown) - countOf(grown, 'availableReplicas'),
  });
}

/** Pods that are not available go first, then as many as may be missed. */
function scaleDown(
  sets: readonly JsonObject[],
  world: World,
  limit: { readonly total: number; readonly minimum: number; readonly missing: number },
): void {
  let removable = Math.max(0, limit.total - limit.minimum - Math.max(0, limit.missing));
  for (const set of sets) {
    const sick = Math.min(removable, Math.max(0, replicasOf(set) - countOf(set, 'availableReplicas')));
    removable -= sick;
    const healthy = Math.min(removable, replicasOf(set) - sick);
    removable -= healthy;
    if (sick + healthy > 0) scale(set, replicasOf(set) - sick - healthy, world);
  }
}

function scale(set: JsonObject, replicas: number, world: World): JsonObject {
  if (replicasOf(set) === replicas) return set;
  const generation = numberOr(numberAt(set, 'metadata', 'generation'), 1) + 1;
  const spec = { ...objectOf(set['spec']), replicas };
  return world.store.put(replicaSetStore, withMetadata({ ...set, spec }, { generation }));
}

function limits(
  deployment: JsonObject,
  wanted: number,
): { readonly surge: number; readonly unavailable: number } {
  const rolling = at(deployment, 'spec', 'strategy', 'rollingUpdate');
  const surge = share(at(rolling, 'maxSurge'), wanted, Math.ceil);
  const unavailable = share(at(rolling, 'maxUnavailable'), wanted, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function share(value: unknown, total: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? 0 : round((Number(percent) * total) / 100);
}

function report(rollout: Rollout): void {
  const { deployment, world, current, old } = rollout;
  const live = (set: JsonObject): JsonObject =>
    world.store.get(replicaSetStore, `${textAt(set, 'metadata', 'namespace')}/${nameOf(set)}`) ?? set;
  const [newest, all] = [live(current), [current, ...old].map(live)];
  const counts = {
    replicas: sum(all, (set) => countOf(set, 'replicas')),
    updatedReplicas: countOf(newest, 'replicas'),
    readyReplicas: sum(all, (set) => countOf(set, 'readyReplicas')),
    availableReplicas: sum(all, (set) => countOf(set, 'availableReplicas')),
  };
  const unavailableReplicas = Math.max(0, rollout.wanted - counts.availableReplicas);
  const shown = Object.entries({ ...counts, unavailableReplicas }).filter(([, count]) => count > 0);
  const observedGeneration = numberOr(numberAt(deployment, 'metadata', 'generation'), 1);
  const conditions = [available(rollout, counts.availableReplicas), progressing(rollout, newest, counts)];
  world.setStatus(deploymentStore, deployment, {
    observedGeneration,
    ...Object.fromEntries(shown),
    conditions,
  });
}

function available({ deployment, world, wanted }: Rollout, count: number): JsonObject {
  const isAvailable = count >= wanted - limits(deployment, wanted).unavailable;
  const [status, reason, message] = isAvailable
    ? ['True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.']
    : ['False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'];
  return condition(deployment, { type: 'Available', status, reason, message }, world.time, {
    lastUpdateTime: world.time,
  });
}

/** Progress is counted from the last time it was seen. */
function progressing(
  { deployment, world, wanted }: Rollout,
  newest: JsonObject,
  counts: { readonly replicas: number; readonly updatedReplicas: number; readonly availableReplicas: number },
): JsonObject {
  const name = JSON.stringify(nameOf(newest));
  const isDone =
    counts.updatedReplicas === wanted &&
    counts.replicas === wanted &&
    countOf(newest, 'availableReplicas') === wanted;
  const say = (status: string, reason: string, message: string): JsonObject =>
    condition(deployment, { type: 'Progressing', status, reason, message }, world.time, {
      lastUpdateTime: world.time,
    });
  if (isDone) return say('True', 'NewReplicaSetAvailable', `ReplicaSet ${name} has successfully progressed.`);
  const old = lastProgress(deployment, newest);
  const hasGrown = countOf(deployment, 'availableReplicas') < counts.availableReplicas;
  const since = old === undefined || hasGrown ? world.time : textAt(old, 'lastUpdateTime');
  const deadline =
    Date.parse(since) + numberOr(numberAt(deployment, 'spec', 'progressDeadlineSeconds'), 600) * 1000;
  const isLate = textAt(old, 'status') === 'False' && !hasGrown;
  if (isLate || world.now >= deadline) {
    return say('False', 'ProgressDeadlineExceeded', `ReplicaSet ${name} has timed out progressing.`);
  }
  world.later(deploymentStore, deployment, deadline);
  return { ...say('True', 'ReplicaSetUpdated', `ReplicaSet ${name} is progressing.`), lastUpdateTime: since };
}

/** What was said of this rollout so far. */
function lastProgress(deployment: JsonObject, newest: JsonObject): unknown {
  const old = listAt(deployment, 'status', 'conditions').find(
    (each) => textAt(each, 'type') === 'Progressing',
  );
  const isSameSet = textAt(old, 'message').includes(JSON.stringify(nameOf(newest)));
  return isSameSet && textAt(old, 'reason') !== 'NewReplicaSetAvailable' ? old : undefined;
}
