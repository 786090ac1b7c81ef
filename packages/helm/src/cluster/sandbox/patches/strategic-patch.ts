/** Strategic merge patches, carried out (Kubernetes' `StrategicMergePatch`): lists merge by their key, directives count. */
import type { PatchRules, PatchSchema } from '../../cluster.ts';
import { type JsonObject, objectOf } from '../../json-object.ts';

const orderPrefix = '$setElementOrder/';
const deletePrefix = '$deleteFromPrimitiveList/';

/** The object as the patch wants it; nothing of the inputs is changed. */
export function applyStrategicPatch(
  object: JsonObject,
  patch: JsonObject,
  schema: PatchSchema | undefined,
): JsonObject {
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  const result: Record<string, unknown> = { ...object };
  retainKeys(result, patch);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(deletePrefix)) deleteScalars(result, key.slice(deletePrefix.length), value);
    if (key.startsWith('$')) continue;
    if (value === null) delete result[key];
    else
      result[key] = patchedValue(result[key], value, {
        field: schema?.field(key),
        order: orderOf(patch, key),
      });
  }
  for (const key of Object.keys(patch)) {
    const name = key.startsWith(orderPrefix) ? key.slice(orderPrefix.length) : '';
    if (name !== '' && !Object.hasOwn(patch, name)) reorder(result, name, patch, schema);
  }
  return result;
}

type Field = ReturnType<PatchSchema['field']>;

interface ValueRules {
  readonly field: Field;
  readonly order: readonly unknown[] | undefined;
}

function orderOf(patch: JsonObject, key: string): readonly unknown[] | undefined {
  const order = patch[`${orderPrefix}${key}`];
  return Array.isArray(order) ? order : undefined;
}

function retainKeys(result: Record<string, unknown>, patch: JsonObject): void {
  const keys = patch['$retainKeys'];
  if (!Array.isArray(keys)) return;
  for (const key of Object.keys(result)) if (!keys.includes(key)) delete result[key];
}

function deleteScalars(result: Record<string, unknown>, key: string, values: unknown): void {
  const list = result[key];
  if (Array.isArray(list) && Array.isArray(values)) {
    result[key] = list.filter((item) => !values.includes(item));
  }
}

function patchedValue(live: unknown, value: unknown, { field, order }: ValueRules): unknown {
  const object = objectOf(value);
  if (object !== undefined) {
    return applyStrategicPatch(objectOf(live) ?? {}, object, field?.schema);
  }
  if (!Array.isArray(value) || field?.rules.strategies.includes('merge') !== true) return value;
  return patchedList(Array.isArray(live) ? live : [], value, { field, order });
}

function patchedList(
  live: readonly unknown[],
  items: readonly unknown[],
  { field, order }: ValueRules,
): readonly unknown[] {
  const mergeKey = field?.rules.mergeKey ?? '';
  if (items.some((item) => objectOf(item)?.['$patch'] === 'replace')) {
    return items.filter((item) => objectOf(item)?.['$patch'] === undefined);
  }
  if (!items.some((item) => objectOf(item) !== undefined)) {
    return ordered([...live, ...items.filter((item) => !live.includes(item))], order, '');
  }
  const result = [...live];
  for (const item of items) mergeItem(result, objectOf(item) ?? {}, mergeKey, field?.schema);
  return ordered(result, order, mergeKey);
}

function mergeItem(
  result: unknown[],
  item: JsonObject,
  mergeKey: string,
  schema: PatchSchema | undefined,
): void {
  const index = result.findIndex((each) => objectOf(each)?.[mergeKey] === item[mergeKey]);
  if (item['$patch'] === 'delete') {
    if (index !== -1) result.splice(index, 1);
    return;
  }
  const merged = applyStrategicPatch(objectOf(result[index]) ?? {}, item, schema);
  if (index === -1) result.push(merged);
  else result[index] = merged;
}

/** What the order names comes in its order; what only the server has stays behind what it followed. */
function ordered(
  list: readonly unknown[],
  order: readonly unknown[] | undefined,
  mergeKey: string,
): readonly unknown[] {
  if (order === undefined) return list;
  const idOf = (item: unknown): unknown => (mergeKey === '' ? item : objectOf(item)?.[mergeKey]);
  const rank = new Map(order.map((item, index) => [idOf(item), index]));
  const named = list
    .filter((item) => rank.has(idOf(item)))
    .sort((a, b) => (rank.get(idOf(a)) ?? 0) - (rank.get(idOf(b)) ?? 0));
  const result: unknown[] = [];
  let next = 0;
  for (const item of list) {
    if (rank.has(idOf(item))) {
      result.push(named[next]);
      next += 1;
    } else result.push(item);
  }
  return result;
}

function reorder(
  result: Record<string, unknown>,
  key: string,
  patch: JsonObject,
  schema: PatchSchema | undefined,
): void {
  const list = result[key];
  const rules: PatchRules | undefined = schema?.field(key)?.rules;
  const isOfObjects = Array.isArray(list) && objectOf(list[0]) !== undefined;
  if (Array.isArray(list)) {
    result[key] = ordered(list, orderOf(patch, key), isOfObjects ? (rules?.mergeKey ?? '') : '');
  }
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')));
}
