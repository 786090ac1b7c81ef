/** JSON merge patches (RFC 7386): how custom resources are patched client-side. */
import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, objectOf, textAt } from './json-object.ts';
import type { ThreeWayInput } from './strategic-merge.ts';

/** The patch from one object to another; `{}` when they are equal. */
export function mergePatch(from: JsonObject, to: JsonObject): JsonObject {
  return { ...changesOf(from, to), ...deletionsOf(from, to, false) };
}

/** Thrown when a three-way patch would turn an object into another one. */
export class IdentityChanged extends Error {
  constructor() {
    super('precondition failed: at least one field was changed: apiVersion, kind or name');
    this.name = 'IdentityChanged';
  }
}

/** As {@link mergePatch}, but deletions come from original → modified and changes from current → modified. */
export function threeWayMergePatch({ original, modified, current }: ThreeWayInput): JsonObject {
  const patch = joined(deletionsOf(original, modified, true), changesOf(current, modified));
  if ('apiVersion' in patch || 'kind' in patch || hasName(patch)) throw new IdentityChanged();
  return patch;
}

function hasName(patch: JsonObject): boolean {
  return textAt(patch, 'metadata', 'name') !== '';
}

function changesOf(from: JsonObject, to: JsonObject): JsonObject {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(to)) {
    if (!Object.hasOwn(from, key)) {
      patch[key] = value;
      continue;
    }
    const [a, b] = [objectOf(from[key]), objectOf(value)];
    if (a !== undefined && b !== undefined) {
      const inner = { ...changesOf(a, b), ...deletionsOf(a, b, false) };
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!isDeepStrictEqual(from[key], value)) {
      patch[key] = value;
    }
  }
  return patch;
}

function deletionsOf(from: JsonObject, to: JsonObject, isDeep: boolean): JsonObject {
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(from)) {
    if (!Object.hasOwn(to, key)) {
      patch[key] = null;
      continue;
    }
    const [a, b] = [objectOf(from[key]), objectOf(to[key])];
    if (!isDeep || a === undefined || b === undefined) continue;
    const inner = deletionsOf(a, b, true);
    if (Object.keys(inner).length > 0) patch[key] = inner;
  }
  return patch;
}

function joined(a: JsonObject, b: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const [left, right] = [objectOf(a[key]), objectOf(value)];
    result[key] = left !== undefined && right !== undefined ? joined(left, right) : value;
  }
  return result;
}
