import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputOf } from '../support/run-program.ts';

const script = join(import.meta.dirname, '../../examples/quickstart/run.mjs');

test('the quick start syncs, changes, tests and destroys in the sandbox, with Node only', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const { stdout, stderr } = await outputOf(process.execPath, [script], {
    env: { PATH, HOME },
    timeout: 60_000,
  });
  const lines = stderr.split('\n').map((line) => line.replace(/ \(\d+s\)$/, ''));
  expect(lines.filter((line) => line !== '')).toMatchInlineSnapshot(`
    [
      "data/database: templated",
      "data/cache: templated",
      "shop/web: templated",
      "3 templated",
      "sandbox/data/database: started",
      "sandbox/data/database: installed 1.0.0",
      "sandbox/data/cache: started",
      "sandbox/data/cache: installed 1.0.0",
      "sandbox/shop/web: started",
      "sandbox/shop/web: hook echo (presync)",
      "sandbox/shop/web: installed 1.0.0",
      "3 installed",
      "sandbox/data/database: unchanged",
      "sandbox/data/cache: unchanged",
      "sandbox/shop/web: unchanged",
      "3 unchanged",
      "  sandbox/data/database  unchanged  ./charts/database",
      "  sandbox/data/cache  unchanged  ./charts/cache",
      "~ sandbox/shop/web  upgrade  ./charts/web",
      "2 unchanged, 1 to upgrade",
      "sandbox/shop/web: started",
      "sandbox/shop/web: hook echo (presync)",
      "sandbox/shop/web: upgraded 1.0.0",
      "sandbox/data/database: unchanged",
      "sandbox/data/cache: unchanged",
      "1 upgraded, 2 unchanged",
      "sandbox/data/database: tested",
      "sandbox/data/cache: tested",
      "sandbox/shop/web: tested",
      "3 tested",
      "sandbox/shop/web: started",
      "sandbox/shop/web: uninstalled",
      "sandbox/data/cache: started",
      "sandbox/data/cache: uninstalled",
      "sandbox/data/database: started",
      "sandbox/data/database: uninstalled",
      "3 uninstalled",
    ]
  `);
  const diff = stdout.slice(
    stdout.indexOf('shop, web, Deployment'),
    stdout.indexOf('$ flotilla', stdout.indexOf('shop, web,')),
  );
  expect(diff).toMatchInlineSnapshot(`
    "shop, web, Deployment (apps) has changed:
    ...
          app: web
      spec:
    -   replicas: 3
    +   replicas: 5
        selector:
          matchLabels:
    ...

    "
  `);
});
