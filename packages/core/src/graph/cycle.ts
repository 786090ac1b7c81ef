import { compareStrings } from '@flotilla/gocompat';
import type { Graph } from './graph.ts';
import { levelsOf } from './levels.ts';

/**
 * The shortest cycle, as a trail that ends where it starts: `a` needs `b` needs `a` gives `[a, b, a]`.
 * Among equally short ones the one with the first defined start wins. Undefined when there is none.
 */
export function shortestCycle(graph: Graph): readonly string[] | undefined {
  const { stuck } = levelsOf(graph);
  const members = new Set(stuck);
  let best: readonly string[] | undefined;
  for (const start of stuck) {
    const trail = shortestReturn(graph, { start, members, limit: (best?.length ?? Infinity) - 1 });
    if (trail !== undefined) best = trail;
    if (best?.length === 2) break;
  }
  return best;
}

interface Search {
  readonly start: string;
  readonly members: ReadonlySet<string>;
  /** Trails of this many ids or more are of no use. */
  readonly limit: number;
}

function shortestReturn(graph: Graph, search: Search): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  let frontier: readonly string[] = [search.start];
  for (let length = 1; frontier.length > 0 && length < search.limit; length++) {
    const last = frontier.find((id) => graph.needs.get(id)?.includes(search.start));
    if (last !== undefined) return trailTo(last, cameFrom, search.start);
    frontier = frontier.flatMap((id) => stepFrom(graph, id, { ...search, cameFrom }));
  }
  return undefined;
}

function stepFrom(
  graph: Graph,
  id: string,
  { members, cameFrom }: { members: ReadonlySet<string>; cameFrom: Map<string, string> },
): readonly string[] {
  const next: string[] = [];
  for (const need of graph.needs.get(id) ?? []) {
    if (!members.has(need) || cameFrom.has(need)) continue;
    cameFrom.set(need, id);
    next.push(need);
  }
  return next;
}

function trailTo(last: string, cameFrom: ReadonlyMap<string, string>, start: string): readonly string[] {
  const trail = [start];
  for (let id = last; id !== start; id = cameFrom.get(id) ?? start) trail.push(id);
  trail.push(start);
  return trail.reverse();
}

/**
 * The trail that Helmfile 1.8.0 prints after `cycle detected: `: from the alphabetically first stuck id that something
 * needs, along "is needed by", until an id comes twice. Helmfile picks a random branch; this takes the first in byte order.
 */
export function helmfileCycleTrail(graph: Graph): readonly string[] {
  const { stuck } = levelsOf(graph);
  const members = new Set(stuck);
  const dependents = (id: string): readonly string[] =>
    (graph.neededBy.get(id) ?? []).filter((each) => members.has(each)).sort(compareStrings);
  let current = [...stuck].sort(compareStrings).find((id) => dependents(id).length > 0);
  const trail: string[] = [];
  const seen = new Set<string>();
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    trail.push(current);
    current = dependents(current)[0];
  }
  return current === undefined ? trail : [...trail, current];
}
