import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helmfileCycleTrail, shortestCycle } from './cycle.ts';
import { buildGraph, type Graph, reverseGraph, undefinedNeeds } from './graph.ts';
import { levelsOf } from './levels.ts';
import { orderOf } from './order.ts';

/** `a: b c` means a needs b and c. */
function graph(text: string): Graph {
  return buildGraph(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [id = '', needs = ''] = line.trim().split(':');
        return { id, needs: needs.trim().split(/\s+/).filter(Boolean) };
      }),
  );
}

it('levels are the lengths of the longest chains', () => {
  const g = graph(`web: api db
    db:
    api: db cache
    cache:
    cron: db`);
  expect(Object.fromEntries(levelsOf(g).levelOf)).toEqual({ db: 0, cache: 0, api: 1, cron: 1, web: 2 });
});

it('a need mentioned twice counts once', () => {
  const g = graph(`a: b b
    b:`);
  expect(g.needs.get('a')).toEqual(['b']);
  expect(orderOf(g)).toEqual(['b', 'a']);
});

it('definitions that share an id share their needs', () => {
  expect(
    buildGraph([
      { id: 'a', needs: ['b'] },
      { id: 'a', needs: ['c', 'b'] },
    ]).needs.get('a'),
  ).toEqual(['b', 'c']);
});

it('undefined needs name everyone who needs them', () => {
  expect(
    undefinedNeeds(
      graph(`a: x
        b: x y`),
    ),
  ).toEqual([
    { id: 'x', neededBy: ['a', 'b'] },
    { id: 'y', neededBy: ['b'] },
  ]);
});

describe('cycles', () => {
  it('are reported by their shortest trail', () => {
    expect(
      shortestCycle(
        graph(`a: b
          b: c
          c: a d
          d: e
          e: d`),
      ),
    ).toEqual(['d', 'e', 'd']);
  });

  it('include a release that needs itself', () => {
    expect(
      shortestCycle(
        graph(`a: b
          b: a
          c: c`),
      ),
    ).toEqual(['c', 'c']);
  });

  it('are absent from a graph without any', () => {
    expect(
      shortestCycle(
        graph(`a: b
          b:`),
      ),
    ).toBeUndefined();
  });

  it('read as Helmfile prints them: each arrow leads to a release that needs the former', () => {
    expect(
      helmfileCycleTrail(
        graph(`a: b
          b: c
          c: a`),
      ),
    ).toEqual(['a', 'c', 'b', 'a']);
  });
});

describe('laws', () => {
  const acyclic = fc
    .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
    .map((rows) =>
      buildGraph(
        rows.map((row, i) => ({ id: `r${i}`, needs: row.filter((n) => n < i).map((n) => `r${n}`) })),
      ),
    );

  it('an order respects every need and holds every id once', () => {
    fc.assert(
      fc.property(acyclic, (g) => {
        const order = orderOf(g);
        expect([...order].sort()).toEqual([...g.ids].sort());
        const place = new Map(order.map((id, i) => [id, i]));
        for (const [id, needs] of g.needs)
          for (const need of needs) expect(place.get(need)).toBeLessThan(place.get(id) ?? -1);
      }),
      { seed: 7 },
    );
  });

  it('reversing twice changes no edge', () => {
    fc.assert(
      fc.property(acyclic, (g) => {
        const twice = reverseGraph(reverseGraph(g));
        for (const id of g.ids) expect(new Set(twice.needs.get(id))).toEqual(new Set(g.needs.get(id)));
      }),
      { seed: 7 },
    );
  });

  it('a graph is stuck exactly when it has a cycle', () => {
    const any = fc.array(fc.array(fc.nat(9), { maxLength: 2 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(any, (rows) => {
        const g = buildGraph(rows.map((row, i) => ({ id: `r${i}`, needs: row.map((n) => `r${n}`) })));
        const cycle = shortestCycle(g);
        expect(cycle !== undefined).toBe(levelsOf(g).stuck.length > 0);
        cycle?.slice(1).forEach((id, i) => {
          expect(g.needs.get(cycle[i] ?? '')).toContain(id);
        });
      }),
      { seed: 7 },
    );
  });
});
