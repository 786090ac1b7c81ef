import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule } from './run-schedule.ts';
import {
  advance,
  createSchedule,
  type FailurePolicy,
  isFinished,
  type ScheduledStep,
  type ScheduleState,
  type StepId,
  type StepResult,
} from './schedule.ts';

/** `a`, `b<a`, `c<a,b`: a step and what it needs. */
function steps(...texts: readonly string[]): readonly ScheduledStep[] {
  const groups = new Map<string, number>();
  return texts.map((text) => {
    const [id = '', needs = ''] = text.split('<');
    const names = needs === '' ? [] : needs.split(',');
    const group = Math.max(0, ...names.map((name) => (groups.get(name) ?? 0) + 1));
    groups.set(id, group);
    return { id: id as StepId, needs: names as StepId[], group };
  });
}

function begin(texts: readonly string[], concurrency = 0, onFailure: FailurePolicy = 'continue') {
  return advance(createSchedule(steps(...texts), { concurrency, onFailure }), { kind: 'begin' });
}

function finish(state: ScheduleState, id: string, result: StepResult = 'succeeded') {
  return advance(state, { kind: 'finished', step: id as StepId, result });
}

function statuses(state: ScheduleState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...state.statuses].map(([id, status]) => [
      id,
      status.kind === 'blocked' ? `blocked by ${status.by}` : status.kind,
    ]),
  );
}

describe('the schedule', () => {
  it('starts a step as soon as its own needs are done, whatever else still runs', () => {
    const first = begin(['a', 'b', 'c<a', 'd<b']);
    expect(first.start).toEqual(['a', 'b']);
    const second = finish(first.state, 'a');
    expect(second.start).toEqual(['c']);
    expect(finish(second.state, 'b').start).toEqual(['d']);
  });

  it('prefers the step with the longest chain behind it, then the given order', () => {
    const first = begin(['x', 'y', 'a', 'b<a', 'c<b'], 1);
    expect(first.start).toEqual(['a']);
    const second = finish(first.state, 'a');
    expect(second.start).toEqual(['b']);
    const third = finish(second.state, 'b');
    expect(third.start).toEqual(['x']);
  });

  it('blocks what needs a failed step, and only that', () => {
    const { state } = begin(['a', 'b', 'c<a', 'd<c', 'e<b']);
    const failed = finish(state, 'a', 'failed');
    expect(statuses(failed.state)).toEqual({
      a: 'failed',
      b: 'running',
      c: 'blocked by a',
      d: 'blocked by a',
      e: 'waiting',
    });
    expect(finish(failed.state, 'b').start).toEqual(['e']);
  });

  it('can hold back later groups, or everything, after a failure', () => {
    const texts = ['a', 'b', 'e<b', 'f'];
    const group = finish(begin(texts, 2, 'finish-group').state, 'b', 'failed');
    expect(statuses(group.state)).toEqual({ a: 'running', b: 'failed', e: 'blocked by b', f: 'running' });
    const stop = finish(begin(texts, 2, 'stop').state, 'b', 'failed');
    expect(statuses(stop.state)).toEqual({ a: 'running', b: 'failed', e: 'blocked by b', f: 'blocked by b' });
  });

  it('starts nothing after an interrupt and lets running steps end', () => {
    const { state } = begin(['a', 'b<a', 'c'], 1);
    const interrupted = advance(state, { kind: 'interrupted' });
    expect(statuses(interrupted.state)).toEqual({ a: 'running', b: 'aborted', c: 'aborted' });
    const ended = finish(interrupted.state, 'a');
    expect(ended.start).toEqual([]);
    expect(isFinished(ended.state)).toBe(true);
  });

  it('takes needs outside the schedule as done', () => {
    expect(begin(['b<elsewhere']).start).toEqual(['b']);
  });
});

const anyRun = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    needs: fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: count, maxLength: count }),
    results: fc.array(fc.constantFrom<StepResult>('succeeded', 'failed', 'unchanged', 'skipped'), {
      minLength: count,
      maxLength: count,
    }),
    concurrency: fc.integer({ min: 0, max: 4 }),
    onFailure: fc.constantFrom<FailurePolicy>('continue', 'finish-group', 'stop'),
    delays: fc.array(fc.nat({ max: 3 }), { minLength: count, maxLength: count }),
  }),
);

it('keeps its laws for any graph: order, limit, one end for each step, nothing left over', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ needs, results, concurrency, onFailure, delays }) => {
      const graph = steps(
        ...needs.map((each, index) => {
          const names = new Set(index === 0 ? [] : each.map((need) => `s${need % index}`));
          return names.size === 0 ? `s${index}` : `s${index}<${[...names].join(',')}`;
        }),
      );
      const ended = new Set<string>();
      const failed = new Set<string>();
      let running = 0;
      const ends = await runSchedule({
        steps: graph,
        options: { concurrency, onFailure },
        signal: new AbortController().signal,
        runStep: async (id) => {
          const index = Number(id.slice(1));
          running += 1;
          expect(concurrency === 0 || running <= concurrency).toBe(true);
          for (const need of graph[index]?.needs ?? []) {
            expect(ended.has(need) && !failed.has(need)).toBe(true);
          }
          for (let turn = 0; turn < (delays[index] ?? 0); turn += 1) await Promise.resolve();
          running -= 1;
          ended.add(id);
          const result = results[index] ?? 'succeeded';
          if (result === 'failed') failed.add(id);
          return result;
        },
      });
      for (const step of graph) {
        const kind = ends.get(step.id)?.kind;
        expect(kind).not.toBe('waiting');
        expect(kind).not.toBe('running');
        expect(ended.has(step.id)).toBe(kind !== 'blocked' && kind !== 'aborted');
        const isBehindFailure = step.needs.some((need) =>
          ['failed', 'blocked'].includes(ends.get(need)?.kind ?? ''),
        );
        if (onFailure === 'continue') expect(kind === 'blocked').toBe(isBehindFailure);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});

describe('the shell around it', () => {
  it('waits for running steps when interrupted and reports the rest as aborted', async () => {
    const controller = new AbortController();
    const givenUp: string[] = [];
    const log: string[] = [];
    const ends = await runSchedule({
      steps: steps('a', 'b<a'),
      options: { concurrency: 0, onFailure: 'continue' },
      signal: controller.signal,
      onGivenUp: (id, status) => givenUp.push(`${id} ${status.kind}`),
      runStep: async (id) => {
        controller.abort('graceful');
        await Promise.resolve();
        log.push(`${id} ended`);
        return 'succeeded';
      },
    });
    expect(log).toEqual(['a ended']);
    expect(givenUp).toEqual(['b aborted']);
    expect(ends.get('a' as StepId)).toEqual({ kind: 'succeeded' });
  });

  it('throws a bug of a runner only after everything has ended', async () => {
    const ended: string[] = [];
    const run = runSchedule({
      steps: steps('a', 'b', 'c<a'),
      options: { concurrency: 0, onFailure: 'continue' },
      signal: new AbortController().signal,
      runStep: async (id) => {
        if (id === 'a') throw new Error('bug');
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
        ended.push(id);
        return 'succeeded';
      },
    });
    await expect(run).rejects.toThrow('bug');
    expect(ended).toEqual(['b']);
  });
});
