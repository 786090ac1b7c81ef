import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cluster } from '../cluster/cluster.ts';
import { openSandboxCluster } from '../cluster/sandbox/open-sandbox.ts';
import { clusterSides } from './cluster-sides.ts';

const { signal } = new AbortController();
let folder: string;
let cluster: Cluster;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-three-way-'));
  cluster = await openSandboxCluster({ folder });
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const map = (name: string, data: string): string => `---
# Source: c/templates/${name}.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data: ${data}
`;

async function createLive(name: string, data: object, owner: string): Promise<void> {
  const mapping = await cluster.mapping('v1', 'ConfigMap', { signal });
  const annotations = { 'meta.helm.sh/release-name': owner, 'meta.helm.sh/release-namespace': 'default' };
  const metadata = { name, namespace: 'default', annotations };
  await cluster.create(mapping, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }, { signal });
}

const question = {
  releaseName: 'app',
  namespace: 'default',
  kubeContext: '',
  trial: { kind: 'patch' },
} as const;

test('the live object stands against what the server would make of the change, and keeps what is not ours', async () => {
  await createLive('one', { a: 'drifted', b: 'old', foreign: 'x' }, 'app');
  const before = map('one', '{a: old, b: old}') + map('gone', '{a: x}');
  const after = map('one', '{a: new}') + map('two', '{a: x}');
  expect(await clusterSides(cluster, { ...question, before, after }, signal)).toEqual({
    before: `
---
apiVersion: v1
data:
  a: x
kind: ConfigMap
metadata:
  name: gone
  namespace: default

---
apiVersion: v1
data:
  a: drifted
  b: old
  foreign: x
kind: ConfigMap
metadata:
  name: one
  namespace: default
`,
    after: `
---
apiVersion: v1
data:
  a: new
  foreign: x
kind: ConfigMap
metadata:
  name: one
  namespace: default

---
apiVersion: v1
data:
  a: x
kind: ConfigMap
metadata:
  name: two
  namespace: default
`,
    foreign: [],
  });
});

test('nothing is written', async () => {
  await createLive('one', { a: 'live' }, 'app');
  const after = map('one', '{a: new}') + map('two', '{a: x}');
  await clusterSides(cluster, { ...question, before: '', after }, signal);
  const mapping = await cluster.mapping('v1', 'ConfigMap', { signal });
  const objects = await cluster.list({ mapping, namespace: 'default' }, { signal });
  expect(objects.map(({ data }) => data)).toEqual([{ a: 'live' }]);
});

test('objects of other releases are told with their owner', async () => {
  await createLive('one', { a: 'x' }, 'web');
  const { foreign } = await clusterSides(
    cluster,
    { ...question, before: '', after: map('one', '{a: x}') },
    signal,
  );
  expect(foreign.map(({ owner }) => owner)).toEqual(['default/web']);
});

test.each([
  [
    'an unknown kind',
    'apiVersion: x/v1\nkind: Lamp\nmetadata: {name: l}\n',
    /^unable to generate manifests: unable to build kubernetes objects from new release manifest: resource mapping not found for name: "l"/,
  ],
  [
    'a change the server refuses',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: [1]}\n',
    /^unable to generate manifests: cannot patch "one" with kind ConfigMap: /,
  ],
])('%s ends the comparison', async (_, after, message) => {
  await createLive('one', { a: 'x' }, 'app');
  await expect(clusterSides(cluster, { ...question, before: '', after }, signal)).rejects.toThrow(message);
});

test('a server-side apply shows what the server makes of new objects, too', async () => {
  await createLive('one', { a: 'drifted', foreign: 'x' }, 'app');
  const after = map('one', '{a: new}') + map('two', '{a: x}');
  const trial = { kind: 'apply', forcesConflicts: true } as const;
  const state = await clusterSides(cluster, { ...question, trial, before: '', after }, signal);
  expect(state.after).toBe(`
---
apiVersion: v1
data:
  a: new
  foreign: x
kind: ConfigMap
metadata:
  labels:
    app.kubernetes.io/managed-by: Helm
  name: one
  namespace: default

---
apiVersion: v1
data:
  a: x
kind: ConfigMap
metadata:
  labels:
    app.kubernetes.io/managed-by: Helm
  name: two
  namespace: default
`);
});

test('a server-side apply of a namespace that is not there yet shows the manifest', async () => {
  const trial = { kind: 'apply', forcesConflicts: false } as const;
  const asked = { ...question, namespace: 'new', trial, before: '', after: map('one', '{a: x}') };
  const { before, after } = await clusterSides(cluster, asked, signal);
  expect(before).toBe('');
  expect(after).toContain('name: one\n  namespace: new\n');
});
