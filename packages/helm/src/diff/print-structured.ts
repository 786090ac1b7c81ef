import { fromJs, GoStruct, parseYaml, toGoJson, toJs, YamlError } from '@flotilla/gocompat';
import { type JsonObject, nameOf, namespaceOf, objectOf, textAt } from '../cluster/json-object.ts';
import { changeEntry, changeWords } from './change-entry.ts';
import { compareFields, type FieldChange, IncomparableItems } from './compare-fields.ts';
import type { ObjectChange } from './compare-manifests.ts';

/**
 * The `structured` layout of helm-diff 3.15.11: a JSON array with one element per changed object, its fields one by one.
 * A changed text without a changed field is no change here.
 */

export interface StructuredReport {
  readonly text: string;
  readonly hasChanges: boolean;
}

/** Prints the changes; kinds of `suppressKinds` without their fields. */
export function printStructured(
  changes: readonly ObjectChange[],
  suppressKinds: readonly string[],
): StructuredReport {
  const entries = changes.flatMap((change) => {
    const entry = entryOf(change, suppressKinds.includes(change.kind));
    return entry === undefined ? [] : [entry];
  });
  return { text: `${toGoJson(entries, { indent: '  ' })}\n`, hasChanges: entries.length > 0 };
}

function entryOf(change: ObjectChange, isSuppressed: boolean): GoStruct | undefined {
  if (change.change === 'ownership') return bareEntry(change);
  try {
    return fullEntry(change, isSuppressed);
  } catch (error) {
    if (error instanceof IncomparableItems || error instanceof YamlError) return bareEntry(change);
    throw error;
  }
}

/** What is left when the fields are not told: the key and what happened. */
function bareEntry({ key, change }: ObjectChange): GoStruct {
  return struct({ name: key, changeType: changeWords[change], resourceStatus: status(false, false) });
}

function fullEntry(given: ObjectChange, isSuppressed: boolean): GoStruct | undefined {
  const isModified = given.before !== undefined && given.after !== undefined;
  const [before, after] = [readObject(given.before), readObject(given.after)];
  const fields = isModified && !isSuppressed ? compareFields(before ?? {}, after ?? {}) : [];
  if (isModified && !isSuppressed && fields.length === 0) return undefined;
  return struct({
    ...headOf(given, [before, after]),
    changeType: isModified ? changeWords.modify : changeWords[given.change],
    resourceStatus: status(given.before !== undefined, given.after !== undefined),
    changes: fields.length === 0 ? undefined : fields.map(fieldStruct),
    changesSuppressed: isSuppressed ? true : undefined,
  });
}

function readObject(text: string | undefined): JsonObject | undefined {
  return text === undefined ? undefined : objectOf(toJs(parseYaml(text, { dialect: 'v2' })));
}

/** Who it is: what the old object says, then the new one, then the key. */
function headOf(
  change: ObjectChange,
  sides: readonly (JsonObject | undefined)[],
): Readonly<Record<string, string | undefined>> {
  const objects = sides.filter((side) => side !== undefined);
  const first = (read: (object: JsonObject) => string): string | undefined =>
    objects.map(read).find((text) => text !== '');
  const entry = changeEntry(change);
  return {
    apiVersion: first((object) => textAt(object, 'apiVersion')) ?? entry?.api,
    kind: first((object) => textAt(object, 'kind')) ?? entry?.kind,
    namespace: first(namespaceOf) ?? entry?.namespace,
    name: first(nameOf) ?? entry?.name,
  };
}

function status(oldExists: boolean, newExists: boolean): GoStruct {
  return struct({ oldExists, newExists });
}

function fieldStruct({ path, change, before, after }: FieldChange): GoStruct {
  return struct({
    path: printPath(path.slice(0, -1)) || undefined,
    field: path.at(-1) || undefined,
    change,
    oldValue: before ?? undefined,
    newValue: after ?? undefined,
  });
}

/** A struct of Go: fields in this order, undefined ones left out. */
function struct(members: Readonly<Record<string, unknown>>): GoStruct {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  const fields = new Map(given.map(([name, value]) => [name, goValue(value)]));
  return new GoStruct({ goType: 'diff.StructuredEntry', isPointer: false, fields, methods: new Map() });
}

function goValue(value: unknown): unknown {
  if (value instanceof GoStruct) return value;
  if (Array.isArray(value) && value[0] instanceof GoStruct) return value;
  return fromJs(value);
}

function printPath(tokens: readonly string[]): string {
  return tokens.reduce((text, token) => {
    if (token === '') return text;
    if (/^[0-9]+$/.test(token)) return `${text}[${token}]`;
    return text === '' ? token : `${text}.${token}`;
  }, '');
}
