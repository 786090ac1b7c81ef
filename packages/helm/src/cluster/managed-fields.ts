/**
 * From client-side to server-side ownership: the fields an object's client-side manager holds become fields it applies,
 * so that fields dropped later are really removed (client-go's `csaupgrade`). In: a live object. Out: a JSON patch.
 */
import type { JsonPatchOperation } from './cluster.ts';
import { type JsonObject, listAt, objectOf, textAt } from './json-object.ts';

/** The operations, or undefined when the manager owns nothing client-side. */
export function claimFieldsPatch(
  live: JsonObject,
  manager: string,
): readonly JsonPatchOperation[] | undefined {
  const entries = listAt(live, 'metadata', 'managedFields').map((entry) => objectOf(entry) ?? {});
  const claimed = claimFields(entries, manager);
  if (claimed === undefined) return undefined;
  return [
    { op: 'replace', path: '/metadata/managedFields', value: claimed },
    {
      op: 'replace',
      path: '/metadata/resourceVersion',
      value: textAt(live, 'metadata', 'resourceVersion'),
    },
  ];
}

function claimFields(entries: readonly JsonObject[], manager: string): readonly JsonObject[] | undefined {
  const isOwn = (entry: JsonObject, operation: string): boolean =>
    textAt(entry, 'manager') === manager &&
    textAt(entry, 'operation') === operation &&
    textAt(entry, 'subresource') === '';
  const updates = entries.filter((entry) => isOwn(entry, 'Update'));
  if (updates.length === 0) return undefined;
  const applied = entries.find((entry) => isOwn(entry, 'Apply')) ?? latest(updates);
  const sameVersion = updates.find((entry) => textAt(entry, 'apiVersion') === textAt(applied, 'apiVersion'));
  const claim: JsonObject = {
    ...applied,
    operation: 'Apply',
    fieldsV1: union(objectOf(applied['fieldsV1']), objectOf(sameVersion?.['fieldsV1'])),
  };
  return entries.flatMap((entry) => {
    if (entry === applied) return [claim];
    return isOwn(entry, 'Update') ? [] : [entry];
  });
}

/** Times are RFC 3339 in UTC and whole seconds, so they sort as texts. */
function latest(entries: readonly JsonObject[]): JsonObject {
  return entries.reduce((best, entry) => (textAt(entry, 'time') > textAt(best, 'time') ? entry : best));
}

/** Field sets are trees of empty leaves. */
function union(a: JsonObject = {}, b: JsonObject = {}): JsonObject {
  const result: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    result[key] = union(objectOf(a[key]), objectOf(value));
  }
  return result;
}
