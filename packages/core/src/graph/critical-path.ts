import type { Graph } from './graph.ts';
import { orderOf } from './order.ts';

export interface CriticalPath {
  /** Sum of the weights along the heaviest chain of needs. */
  readonly weight: number;
  /** The chain, first to start first. */
  readonly ids: readonly string[];
}

/** The chain of needs that bounds the time of a run with unlimited workers; `weightOf` is the cost of one id, at least 0. */
export function criticalPath(graph: Graph, weightOf: (id: string) => number): CriticalPath {
  const finish = new Map<string, number>();
  const slowest = new Map<string, string | undefined>();
  const finishOf = (id: string | undefined): number => (id === undefined ? 0 : (finish.get(id) ?? 0));
  const later = (a: string | undefined, b: string): string | undefined => (finishOf(b) > finishOf(a) ? b : a);
  let last: string | undefined;
  for (const id of orderOf(graph)) {
    const need = (graph.needs.get(id) ?? []).reduce<string | undefined>(later, undefined);
    slowest.set(id, need);
    finish.set(id, finishOf(need) + weightOf(id));
    last = later(last ?? id, id);
  }
  const ids: string[] = [];
  for (let id = last; id !== undefined; id = slowest.get(id)) ids.push(id);
  return { weight: finishOf(last), ids: ids.reverse() };
}

/** For each id, the weight of the heaviest chain that starts with it: the scheduler's priority. */
export function remainingWeights(
  graph: Graph,
  weightOf: (id: string) => number,
): ReadonlyMap<string, number> {
  const remaining = new Map<string, number>();
  for (const id of [...orderOf(graph)].reverse()) {
    let after = 0;
    for (const dependent of graph.neededBy.get(id) ?? []) {
      after = Math.max(after, remaining.get(dependent) ?? 0);
    }
    remaining.set(id, after + weightOf(id));
  }
  return remaining;
}
