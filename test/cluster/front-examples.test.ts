import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, hasReferences, startControlPlane } from '../support/control-plane.ts';
import { reference } from '../support/references.ts';
import { outputOf } from '../support/run-program.ts';

/** The examples that change a cluster, as a reader would run them, on a real control plane. */

const examples = join(import.meta.dirname, '../../examples');
const canRun = hasReferences('test/cluster/front-examples.test.ts', ['kube', 'kwok', 'helm4']);

describe.skipIf(!canRun)('examples with a cluster', () => {
  let plane: ControlPlane;
  let home: string;

  beforeAll(async () => {
    plane = await startControlPlane();
    home = mkdtempSync(join(tmpdir(), 'flotilla-examples-'));
    symlinkSync(reference('helm4') ?? 'helm', join(home, 'helm'));
  });
  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await plane?.[Symbol.asyncDispose]();
  });
  afterEach(() => run('deploy-script/deploy.mjs', ['production', '--destroy']));

  /** What a script prints; rejects unless it ends well. */
  async function run(script: string, args: readonly string[] = []): Promise<string> {
    const env = {
      HOME: home,
      PATH: [home, process.env['PATH']].join(delimiter),
      KUBECONFIG: plane.kubeconfig,
    };
    const { stdout, stderr } = await outputOf(process.execPath, [join(examples, script), ...args], { env });
    return stdout + stderr;
  }

  test('the deploy script plans, applies, finds nothing more to do, and destroys', async () => {
    expect(await run('deploy-script/deploy.mjs', ['production', '--yes'])).toBe(`\
3 releases in production
install    data/database
install    data/cache
install    shop/web
data/database: succeeded
data/cache: succeeded
shop/web: succeeded
`);
    expect(await run('deploy-script/deploy.mjs', ['production', '--yes'])).toBe(`\
3 releases in production
unchanged  data/database
unchanged  data/cache
unchanged  shop/web
`);
    expect(await run('deploy-script/deploy.mjs', ['production', '--destroy'])).toBe(`\
3 releases in production
shop/web: succeeded
data/cache: succeeded
data/database: succeeded
`);
  });

  test('the quick start goes through its rounds on the cluster of KUBECONFIG', async () => {
    const text = await run('quickstart/run.mjs', ['--cluster']);
    const totals = text.split('\n').filter((line) => /^\d+ [a-z]/.test(line));
    expect(totals).toEqual([
      '8 objects, rendered in process:',
      '3 templated',
      '3 installed',
      '3 unchanged',
      '2 unchanged, 1 to upgrade',
      '1 upgraded, 2 unchanged',
      '3 tested',
      '3 uninstalled',
    ]);
  });
});
