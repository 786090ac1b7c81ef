import { type DyffEntry, type DyffNode, fieldValue } from './dyff-node.ts';

/** The order in which dyff prints the keys of what was added or removed: known ones first, then flat values before deep ones. */

/** Keys that identify or describe; the list with the most hits applies, the first one among equals. */
const knownOrders: readonly (readonly string[])[] = [
  ['name', 'director_uuid', 'releases', 'instance_groups', 'networks', 'resource_pools', 'compilation'],
  ['name', 'url', 'version', 'sha1'],
  ['jobs', 'resources', 'resource_types'],
  ['name', 'type', 'source'],
  ['get'],
  ['put'],
  ['task'],
  ['releases', 'instance_groups', 'configuration', 'variables'],
  ['auth', 'templates'],
  ['apiVersion', 'kind', 'metadata', 'spec', 'status'],
  ['name'],
  ['key'],
  ['id'],
];

/** The same node with its keys in dyff's order, at every depth. */
export function restructure(node: DyffNode): DyffNode {
  switch (node.kind) {
    case 'scalar':
      return node;
    case 'list':
      return { kind: 'list', items: node.items.map(restructure) };
    case 'map':
      return { kind: 'map', entries: restructureEntries(node.entries) };
    default: {
      const impossible: never = node;
      return impossible;
    }
  }
}

/** The entries of one map in dyff's order, their values restructured. */
export function restructureEntries(entries: readonly DyffEntry[]): readonly DyffEntry[] {
  return reorder(entries).map((entry) => ({ ...entry, value: restructure(entry.value) }));
}

function reorder(entries: readonly DyffEntry[]): readonly DyffEntry[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  let best: readonly string[] = [];
  for (const order of knownOrders) {
    const hits = order.filter((key) => byKey.has(key));
    if (hits.length > best.length) best = hits;
  }
  if (best.length === 0) return entries;
  const known = best.flatMap((key) => byKey.get(key) ?? []);
  const rest = entries
    .filter(({ key }) => !best.includes(key))
    .map((entry) => ({ entry, depth: depthOf(entry.value) }))
    .sort((left, right) => left.depth - right.depth)
    .map(({ entry }) => entry);
  return [...known, ...rest];
}

/** Steps to the deepest scalar; the name of an item does not count. */
function depthOf(node: DyffNode): number {
  if (node.kind === 'scalar') return 0;
  if (node.kind === 'map') return deepest(node.entries.map(({ value }) => value));
  const identifier = ['name', 'key', 'id'].find(
    (key) => node.items.length > 0 && node.items.every((item) => fieldValue(item, key) !== undefined),
  );
  if (identifier === undefined) return deepest(node.items);
  const inner = node.items.map((item): DyffNode => {
    const entries = item.kind === 'map' ? item.entries : [];
    return { kind: 'map', entries: entries.filter(({ key }) => key !== identifier) };
  });
  return deepest(inner);
}

function deepest(nodes: readonly DyffNode[]): number {
  const depths = nodes.filter(hasScalar).map((node) => 1 + depthOf(node));
  return Math.max(0, ...depths);
}

function hasScalar(node: DyffNode): boolean {
  if (node.kind === 'scalar') return true;
  const inner = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  return inner.some(hasScalar);
}
