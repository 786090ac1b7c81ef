/** Waiting by asking every two seconds, as Helm 3 does (`--wait=legacy`). */
import { GoError } from '@flotilla/gocompat';
import { forEachByKind, performError } from '../apply/by-kind.ts';
import { ClusterError, isNotFound } from '../cluster-error.ts';
import type { JsonObject } from '../json-object.ts';
import { textAt } from '../json-object.ts';
import type { Resource } from '../resource.ts';
import { isLegacyReady } from './legacy-ready.ts';
import { conditionsOf } from './status.ts';
import type { ReadyOptions, Waiter, WaiterPlace, WaitOptions } from './waiter.ts';

const interval = 2000;
const maximumRetries = 30;

export function legacyWaiter(place: WaiterPlace): Waiter {
  return {
    untilReady: (resources, options) => pollReady(place, resources, options),
    untilDeleted: (resources, options) => pollDeleted(place, resources, options),
    untilDone: (resources, options) => watchDone(place, resources, options),
  };
}

async function pollReady(
  place: WaiterPlace,
  resources: readonly Resource[],
  options: ReadyOptions,
): Promise<void> {
  const failures = new Map<Resource, number>();
  await poll(place, options, async (signal) => {
    for (const resource of resources) {
      try {
        if (!(await isLegacyReady(place.cluster, resource, { ...options, signal }))) {
          announce(place, resource);
          return false;
        }
        failures.delete(resource);
      } catch (error) {
        const count = (failures.get(resource) ?? 0) + 1;
        failures.set(resource, count);
        if (!isPassing(error) || count > maximumRetries) throw error;
        return false;
      }
    }
    return true;
  });
}

function announce(place: WaiterPlace, { ref }: Resource): void {
  place.onProgress?.(`${ref.mapping.kind}/${ref.namespace}/${ref.name}: not ready`);
}

/** Whatever is no answer of the server counts as passing, and so do overload and its own troubles. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return error instanceof GoError;
  const { status } = error;
  return status === 0 || status === 429 || (status >= 500 && status !== 501);
}

function pollDeleted(
  place: WaiterPlace,
  resources: readonly Resource[],
  options: WaitOptions,
): Promise<void> {
  return poll(place, options, async (signal) => {
    for (const { ref } of resources) {
      try {
        await place.cluster.get(ref, { signal });
        return false;
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
    return true;
  });
}

async function poll(
  place: WaiterPlace,
  { timeout, signal }: WaitOptions,
  look: (signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    while (!(await look(stop))) await place.clock.sleep(interval, stop);
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new GoError(signal.aborted ? 'context canceled' : 'context deadline exceeded', { cause: error });
  }
}

async function watchDone(
  place: WaiterPlace,
  resources: readonly Resource[],
  options: WaitOptions,
): Promise<void> {
  const errors = await forEachByKind(resources, options.signal, (resource) =>
    watchOne(place, resource, options),
  );
  if (errors.length > 0) throw performError(errors, place.compat);
}

async function watchOne(place: WaiterPlace, { ref }: Resource, options: WaitOptions): Promise<void> {
  const { kind } = ref.mapping;
  if (kind !== 'Job' && kind !== 'Pod') return;
  const { signal, timeout } = options;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const query = { ...ref, fieldSelector: `metadata.name=${ref.name}` };
  try {
    for await (const event of place.cluster.watch(query, { signal: stop })) {
      if (event.type === 'synced') continue;
      if (event.type === 'deleted' || hasEnded(event.object, kind, ref.name)) return;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
    const text = signal.aborted ? 'context canceled' : 'timed out waiting for the condition';
    throw new GoError(text, { cause: error });
  }
}

/** Throws the failure of a job or pod. */
function hasEnded(object: JsonObject, kind: 'Job' | 'Pod', name: string): boolean {
  if (kind === 'Pod') {
    const phase = textAt(object, 'status', 'phase');
    if (phase === 'Failed') throw new GoError(`pod ${name} failed`);
    return phase === 'Succeeded';
  }
  const ended = conditionsOf(object).find(
    ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  if (ended?.type === 'Failed') throw new GoError(`job ${name} failed: ${ended.reason}`);
  return ended !== undefined;
}
