import toposort from 'toposort';
import type { Graph } from './graph.ts';
import { levelsOf } from './levels.ts';

/**
 * All ids, every one after the ids it needs; those that are free to move keep the order of definition.
 * Ids that are stuck on a cycle are left out: report them with `shortestCycle` first.
 */
export function orderOf(graph: Graph): readonly string[] {
  const { levelOf } = levelsOf(graph);
  const nodes = graph.ids.filter((id) => levelOf.has(id));
  const edges: [string, string][] = [];
  for (const id of nodes) {
    for (const need of graph.needs.get(id) ?? []) if (graph.needs.has(need)) edges.push([need, id]);
  }
  return toposort.array(nodes, edges);
}
