import { Dict, deepEqual, type GoValue, parseYaml, sortedKeys } from '@flotilla/gocompat';
import { changeWords } from './change-entry.ts';
import type { ObjectChange } from './compare-manifests.ts';

/**
 * The `structured` layout of helm-diff 3.15.11: field by field, from the JSON merge patch of both objects.
 * Lists are compared index by index; a changed text without a changed field is no change here.
 */

interface FieldChange {
  readonly path: readonly string[];
  readonly change: 'add' | 'remove' | 'replace';
  readonly before: unknown;
  readonly after: unknown;
}

export interface StructuredReport {
  readonly text: string;
  readonly hasChanges: boolean;
}

/** A JSON array with one element per changed object. */
export function printStructured(
  changes: readonly ObjectChange[],
  suppressKinds: readonly string[],
): StructuredReport {
  const entries = changes.flatMap((change) => {
    const entry = entryOf(change, suppressKinds.includes(change.kind));
    return entry === undefined ? [] : [entry];
  });
  return { text: `${printJsonText(entries)}\n`, hasChanges: entries.length > 0 };
}

/** Keys in the order of Go's struct fields, characters escaped as encoding/json does. */
function printJsonText(entries: readonly object[]): string {
  return JSON.stringify(entries, null, 2).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function entryOf(change: ObjectChange, isSuppressed: boolean): object | undefined {
  const object = change.afterObject ?? change.beforeObject;
  if (object === undefined) return { name: change.key, changeType: changeWords[change.change] };
  const isModified = change.change === 'modify' || change.change === 'modify-suppressed';
  const fields = isModified ? compareFields(parse(change.before), parse(change.after), []) : [];
  if (isModified && fields.length === 0) return undefined;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(object.namespace === '' ? {} : { namespace: object.namespace }),
    name: object.name,
    changeType: changeWords[change.change === 'modify-suppressed' ? 'modify' : change.change],
    resourceStatus: {
      oldExists: change.beforeObject !== undefined,
      newExists: change.afterObject !== undefined,
    },
    ...(fields.length > 0 && !isSuppressed ? { changes: fields.map(fieldOf) } : {}),
    ...(isSuppressed ? { changesSuppressed: true } : {}),
  };
}

function parse(text: string | undefined): GoValue {
  return parseYaml(text ?? '', { dialect: 'v2' });
}

function fieldOf({ path, change, before, after }: FieldChange): object {
  const parent = printPath(path.slice(0, -1));
  return {
    ...(parent === '' ? {} : { path: parent }),
    field: path.at(-1) ?? '',
    change,
    ...(change === 'add' ? {} : { oldValue: sorted(before) }),
    ...(change === 'remove' ? {} : { newValue: sorted(after) }),
  };
}

/** A plain value whose maps list their keys as Go does. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Dict)
    return Object.fromEntries(sortedKeys(value).map((key) => [key, sorted(value[key])]));
  return value;
}

function printPath(tokens: readonly string[]): string {
  return tokens.reduce((text, token) => {
    if (/^[0-9]+$/.test(token)) return `${text}[${token}]`;
    return text === '' ? token : `${text}.${token}`;
  }, '');
}

function compareFields(before: unknown, after: unknown, path: readonly string[]): readonly FieldChange[] {
  if (deepEqual(before as GoValue, after as GoValue)) return [];
  if (before instanceof Dict && after instanceof Dict) return compareMaps(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (before === undefined) return [{ path, change: 'add', before, after }];
  if (after === undefined) return [{ path, change: 'remove', before, after }];
  return [{ path, change: 'replace', before, after }];
}

function compareMaps(before: Dict, after: Dict, path: readonly string[]): readonly FieldChange[] {
  const both = new Dict();
  for (const key of [...sortedKeys(before), ...sortedKeys(after)]) both[key] = null;
  return sortedKeys(both).flatMap((key) => compareFields(before[key], after[key], [...path, key]));
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
): readonly FieldChange[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) => index).flatMap((index) =>
    compareFields(before[index], after[index], [...path, String(index)]),
  );
}
