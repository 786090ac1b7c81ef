/**
 * Bringing one object to its wanted state: created, applied, patched or replaced as Helm does. Comes in: a resource,
 * what it was before, the method. Goes out: the object as the server has it now, or a GoError in Helm's words.
 */
import { GoError, wrapGoError } from '@flotilla/gocompat';
import { type Cluster, formatKind, type ObjectRef } from '../cluster.ts';
import { hasReason } from '../cluster-error.ts';
import { mergePatch, threeWayMergePatch } from '../json-merge.ts';
import type { JsonObject } from '../json-object.ts';
import { claimFieldsPatch } from '../managed-fields.ts';
import type { Resource } from '../resource.ts';
import { type ThreeWayInput, threeWayStrategicPatch } from '../strategic-merge.ts';
import { retryConflicts, retryWhile } from './retry-conflicts.ts';

/** The name helm owns fields under. */
export const fieldManager = 'helm';

export interface ApplyOptions {
  readonly signal: AbortSignal;
  /** Server-side apply, or Helm 3's patches computed here. */
  readonly serverSide: boolean;
  readonly forceConflicts?: boolean;
  readonly forceReplace?: boolean;
  /** Custom resources are merged with their live state too (adopting without server-side apply). */
  readonly threeWayForCustom?: boolean;
  /** Client-side owned fields become applied ones first. */
  readonly claimsFields?: boolean;
  readonly isDryRun?: boolean;
}

/** Creates one object. */
export function createObject(
  cluster: Cluster,
  resource: Resource,
  options: ApplyOptions,
): Promise<JsonObject> {
  if (options.serverSide) return applyObject(cluster, resource, options);
  const { signal, isDryRun = false } = options;
  return retryConflicts(
    () => cluster.create(resource.ref.mapping, resource.object, { fieldManager, isDryRun, signal }),
    signal,
  );
}

/** Server-side apply. */
export async function applyObject(
  cluster: Cluster,
  { ref, object }: Resource,
  options: ApplyOptions,
): Promise<JsonObject> {
  const { signal, isDryRun = false } = options;
  const patch = { type: 'apply', object, force: options.forceConflicts ?? false } as const;
  try {
    return await retryWhile(
      isRace,
      () => cluster.patch(ref, patch, { fieldManager, fieldValidation: 'Strict', isDryRun, signal }),
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    throw applyFailure(ref, error);
  }
}

/** Somebody wrote in the same moment (quotas race with themselves); conflicts over the owner of a field stay. */
function isRace(error: unknown): boolean {
  return hasReason(error, 'Conflict') && error.message.includes('the object has been modified');
}

function applyFailure(ref: ObjectRef, error: unknown): unknown {
  if (!(error instanceof GoError)) return error;
  const place = `object ${ref.namespace}/${ref.name} ${formatKind(ref.mapping)}`;
  if (hasReason(error, 'UnsupportedMediaType')) {
    return new GoError(`server-side apply not available on the server: ${error.message}`, { cause: error });
  }
  const what = hasReason(error, 'Conflict')
    ? 'conflict occurred while applying'
    : 'server-side apply failed for';
  return new GoError(`${what} ${place}: ${error.message}`, { cause: error });
}

/** Updates one existing object from what it was in the last release. */
export async function updateObject(
  cluster: Cluster,
  original: Resource,
  target: Resource,
  options: ApplyOptions,
): Promise<JsonObject> {
  if (options.forceReplace === true) return replaceObject(cluster, target, options);
  if (!options.serverSide) return patchObject(cluster, original, target, options);
  if (options.claimsFields === true) await claimFields(cluster, original.ref, options);
  return applyObject(cluster, target, options);
}

async function replaceObject(
  cluster: Cluster,
  { ref, object }: Resource,
  { signal }: ApplyOptions,
): Promise<JsonObject> {
  try {
    return await retryConflicts(async () => {
      const live = await cluster.get(ref, { signal });
      const metadata = object['metadata'] as JsonObject;
      const { resourceVersion } = live['metadata'] as JsonObject;
      const body = { ...object, metadata: { ...metadata, resourceVersion } };
      return cluster.replace(ref, body, { fieldManager, fieldValidation: 'Strict', signal });
    }, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw wrapGoError('failed to replace object: ', error);
  }
}

async function patchObject(
  cluster: Cluster,
  original: Resource,
  target: Resource,
  options: ApplyOptions,
): Promise<JsonObject> {
  const live = await cluster.get(target.ref, { signal: options.signal });
  return patchLiveObject(
    cluster,
    { ref: target.ref, original: original.object, modified: target.object, current: live },
    options,
  );
}

/** Updates an object that was just read, by the patch Helm computes here. */
export async function patchLiveObject(
  cluster: Cluster,
  { ref, ...input }: ThreeWayInput & { readonly ref: ObjectRef },
  options: ApplyOptions,
): Promise<JsonObject> {
  const { signal, isDryRun = false } = options;
  const schema = await cluster.patchSchema(ref.mapping, { signal });
  const body = schema === undefined ? customPatch(input, options) : threeWayStrategicPatch(input, schema);
  if (Object.keys(body).length === 0) return input.current;
  const type = schema === undefined ? 'merge' : 'strategic';
  try {
    return await retryWhile(
      isRace,
      () => cluster.patch(ref, { type, body }, { fieldManager, isDryRun, signal }),
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    throw wrapGoError(`cannot patch ${JSON.stringify(ref.name)} with kind ${ref.mapping.kind}: `, error);
  }
}

/** Helm ignores the live state of custom resources unless it adopts them. */
function customPatch(input: ThreeWayInput, { threeWayForCustom }: ApplyOptions): JsonObject {
  if (threeWayForCustom !== true) return mergePatch(input.original, input.modified);
  try {
    return threeWayMergePatch(input);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GoError(`failed to create patch: ${reason}`, { cause: error });
  }
}

async function claimFields(cluster: Cluster, ref: ObjectRef, options: ApplyOptions): Promise<void> {
  const { signal, isDryRun = false } = options;
  await retryConflicts(async () => {
    const operations = claimFieldsPatch(await cluster.get(ref, { signal }), fieldManager);
    if (operations === undefined) return;
    const write = { fieldManager, fieldValidation: 'Strict', isDryRun, signal } as const;
    await cluster.patch(ref, { type: 'json', operations }, write);
  }, signal);
}
