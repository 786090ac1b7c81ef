import { GoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../../chart/helm-compat.ts';
import type { Resource } from '../resource.ts';

/**
 * Calls for every resource: those of one kind that follow each other at once, kinds one after the other (Helm's
 * `perform`). Failures stop nobody; they are given back in order.
 */
export async function forEachByKind(
  resources: readonly Resource[],
  signal: AbortSignal,
  call: (resource: Resource) => Promise<void>,
): Promise<readonly GoError[]> {
  const failures: GoError[] = [];
  for (const batch of batchesOf(resources)) {
    signal.throwIfAborted();
    const outcomes = await Promise.allSettled(batch.map(call));
    signal.throwIfAborted();
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      if (!(outcome.reason instanceof GoError)) throw outcome.reason;
      failures.push(outcome.reason);
    }
  }
  return failures;
}

function batchesOf(resources: readonly Resource[]): readonly (readonly Resource[])[] {
  const batches: Resource[][] = [];
  for (const resource of resources) {
    const last = batches.at(-1);
    if (last?.[0]?.ref.mapping.kind === resource.ref.mapping.kind) last.push(resource);
    else batches.push([resource]);
  }
  return batches;
}

/** One error for several, their texts joined. */
export function joinErrors(errors: readonly GoError[], separator: string): GoError {
  const [first] = errors;
  if (errors.length === 1 && first !== undefined) return first;
  return new GoError(errors.map((error) => error.message).join(separator), { cause: first });
}

/** How each Helm words what {@link forEachByKind} gives back: Helm 3 counts, Helm 4 lists. */
export function performError(errors: readonly GoError[], compat: HelmCompat): GoError {
  if (compat === 'v4') return joinErrors(errors, '\n');
  const [cause] = errors;
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  const points = errors.map((error) => `* ${error.message}`).join('\n\t');
  return new GoError(`${count} occurred:\n\t${points}\n\n`, { cause });
}
