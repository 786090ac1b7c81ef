import { describe, expect, test } from 'vitest';
import { ourPlane } from '../cluster/our-plane.ts';
import { hasReferences } from '../support/control-plane.ts';
import { type Decide, type Fate, pass, seededNumbers, startFaultProxy } from '../support/fault-proxy.ts';
import { FaultyProject, isFull, releaseState } from './faulty-project.ts';

/** One request in twenty goes wrong: commands come through all the same, and none says so when it has not. */

const troubles: readonly Fate[] = [
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 503 },
  { kind: 'reset' },
  { kind: 'lost' },
  { kind: 'cut' },
  { kind: 'stall' },
];

/** Troubles as the numbers of a seed have them. */
function unreliable(seed: number): Decide {
  const next = seededNumbers(seed);
  return () => {
    if (next() >= 1 / 20) return pass;
    return troubles[Math.floor(next() * troubles.length)] ?? pass;
  };
}

/** A command, the value of the chart before it, and what every release must have come to when it exits 0. */
const commands = [
  { command: 'sync', value: '1', state: '1 deployed, 1' },
  { command: 'sync', value: '2', state: '2 deployed, 2' },
  { command: 'diff', value: '2', state: '2 deployed, 2' },
  { command: 'apply', value: '3', state: '3 deployed, 3' },
  { command: 'apply', value: '3', state: '3 deployed, 3' },
  { command: 'destroy', value: '3', state: 'absent' },
] as const;

const releases = ['one', 'two', 'three'] as const;
const seeds = isFull ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [1, 2, 3, 4];

interface Outcome {
  readonly title: string;
  readonly code: number | undefined;
  readonly states: readonly string[];
  readonly isRight: boolean;
  readonly stderr: string;
}

describe.skipIf(!hasReferences('test/faults/unreliable.test.ts', ['kube', 'kwok', 'helm4']))(
  'a bad day',
  () => {
    const plane = ourPlane();

    async function bad(seed: number): Promise<readonly Outcome[]> {
      await using proxy = await startFaultProxy(plane.kubeconfig);
      const namespace = `bad-${process.pid}-${seed}`;
      using project = new FaultyProject({ proxy, namespace, releases });
      const outcomes: Outcome[] = [];
      const decide = unreliable(seed);
      for (const { command, value, state } of commands) {
        project.write({ value });
        proxy.decide(decide);
        const { code, stderr } = await project.run(command);
        proxy.decide(() => pass);
        const states = await Promise.all(
          releases.map((name) => releaseState(plane.ours.context(namespace), name)),
        );
        const isRight = states.every((each) => each.endsWith(state.slice(1)));
        outcomes.push({ title: `seed ${seed}: ${command} ${value}`, code, states, isRight, stderr });
        if (code === 0) continue;
        const again = await project.run(command);
        expect(again.code, `the second ${command} of seed ${seed}:\n${again.stderr}`).toBe(0);
      }
      return outcomes;
    }

    test('is survived by 20 of 24 commands, and by all second ones', async () => {
      const outcomes = (await Promise.all(seeds.map(bad))).flat();
      const failed = outcomes.filter(({ code }) => code !== 0);
      const told = failed.map(({ title, code, stderr }) => `${title} (${code})\n${stderr}`).join('\n');
      expect(outcomes.filter(({ code, isRight }) => code === 0 && !isRight)).toEqual([]);
      const through = outcomes.length - failed.length;
      console.info(`${through} of ${outcomes.length} commands came through`);
      expect(through, told).toBeGreaterThanOrEqual((outcomes.length * 20) / 24);
    });
  },
);
