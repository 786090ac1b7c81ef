/** RFC 6902 and RFC 7386 patches, carried out. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonPatchOperation } from '../../cluster.ts';
import { type JsonObject, objectOf } from '../../json-object.ts';

/** Merge patch: null removes, objects merge, everything else replaces. */
export function applyMergePatch(object: unknown, patch: unknown): unknown {
  const changes = objectOf(patch);
  if (changes === undefined) return patch;
  const result: Record<string, unknown> = { ...objectOf(object) };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete result[key];
    else result[key] = applyMergePatch(result[key], value);
  }
  return result;
}

/** An operation that cannot be carried out. */
export class JsonPatchFailure extends Error {
  constructor(path: string) {
    super(`cannot patch ${path}`);
    this.name = 'JsonPatchFailure';
  }
}

/** Throws JsonPatchFailure; a failed patch changes nothing. */
export function applyJsonPatch(object: JsonObject, operations: readonly JsonPatchOperation[]): JsonObject {
  return operations.reduce<JsonObject>((current, operation) => {
    const path = operation.path
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    return objectOf(operate(current, path, operation)) ?? {};
  }, object);
}

function operate(value: unknown, path: readonly string[], operation: JsonPatchOperation): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return replaced(value, operation);
  if (Array.isArray(value)) return operateOnList(value, path, operation);
  const object = objectOf(value);
  if (object === undefined) throw new JsonPatchFailure(operation.path);
  const isThere = Object.hasOwn(object, head);
  if (!isThere && (operation.op !== 'add' || rest.length > 0)) throw new JsonPatchFailure(operation.path);
  if (rest.length > 0 || operation.op === 'test') {
    return { ...object, [head]: operate(object[head], rest, operation) };
  }
  const { [head]: _, ...others } = object;
  return operation.op === 'remove' ? others : { ...object, [head]: operation.value };
}

function operateOnList(
  list: readonly unknown[],
  [head = '', ...rest]: readonly string[],
  operation: JsonPatchOperation,
): unknown {
  const index = head === '-' ? list.length : Number(head);
  const limit = operation.op === 'add' && rest.length === 0 ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > limit) throw new JsonPatchFailure(operation.path);
  if (rest.length > 0 || operation.op === 'test') {
    return list.with(index, operate(list[index], rest, operation));
  }
  if (operation.op === 'add') return list.toSpliced(index, 0, operation.value);
  return operation.op === 'remove' ? list.toSpliced(index, 1) : list.with(index, operation.value);
}

function replaced(value: unknown, operation: JsonPatchOperation): unknown {
  if (operation.op !== 'test') return operation.value;
  if (!isDeepStrictEqual(value, operation.value)) throw new JsonPatchFailure(operation.path);
  return value;
}
