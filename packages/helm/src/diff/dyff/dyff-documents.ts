import { compareNodes } from './dyff-compare.ts';
import { type DyffDifference, resourceName } from './dyff-difference.ts';
import { type DyffNode, fingerprint, stringNode } from './dyff-node.ts';

/**
 * Two files of documents, matched by resource name when every document has one, else by position (dyff 1.12.0).
 * In: documents. Out: differences, then documents removed and added, then a change of order.
 */

export interface DyffReport {
  readonly differences: readonly DyffDifference[];
  /** Paths tell the document when there are several. */
  readonly showsDocument: boolean;
}

interface NamedDocument {
  readonly name: string;
  readonly node: DyffNode;
}

/** Compares all documents of two files. */
export function compareDocuments(
  from: readonly DyffNode[],
  to: readonly DyffNode[],
  detectsRenames: boolean,
): DyffReport {
  const fromNamed = named(from);
  const toNamed = named(to);
  if (fromNamed === undefined || toNamed === undefined) return compareByPosition(from, to);
  return {
    differences: compareByName(fromNamed, toNamed, detectsRenames),
    showsDocument: fromNamed.length > 1,
  };
}

/** Undefined when a document is no resource; empty documents do not count. */
function named(documents: readonly DyffNode[]): readonly NamedDocument[] | undefined {
  const result: NamedDocument[] = [];
  for (const node of documents) {
    if (node.kind === 'scalar' && node.type === '<nil>') continue;
    const name = resourceName(node);
    if (name === undefined) return undefined;
    result.push({ name, node });
  }
  return result;
}

function compareByPosition(from: readonly DyffNode[], to: readonly DyffNode[]): DyffReport {
  if (from.length !== to.length) return { differences: [], showsDocument: false };
  const differences = from.flatMap((node, index) => {
    const other = to[index];
    const path = { document: `document #${index + 1}`, elements: [] };
    return other === undefined ? [] : compareNodes(path, node, other);
  });
  return { differences, showsDocument: from.length > 1 };
}

type Named = readonly NamedDocument[];

function compareByName(from: Named, to: Named, detectsRenames: boolean): readonly DyffDifference[] {
  const fromNodes = new Map(from.map(({ name, node }) => [name, node]));
  const toNodes = new Map(to.map(({ name, node }) => [name, node]));
  const below = from.flatMap(({ name }) => {
    const [before, after] = [fromNodes.get(name), toNodes.get(name)];
    if (before === undefined || after === undefined) return [];
    return compareNodes({ document: name, elements: [] }, before, after);
  });
  const removed = from.filter(({ name }) => !toNodes.has(name));
  const added = to.filter(({ name }) => !fromNodes.has(name));
  const renames = detectsRenames ? findRenames(removed, added) : [];
  const isRenamed = (each: NamedDocument): boolean => renames.some((pair) => pair.includes(each));
  return [
    ...below,
    ...renames.flatMap(([before, after]) =>
      compareNodes({ document: after.name, elements: [] }, before.node, after.node),
    ),
    ...removed.filter((each) => !isRenamed(each)).map((each) => whole('removed', each)),
    ...added.filter((each) => !isRenamed(each)).map((each) => whole('added', each)),
    ...orderChange(namesWithout(from, isRenamed), namesWithout(to, isRenamed)),
  ];
}

function whole(kind: 'removed' | 'added', { name, node }: NamedDocument): DyffDifference {
  return { path: { document: name, elements: [] }, details: [{ kind, what: { kind: 'documents', node } }] };
}

function namesWithout(documents: Named, isOut: (each: NamedDocument) => boolean): readonly string[] {
  return documents.filter((each) => !isOut(each)).map(({ name }) => name);
}

function orderChange(from: readonly string[], to: readonly string[]): readonly DyffDifference[] {
  if (from.length !== to.length || from.every((name, index) => name === to[index])) return [];
  const details = [{ kind: 'reordered', from: from.map(stringNode), to: to.map(stringNode) }] as const;
  return [{ path: { document: undefined, elements: [] }, details }];
}

/** Share of equal fields from which two documents count as one that was renamed. */
const renameScore = 0.6;

function findRenames(removed: Named, added: Named): readonly (readonly [NamedDocument, NamedDocument])[] {
  const taken = new Set<NamedDocument>();
  return removed.flatMap((before): readonly (readonly [NamedDocument, NamedDocument])[] => {
    const scored = added
      .filter((after) => !taken.has(after))
      .map((after) => ({ after, score: similarity(before.node, after.node) }))
      .filter(({ score }) => score >= renameScore)
      .sort((left, right) => right.score - left.score);
    const best = scored[0]?.after;
    if (best === undefined) return [];
    taken.add(best);
    return [[before, best]];
  });
}

function similarity(from: DyffNode, to: DyffNode): number {
  if (fingerprint(from) === fingerprint(to)) return 1;
  const [left, right] = [leavesOf(from), leavesOf(to)];
  const counts = new Map<string, number>();
  for (const leaf of left) counts.set(leaf, (counts.get(leaf) ?? 0) + 1);
  let common = 0;
  for (const leaf of right) {
    const count = counts.get(leaf) ?? 0;
    if (count === 0) continue;
    counts.set(leaf, count - 1);
    common++;
  }
  return common / Math.max(left.length, right.length, 1);
}

function leavesOf(node: DyffNode, key = ''): readonly string[] {
  if (node.kind === 'scalar') return [`${key}=${fingerprint(node)}`];
  if (node.kind === 'list') return node.items.flatMap((item) => leavesOf(item, key));
  return node.entries.flatMap((entry) => leavesOf(entry.value, `${key}.${entry.key}`));
}
