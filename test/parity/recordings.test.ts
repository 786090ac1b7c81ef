import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, hasReferences, startControlPlane } from '../support/control-plane.ts';
import { hasKubectl, type Replay, startReplay } from './replay-recordings.ts';

/**
 * What real helmfile said with helm 4 and helm-diff on a real API server, against ours on another one: stdout, exit code, what is
 * in the cluster, files, and that stderr tells what it told. See recordings/README.md.
 */

const ids = readdirSync(join(import.meta.dirname, 'recordings/cases')).sort();

interface NotEqual {
  readonly reason: string;
  /** Outputs that differ, as `differs` names them: `01.stdout`. */
  readonly outputs: readonly string[];
  /** Both executors when absent. */
  readonly executor?: string;
}

const notEqual = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recordings-not-equal.json'), 'utf8'),
) as Readonly<Record<string, readonly NotEqual[]>>;

test('every exception names a recording', () => {
  expect(Object.keys(notEqual).filter((id) => !ids.includes(id))).toEqual([]);
});

const canRun = hasReferences('test/parity/recordings.test.ts', ['kube', 'kwok', 'helm4']) && hasKubectl();

describe.skipIf(!canRun)('the recordings', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(async () => {
    await plane?.[Symbol.asyncDispose]();
  });

  describe.each(['helm', 'native'] as const)('with the executor %s', (executor) => {
    let replay: Replay;
    beforeAll(() => {
      replay = startReplay(executor, plane.kubeconfig);
    });
    afterAll(async () => {
      await replay?.[Symbol.asyncDispose]();
    });

    test.each(ids)('%s', async (id) => {
      const differences = await replay.differencesOf(id);
      const expected = (notEqual[id] ?? [])
        .filter((each) => each.executor === undefined || each.executor === executor)
        .flatMap(({ outputs }) => outputs);
      const outputs = differences.map((difference) => difference.split('\n')[0] ?? '');
      expect([...outputs].sort(), differences.join('\n')).toEqual([...expected].sort());
    });
  });
});
