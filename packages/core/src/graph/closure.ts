import type { Graph } from './graph.ts';

/** Everything reachable from `start` along needs, `start` included; needs that are not defined are left out. */
export function transitiveNeeds(graph: Graph, start: Iterable<string>): ReadonlySet<string> {
  return closure(start, (id) => (graph.needs.get(id) ?? []).filter((need) => graph.needs.has(need)));
}

/** Everything that needs one of `start`, directly or not, `start` included. */
export function transitiveDependents(graph: Graph, start: Iterable<string>): ReadonlySet<string> {
  return closure(start, (id) => graph.neededBy.get(id) ?? []);
}

function closure(start: Iterable<string>, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(start);
  for (const id of reached) for (const each of next(id)) reached.add(each);
  return reached;
}

/** The graph of `chosen` only; needs outside of it are dropped. */
export function subgraph(graph: Graph, chosen: ReadonlySet<string>): Graph {
  const keep = (list: readonly string[] | undefined): readonly string[] =>
    (list ?? []).filter((id) => chosen.has(id));
  const ids = graph.ids.filter((id) => chosen.has(id));
  return {
    ids,
    needs: new Map(ids.map((id) => [id, keep(graph.needs.get(id))])),
    neededBy: new Map(ids.map((id) => [id, keep(graph.neededBy.get(id))])),
  };
}
