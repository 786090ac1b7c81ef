/**
 * From what a user sends to what is stored: decoded, defaulted, completed, checked. Comes in: the kind, the object before
 * and after. Goes out: the object, or ClusterError as the API server words it. Not its business: ownership, storing.
 */
import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, nameOf, objectOf, textAt, withMetadata } from '../../json-object.ts';
import { badRequest, internal, invalid } from '../api-errors.ts';
import type { KindInfo } from '../catalogue.ts';
import { allocate } from './allocate.ts';
import { applyProblemText, decodeProblemText, shapeProblems } from './check-types.ts';
import { withDefaults } from './defaults.ts';
import { normalize } from './normalize.ts';
import { changeProblems, objectProblems } from './validate.ts';

/** Throws ClusterError for values of the wrong type, and for unknown fields when that is asked for. */
export function checkDecodable(info: KindInfo, object: JsonObject, isStrict: boolean): void {
  const { kind, version } = info.mapping;
  const prefix = `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}:`;
  const problems = shapeProblems(object, info.type);
  for (const problem of problems) {
    const text = decodeProblemText(problem);
    if (text !== undefined) throw badRequest(`${prefix} ${text}`);
  }
  const unknown = problems.flatMap((each) => (each.problem === 'unknown' ? [each.path.slice(1)] : []));
  if (!isStrict || unknown.length === 0) return;
  const texts = unknown.map((path) => `unknown field ${JSON.stringify(path)}`);
  throw badRequest(`${prefix} strict decoding error: ${texts.join(', ')}`);
}

/** Throws ClusterError when an applied object does not have the shape of its kind. */
export function checkAppliable(info: KindInfo, object: JsonObject): void {
  const texts = shapeProblems(object, info.type).map(applyProblemText);
  if (texts.length === 0) return;
  const { group, version, kind } = info.mapping;
  const place = `${textAt(object, 'metadata', 'namespace')}/${nameOf(object)}; ${group}/${version}, Kind=${kind}`;
  const text =
    texts.length === 1 ? texts.join('') : `errors:\n${texts.map((each) => `  ${each}`).join('\n')}`;
  throw internal(`failed to create typed patch object (${place}): ${text}`);
}

export interface Preparation {
  readonly info: KindInfo;
  readonly before: JsonObject | undefined;
  readonly now: number;
  readonly newUid: () => string;
}

/** Everything but checks; `before` is what a managed-fields comparison starts from. */
export function completeObject(after: JsonObject, { info, before, now, newUid }: Preparation): JsonObject {
  const identified = withMetadata(
    withStatusOf(info, before, after),
    before === undefined ? { uid: newUid(), creationTimestamp: timestampOf(now) } : keptMetadata(before),
  );
  const defaulted = info.isCustom
    ? identified
    : normalize(withDefaults(info.store, normalize(identified, info.type)), info.type);
  const allocated = allocate(info.store, before, defaulted);
  return info.hasGeneration ? withGeneration(before, allocated) : allocated;
}

function keptMetadata(before: JsonObject): JsonObject {
  const metadata = objectOf(before['metadata']) ?? {};
  const names = ['uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'];
  return Object.fromEntries(names.filter((name) => name in metadata).map((name) => [name, metadata[name]]));
}

/** Users do not write status where it is apart. */
function withStatusOf(info: KindInfo, before: JsonObject | undefined, after: JsonObject): JsonObject {
  if (!info.hasStatus) return after;
  const { status: _, ...rest } = after;
  const status = before === undefined ? firstStatus(info.store) : before['status'];
  return status === undefined ? rest : { ...rest, status };
}

function firstStatus(store: string): JsonObject | undefined {
  switch (store) {
    case '/namespaces':
      return { phase: 'Active' };
    case '/pods':
    case '/persistentvolumeclaims':
      return { phase: 'Pending' };
    case 'apps/statefulsets':
      return { replicas: 0, availableReplicas: 0 };
    case 'apps/replicasets':
      return { replicas: 0 };
    case 'apps/daemonsets':
      return {
        currentNumberScheduled: 0,
        numberMisscheduled: 0,
        desiredNumberScheduled: 0,
        numberReady: 0,
      };
    default:
      return undefined;
  }
}

function withGeneration(before: JsonObject | undefined, after: JsonObject): JsonObject {
  if (before === undefined) return withMetadata(after, { generation: 1 });
  const wanted = (object: JsonObject): JsonObject => ({ ...object, metadata: undefined, status: undefined });
  const generation = Number(objectOf(before['metadata'])?.['generation'] ?? 1);
  const isSame = isDeepStrictEqual(wanted(before), wanted(after));
  return withMetadata(after, { generation: isSame ? generation : generation + 1 });
}

/** Throws ClusterError (Invalid) with every problem. */
export function checkObject(info: KindInfo, before: JsonObject | undefined, after: JsonObject): void {
  const problems = [
    ...objectProblems(info, after),
    ...(before === undefined ? [] : changeProblems(info, before, after)),
  ];
  if (problems.length > 0) throw invalid(info, nameOf(after), problems);
}

/** RFC 3339 in UTC, whole seconds. */
export function timestampOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
