/** Jobs: pods until enough have succeeded, or more have failed than the job allows. */
import { at, type JsonObject, listAt, nameOf, numberAt, objectOf, textAt } from '../../json-object.ts';
import { nameSuffix } from '../writer.ts';
import { podFrom } from './pods.ts';
import { maximumReplicas } from './replicas.ts';
import { isEnding, numberOr, podStore, type World } from './world.ts';

export const jobStore = 'batch/jobs';

export function reconcileJob(job: JsonObject, world: World): void {
  if (isEnding(job) || isOver(job) || at(job, 'spec', 'suspend') === true) return;
  const pods = world.owned(podStore, job);
  const inPhase = (phase: string): number =>
    pods.filter((pod) => textAt(pod, 'status', 'phase') === phase).length;
  const [succeeded, failed] = [inPhase('Succeeded'), inPhase('Failed')];
  const parallelism = numberOr(numberAt(job, 'spec', 'parallelism'), 1);
  const completions = numberOr(numberAt(job, 'spec', 'completions'), parallelism);
  const startTime = textAt(job, 'status', 'startTime') || world.time;
  const counts = { succeeded, failed };
  if (failed > numberOr(numberAt(job, 'spec', 'backoffLimit'), 6)) {
    finish(job, { world, startTime, counts, end: failure });
    return;
  }
  if (succeeded >= completions) {
    finish(job, { world, startTime, counts, end: success });
    return;
  }
  const active = pods.length - succeeded - failed;
  const missing = Math.min(parallelism, completions - succeeded, maximumReplicas) - active;
  for (let count = 0; count < missing; count += 1) {
    const pod = podFrom(at(job, 'spec', 'template'), `${nameOf(job)}-${nameSuffix()}`);
    world.createOwned(podStore, job, pod);
  }
  world.setStatus(jobStore, job, {
    startTime,
    active: active + Math.max(0, missing),
    ...shownCounts(counts),
    terminating: 0,
    ready: pods.filter((pod) => textAt(pod, 'status', 'phase') === 'Running').length,
    uncountedTerminatedPods: {},
  });
}

function isOver(job: JsonObject): boolean {
  return listAt(job, 'status', 'conditions').some(
    (each) => ['Complete', 'Failed'].includes(textAt(each, 'type')) && textAt(each, 'status') === 'True',
  );
}

interface End {
  readonly types: readonly string[];
  readonly reason: string;
  readonly message: string;
  readonly isSuccess: boolean;
}

const success: End = {
  types: ['SuccessCriteriaMet', 'Complete'],
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
  isSuccess: true,
};

const failure: End = {
  types: ['FailureTarget', 'Failed'],
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
  isSuccess: false,
};

interface Counts {
  readonly succeeded: number;
  readonly failed: number;
}

function shownCounts({ succeeded, failed }: Counts): JsonObject {
  return { ...(succeeded > 0 ? { succeeded } : {}), ...(failed > 0 ? { failed } : {}) };
}

function finish(
  job: JsonObject,
  how: { readonly world: World; readonly startTime: string; readonly counts: Counts; readonly end: End },
): void {
  const { world, startTime, counts, end } = how;
  const conditions = end.types.map((type) => ({
    type,
    status: 'True',
    lastProbeTime: world.time,
    lastTransitionTime: world.time,
    reason: end.reason,
    message: end.message,
  }));
  for (const pod of world.owned(podStore, job)) {
    const phase = objectOf(pod['status'])?.['phase'];
    if (phase === 'Pending' || phase === 'Running') world.remove(podStore, pod);
  }
  world.setStatus(jobStore, job, {
    conditions,
    startTime,
    ...(end.isSuccess ? { completionTime: world.time } : {}),
    ...shownCounts(counts),
    terminating: 0,
    ready: 0,
    uncountedTerminatedPods: {},
  });
}
