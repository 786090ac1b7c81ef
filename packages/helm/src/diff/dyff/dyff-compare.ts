import { childPath, type DyffDetail, type DyffDifference, type DyffPath } from './dyff-difference.ts';
import { compareLists } from './dyff-lists.ts';
import type { DyffEntry, DyffNode, DyffScalar } from './dyff-node.ts';

/**
 * Differences between two nodes, in the order and the grouping of dyff 1.12.0 with white space ignored.
 * In: two nodes. Out: differences with their path. Not its business: documents, printing.
 */

/** All differences below `path`. */
export function compareNodes(path: DyffPath, from: DyffNode, to: DyffNode): readonly DyffDifference[] {
  if (from.kind === 'map' && to.kind === 'map') return compareMaps(path, from.entries, to.entries);
  if (from.kind === 'list' && to.kind === 'list')
    return compareLists(path, { from: from.items, to: to.items }, compareNodes);
  if (from.kind === 'scalar' && to.kind === 'scalar' && areSameScalars(from, to)) return [];
  return [{ path, details: [{ kind: 'modified', from, to }] }];
}

function areSameScalars(from: DyffScalar, to: DyffScalar): boolean {
  if (from.type !== to.type) return false;
  switch (from.type) {
    case 'string':
      return from.value === to.value || trimmed(from.value) === trimmed(to.value);
    case '<nil>':
      return true;
    case 'bool':
      return from.value.toLowerCase() === to.value.toLowerCase();
    case 'int':
    case 'float':
    case 'timestamp':
    case 'binary':
      return from.value === to.value;
    default: {
      const impossible: never = from.type;
      return impossible;
    }
  }
}

function trimmed(text: string): string {
  return text.replace(/^[ \n]+/, '').replace(/[ \n]+$/, '');
}

function compareMaps(
  path: DyffPath,
  from: readonly DyffEntry[],
  to: readonly DyffEntry[],
): readonly DyffDifference[] {
  const before = firstByKey(from);
  const after = firstByKey(to);
  const below = from.flatMap(({ key, value }) => {
    const other = after.get(key);
    return other === undefined ? [] : compareNodes(childPath(path, key), value, other);
  });
  const removed = from.filter(({ key }) => !after.has(key));
  const added = to.filter(({ key }) => !before.has(key));
  const details: DyffDetail[] = [];
  if (removed.length > 0) details.push({ kind: 'removed', what: { kind: 'entries', entries: removed } });
  if (added.length > 0) details.push({ kind: 'added', what: { kind: 'entries', entries: added } });
  return details.length > 0 ? [{ path, details }, ...below] : below;
}

/** The first value of keys that repeat. */
function firstByKey(entries: readonly DyffEntry[]): ReadonlyMap<string, DyffNode> {
  const result = new Map<string, DyffNode>();
  for (const { key, value } of entries) if (!result.has(key)) result.set(key, value);
  return result;
}
