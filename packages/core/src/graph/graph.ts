/**
 * Graph: who needs whom, as ids.
 * In: nodes with the ids they need. Out: a frozen graph; its siblings in this folder order it, group it, find cycles.
 * Deals with ids only. Does not know releases, selectors or clusters; never throws for a bad graph.
 */

export interface GraphNode {
  readonly id: string;
  readonly needs: readonly string[];
}

export interface Graph {
  /** Ids in the order of their first definition. */
  readonly ids: readonly string[];
  /** Needs of each id, each once, in the order written; they may name ids that are not defined. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  /** The reverse: who needs each id, in definition order. */
  readonly neededBy: ReadonlyMap<string, readonly string[]>;
}

/** An id that is needed and not defined. */
export interface UndefinedNeed {
  readonly id: string;
  readonly neededBy: readonly string[];
}

/** Builds the graph; the needs of nodes that share an id are united. */
export function buildGraph(nodes: Iterable<GraphNode>): Graph {
  const needs = new Map<string, Set<string>>();
  for (const node of nodes) {
    const known = needs.get(node.id) ?? new Set();
    needs.set(node.id, known);
    for (const need of node.needs) known.add(need);
  }
  const frozen = new Map<string, readonly string[]>();
  for (const [id, set] of needs) frozen.set(id, [...set]);
  return { ids: [...needs.keys()], needs: frozen, neededBy: invert(frozen) };
}

function invert(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const [id, list] of needs) {
    for (const need of list) {
      const known = result.get(need);
      if (known === undefined) result.set(need, [id]);
      else known.push(id);
    }
  }
  return result;
}

/** Needs that no node defines, in the order they are first mentioned. */
export function undefinedNeeds(graph: Graph): readonly UndefinedNeed[] {
  const result: UndefinedNeed[] = [];
  for (const [id, neededBy] of graph.neededBy) {
    if (!graph.needs.has(id)) result.push({ id, neededBy });
  }
  return result;
}

/** The graph with every edge turned round: what must go first when things are removed. */
export function reverseGraph(graph: Graph): Graph {
  const needs = new Map<string, readonly string[]>();
  for (const id of graph.ids) needs.set(id, graph.neededBy.get(id) ?? []);
  return { ids: graph.ids, needs, neededBy: invert(needs) };
}
