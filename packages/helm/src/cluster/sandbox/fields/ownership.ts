/**
 * Who owns which fields (managedFields), kept as the API server keeps it. Comes in: live and wanted objects, the manager.
 * Goes out: objects with their managers brought up to date, or the conflicts that stand in the way of an apply.
 */
import { type JsonObject, listAt, objectOf, textAt, withMetadata } from '../../json-object.ts';
import type { ValueType } from '../schema/type-schema.ts';
import {
  claimedFields,
  compareValues,
  differenceOf,
  emptySet,
  type FieldSet,
  isEmptySet,
  overlapOf,
  pathsOf,
  setFromV1,
  setToV1,
  unionOf,
  withoutPaths,
} from './field-set.ts';
import { mergeValues, pruneValue } from './merge-values.ts';

interface Manager {
  readonly manager: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string;
  readonly fields: FieldSet;
}

export interface WriteIdentity {
  readonly manager: string;
  readonly apiVersion: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

export interface Conflict {
  /** As people read it: `"kubectl" using apps/v1`. */
  readonly manager: string;
  readonly paths: readonly string[];
}

/** Fields no manager owns. */
const unowned: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'generation', 'managedFields'].map(
    (name) => ['f:metadata', `f:${name}`],
  ),
  ['f:metadata', 'f:resourceVersion'],
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:deletionGracePeriodSeconds'],
];

function ownable(set: FieldSet): FieldSet {
  return withoutPaths({ ...set, isMember: false }, unowned);
}

export interface Update {
  readonly type: ValueType;
  readonly identity: WriteIdentity;
  /** What the cluster itself has filled in. */
  readonly ignored: readonly (readonly string[])[];
}

/** The object with its managers after an update, patch or create by `identity`. */
export function recordUpdate(
  before: JsonObject | undefined,
  after: JsonObject,
  { type, identity, ignored }: Update,
): JsonObject {
  const { changed, removed } = compareValues(before ?? {}, after, type);
  const [ours, gone] = [changed, removed].map((set) => withoutPaths(ownable(set), ignored)) as [
    FieldSet,
    FieldSet,
  ];
  const managers = readManagers(after);
  const isOwn = (each: Manager): boolean =>
    each.operation === 'Update' &&
    each.manager === identity.manager &&
    each.apiVersion === identity.apiVersion &&
    each.subresource === '';
  const mine = managers.find(isOwn);
  const next = managers.filter((each) => !isOwn(each)).map((each) => without(each, unionOf(ours, gone)));
  const fields = differenceOf(unionOf(mine?.fields ?? emptySet, ours), gone);
  const isChanged = !isEmptySet(ours) || !isEmptySet(overlapOf(mine?.fields ?? emptySet, gone));
  next.push({
    ...identity,
    operation: 'Update',
    subresource: '',
    time: isChanged ? identity.time : (mine?.time ?? identity.time),
    fields,
  });
  return withManagers(after, next);
}

function without(manager: Manager, fields: FieldSet): Manager {
  return { ...manager, fields: differenceOf(manager.fields, fields) };
}

export interface Application {
  readonly type: ValueType;
  readonly identity: WriteIdentity;
  readonly force: boolean;
}

/** Server-side apply on the live object, `{}` when there is none: the new object, or conflicts. */
export function applyObject(
  live: JsonObject,
  applied: JsonObject,
  { type, identity, force }: Application,
): { readonly object: JsonObject } | { readonly conflicts: readonly Conflict[] } {
  const managers = readManagers(live);
  const isOwn = (each: Manager): boolean =>
    each.operation === 'Apply' && each.manager === identity.manager && each.subresource === '';
  const last = managers.find(isOwn);
  const others = managers.filter((each) => !isOwn(each));
  const claimed = ownable(claimedFields(applied, type));
  const merged = mergeValues(live, applied, type);
  const kept = others.reduce((all, each) => unionOf(all, each.fields), claimed);
  const pruned = last === undefined ? merged : pruneValue(merged, { type, last: last.fields, kept });
  const object = objectOf(pruned) ?? {};
  const { changed, removed } = compareValues(live, object, type);
  const conflicts = others.flatMap((each) => conflictOf(each, changed));
  if (conflicts.length > 0 && !force) return { conflicts };
  const lost = ownable(unionOf(changed, removed));
  const next = others.map((each) => without(each, lost)).filter(({ fields }) => !isEmptySet(fields));
  const isSame = last !== undefined && sameSet(last.fields, claimed) && isEmptySet(lost);
  const time = isSame ? last.time : identity.time;
  next.push({ ...identity, operation: 'Apply', subresource: '', time, fields: claimed });
  return { object: withManagers(object, next) };
}

function sameSet(a: FieldSet, b: FieldSet): boolean {
  return isEmptySet(differenceOf(a, b)) && isEmptySet(differenceOf(b, a));
}

function conflictOf(manager: Manager, changed: FieldSet): readonly Conflict[] {
  const overlap = overlapOf(manager.fields, ownable(changed));
  if (isEmptySet(overlap)) return [];
  return [{ manager: managerText(manager), paths: pathsOf(overlap) }];
}

/** Those that apply go by their name alone. */
function managerText({ manager, subresource, operation, apiVersion }: Manager): string {
  const part = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return `${JSON.stringify(manager)}${part}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

/** The API server's words for conflicts. */
export function conflictMessage(conflicts: readonly Conflict[]): string {
  const count = conflicts.reduce((sum, { paths }) => sum + paths.length, 0);
  const texts = [...conflicts]
    .sort((a, b) => (a.manager < b.manager ? -1 : 1))
    .map(({ manager, paths }) =>
      paths.length === 1
        ? `conflict with ${manager}: ${paths.join('')}`
        : `conflicts with ${manager}:\n${paths.map((path) => `- ${path}`).join('\n')}`,
    );
  return `Apply failed with ${count} conflict${count === 1 ? '' : 's'}: ${texts.join('\n')}`;
}

function readManagers(object: JsonObject): readonly Manager[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => ({
    manager: textAt(entry, 'manager'),
    operation: textAt(entry, 'operation'),
    apiVersion: textAt(entry, 'apiVersion'),
    subresource: textAt(entry, 'subresource'),
    time: textAt(entry, 'time'),
    fields: { ...setFromV1(objectOf(entry)?.['fieldsV1']), isMember: false },
  }));
}

function withManagers(object: JsonObject, managers: readonly Manager[]): JsonObject {
  const kept = managers.filter(({ fields, operation }) => operation === 'Apply' || !isEmptySet(fields));
  const entries = kept.sort(compareManagers).map((each) => ({
    manager: each.manager,
    operation: each.operation,
    apiVersion: each.apiVersion,
    time: each.time,
    fieldsType: 'FieldsV1',
    fieldsV1: setToV1(each.fields),
    ...(each.subresource === '' ? {} : { subresource: each.subresource }),
  }));
  return withMetadata(object, { managedFields: entries.length === 0 ? undefined : entries });
}

function compareManagers(a: Manager, b: Manager): number {
  const order = (each: Manager): readonly string[] => [
    each.operation,
    each.time,
    each.manager,
    each.apiVersion,
    each.subresource,
  ];
  const [left, right] = [order(a), order(b)];
  for (const [index, text] of left.entries()) {
    const other = right[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
