import type { Graph } from './graph.ts';

export interface Levels {
  /** Length of the longest chain of needs under each id: 0 for ids that need nothing. */
  readonly levelOf: ReadonlyMap<string, number>;
  /** Ids on a cycle or above one, in definition order; they have no level. */
  readonly stuck: readonly string[];
}

/** Levels of all ids; needs that are not defined count for nothing. */
export function levelsOf(graph: Graph): Levels {
  const waiting = new Map<string, number>();
  for (const id of graph.ids) waiting.set(id, countDefined(graph, id));
  const levelOf = new Map<string, number>();
  let current = graph.ids.filter((id) => waiting.get(id) === 0);
  for (let level = 0; current.length > 0; level++) {
    for (const id of current) levelOf.set(id, level);
    current = current.flatMap((id) => released(graph, id, waiting));
  }
  return { levelOf, stuck: graph.ids.filter((id) => !levelOf.has(id)) };
}

function countDefined(graph: Graph, id: string): number {
  let count = 0;
  for (const need of graph.needs.get(id) ?? []) if (graph.needs.has(need)) count++;
  return count;
}

function released(graph: Graph, id: string, waiting: Map<string, number>): string[] {
  const result: string[] = [];
  for (const dependent of graph.neededBy.get(id) ?? []) {
    const left = (waiting.get(dependent) ?? 0) - 1;
    waiting.set(dependent, left);
    if (left === 0) result.push(dependent);
  }
  return result;
}
