import { join } from 'node:path';
import { openSandboxCluster } from '@flotilla/helm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TempProject } from '../support/built-cli.ts';
import { webInSandbox } from './web-in-sandbox.ts';

/** Where releases are kept: `HELM_DRIVER`, as Helm reads it. */

let project: TempProject;
beforeEach(() => {
  project = webInSandbox();
});
afterEach(() => project[Symbol.dispose]());

async function recordsOf(kind: string): Promise<readonly string[]> {
  await using cluster = await openSandboxCluster({ folder: join(project.directory, '.flotilla/sandbox') });
  const options = { signal: AbortSignal.timeout(10_000) };
  const mapping = await cluster.mapping('v1', kind, options);
  const found = await cluster.list({ mapping, namespace: 'shop', labelSelector: 'owner=helm' }, options);
  return found.map(({ metadata }) => (metadata as { readonly name: string }).name);
}

test.each([
  ['', 'Secret'],
  ['secrets', 'Secret'],
  ['configmap', 'ConfigMap'],
])('HELM_DRIVER=%s keeps them in a %s', async (driver, kind) => {
  const env = { HELM_DRIVER: driver };
  const sync = await project.run(['sync'], { env });
  expect(sync.code, sync.stderr).toBe(0);
  expect(await recordsOf(kind)).toEqual(['sh.helm.release.v1.web.v1']);
  expect((await project.run(['diff', '--detailed-exitcode'], { env })).code).toBe(0);
  expect((await project.run(['destroy'], { env })).code).toBe(0);
  expect(await recordsOf(kind)).toEqual([]);
});

test.each([
  ['sql', 'HELM_DRIVER=sql: releases cannot be kept in databases'],
  ['memory', 'HELM_DRIVER=memory: releases would be gone with each call'],
  ['paper', 'unknown driver "paper"'],
])('HELM_DRIVER=%s is refused', async (driver, message) => {
  const { code, stderr } = await project.run(['sync'], { env: { HELM_DRIVER: driver } });
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});
