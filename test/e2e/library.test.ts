import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'flotilla';
import { expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';

const root = join(import.meta.dirname, '../..');
const helmfile = 'releases:\n- name: web\n  namespace: shop\n  chart: ./web\n';

test('the script in the README is the one that is compiled', () => {
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  expect(shown).toBe(readFileSync(join(root, 'examples/library/deploy.ts'), 'utf8'));
});

test('a plan is applied as it was looked at, or not at all', async () => {
  using project = new TempProject({ ...chart('web'), 'helmfile.yaml': helmfile });
  await using flotilla = await open({ directory: project.directory, env: {} });
  const sandbox = { kubeContext: 'sandbox' };
  const plan = await flotilla.plan(sandbox);
  expect(plan.changes.map(({ kind, release }) => [kind, release])).toEqual([['install', 'shop/web']]);
  const report = await flotilla.apply({ ...sandbox, plan });
  expect(report.exit.code).toBe(0);
  const late = await flotilla.apply({ ...sandbox, plan });
  expect(late.files[0]?.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['skipped']);
  expect((await flotilla.plan(sandbox)).hasChanges).toBe(false);
});

test('a load that failed is tried again', async () => {
  using project = new TempProject({ ...chart('web') });
  await using flotilla = await open({ directory: project.directory, env: {} });
  await expect(flotilla.load()).rejects.toMatchObject({ diagnostics: [{ code: 'source/not-found' }] });
  project.write('helmfile.yaml', helmfile);
  expect((await flotilla.load()).files.flatMap(({ releases }) => releases.map(({ id }) => id))).toEqual([
    'shop/web',
  ]);
});
