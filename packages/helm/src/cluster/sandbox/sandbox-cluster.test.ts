import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../cluster.ts';
import { type JsonObject, listAt, nameOf, numberAt, textAt } from '../json-object.ts';
import { openSandboxCluster } from './open-sandbox.ts';

/** What the sandbox adds to the contract of the port: persistence, several processes, time, the API server's refusals. */

const signal = new AbortController().signal;
const options = { signal };
let folder: string;
let now: number;
let cluster: Cluster;

const open = (): Promise<Cluster> =>
  openSandboxCluster({
    folder,
    readyAfter: 1000,
    clock: { now: () => now, sleep: () => new Promise((resolve) => setTimeout(resolve, 5)) },
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-sandbox-'));
  now = Date.UTC(2026, 0, 2, 3, 4, 5);
  cluster = await open();
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

test.runIf(existsSync('/dev/full'))(
  'a full disk is told as such, and nothing is taken for done',
  async () => {
    const place = join(folder, 'full');
    mkdirSync(place);
    symlinkSync('/dev/full', join(place, 'journal.jsonl.next'));
    await expect(openSandboxCluster({ folder: place })).rejects.toThrow(
      'the folder of the sandbox cluster cannot be used: write: no space left on device',
    );
    rmSync(join(place, 'journal.jsonl.next'));
    await using later = await openSandboxCluster({ folder: place });
    expect((await later.version(options)).gitVersion).toBe('v1.36.1+sandbox');
  },
);

test('a write that is refused takes nothing away from what goes on beside it', async () => {
  await create('apps/v1', 'Deployment', workload());
  const map = await create('v1', 'ConfigMap', { metadata: { name: 'a' } });
  const { mapping } = await ref('v1', 'ConfigMap', 'a');
  const web = await ref('apps/v1', 'Deployment', 'web');
  now += 60_000;
  await expect(cluster.create(mapping, map, options)).rejects.toMatchObject({ reason: 'AlreadyExists' });
  const live = await cluster.get(web, options);
  expect(numberAt(live, 'status', 'readyReplicas')).toBe(1);
});

const ref = async (apiVersion: string, kind: string, name: string) => ({
  mapping: await cluster.mapping(apiVersion, kind, options),
  namespace: 'default',
  name,
});

async function create(apiVersion: string, kind: string, body: JsonObject): Promise<JsonObject> {
  const metadata = { namespace: 'default', ...(body['metadata'] as object) };
  const mapping = await cluster.mapping(apiVersion, kind, options);
  return cluster.create(mapping, { apiVersion, kind, ...body, metadata }, options);
}

async function merge(apiVersion: string, kind: string, name: string, body: JsonObject): Promise<JsonObject> {
  return cluster.patch(await ref(apiVersion, kind, name), { type: 'merge', body }, options);
}

const workload = (more: JsonObject = {}, annotations: JsonObject = {}): JsonObject => ({
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
    ...more,
  },
});

async function pods(): Promise<readonly JsonObject[]> {
  const { mapping } = await ref('v1', 'Pod', '');
  return cluster.list({ mapping, namespace: 'default' }, options);
}

describe('a folder', () => {
  test('may be used by several at once', async () => {
    await using other = await open();
    const { mapping } = await ref('v1', 'ConfigMap', '');
    const write = (by: Cluster, name: string): Promise<JsonObject> =>
      by.create(mapping, { metadata: { name, namespace: 'default' } }, options);
    const wanted = Array.from({ length: 40 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    await Promise.all(wanted.map((name, index) => write(index % 2 === 0 ? cluster : other, name)));
    for (const each of [cluster, other]) {
      const found = await each.list({ mapping, namespace: 'default' }, options);
      expect(found.map(nameOf)).toEqual(wanted);
      expect(new Set(found.map((object) => textAt(object, 'metadata', 'resourceVersion'))).size).toBe(40);
    }
  });

  test('is not held by a process that has died', async () => {
    const { hostname } = await import('node:os');
    writeFileSync(join(folder, 'lock'), `999999999 ${hostname()} x`);
    expect(nameOf(await create('v1', 'ConfigMap', { metadata: { name: 'a' } }))).toBe('a');
  });

  test('survives a write that was cut off', async () => {
    await create('v1', 'ConfigMap', { metadata: { name: 'a' } });
    const journal = join(folder, 'journal.jsonl');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}{"version":99,"kind":"/conf`);
    await create('v1', 'ConfigMap', { metadata: { name: 'b' } });
    await using other = await open();
    const { mapping } = await ref('v1', 'ConfigMap', '');
    const found = await other.list({ mapping, namespace: 'default' }, options);
    expect(found.map(nameOf)).toEqual(['a', 'b']);
  });

  test('that holds something else is refused', async () => {
    writeFileSync(join(folder, 'journal.jsonl'), 'hello\n');
    await expect(open()).rejects.toThrow('is no journal of a sandbox cluster');
  });
});

describe('time', () => {
  test('makes pods ready', async () => {
    await create('apps/v1', 'Deployment', workload({ replicas: 2 }));
    const ready = async (): Promise<number | undefined> =>
      numberAt(
        await cluster.get(await ref('apps/v1', 'Deployment', 'web'), options),
        'status',
        'readyReplicas',
      );
    expect(await ready()).toBeUndefined();
    now += 1000;
    expect(await ready()).toBe(2);
  });

  test('is longer for slow pods', async () => {
    await create('apps/v1', 'StatefulSet', workload({ serviceName: 'web' }, { 'testbed/slow': 'true' }));
    const phase = async (): Promise<string> => textAt((await pods())[0], 'status', 'phase');
    now += 3999;
    expect(await phase()).toBe('Pending');
    now += 1;
    expect(await phase()).toBe('Running');
  });

  test('ends jobs, well or not', async () => {
    for (const [name, fail] of [
      ['good', 'false'],
      ['bad', 'true'],
    ] as const) {
      const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] };
      const template = { metadata: { annotations: { 'testbed/fail': fail } }, spec };
      await create('batch/v1', 'Job', { metadata: { name }, spec: { backoffLimit: 0, template } });
    }
    now += 2000;
    const ends = async (name: string): Promise<readonly string[]> =>
      listAt(await cluster.get(await ref('batch/v1', 'Job', name), options), 'status', 'conditions').map(
        (each) => textAt(each, 'type'),
      );
    expect(await ends('good')).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(await ends('bad')).toEqual(['FailureTarget', 'Failed']);
  });
});

describe('refusals', () => {
  test('of changes to fixed fields', async () => {
    await create('apps/v1', 'Deployment', workload());
    const labels = { matchLabels: { app: 'x' } };
    await expect(
      merge('apps/v1', 'Deployment', 'web', {
        spec: { selector: labels, template: { metadata: { labels: { app: 'x' } } } },
      }),
    ).rejects.toThrow(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable',
    );
    const spec = { selector: { a: 'b' }, ports: [{ port: 80 }] };
    await create('v1', 'Service', { metadata: { name: 'web' }, spec });
    await expect(
      merge('v1', 'Service', 'web', { spec: { clusterIP: 'None', clusterIPs: ['None'] } }),
    ).rejects.toThrow(
      'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    );
    await create('apps/v1', 'StatefulSet', workload({ serviceName: 'web' }));
    await expect(merge('apps/v1', 'StatefulSet', 'web', { spec: { serviceName: 'other' } })).rejects.toThrow(
      `StatefulSet.apps "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas'`,
    );
  });

  test('of what a workload cannot be', async () => {
    await expect(create('apps/v1', 'Deployment', { metadata: { name: 'web' }, spec: {} })).rejects.toThrow(
      'Deployment.apps "web" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`, spec.template.spec.containers: Required value]',
    );
    await expect(create('apps/v1', 'Deployment', workload({ replicas: '2' }))).rejects.toThrow(
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
  });

  test('of applies that conflict', async () => {
    await create('apps/v1', 'Deployment', workload({ replicas: 2 }));
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 3 },
    };
    const target = await ref('apps/v1', 'Deployment', 'web');
    await expect(
      cluster.patch(target, { type: 'apply', object, force: false }, { ...options, fieldManager: 'helm' }),
    ).rejects.toThrow('Apply failed with 1 conflict: conflict with "Helm" using apps/v1: .spec.replicas');
  });
});

describe('deletion', () => {
  test('waits for finalizers', async () => {
    await create('v1', 'ConfigMap', { metadata: { name: 'a', finalizers: ['x.io/y'] } });
    const target = await ref('v1', 'ConfigMap', 'a');
    await cluster.delete(target, options);
    expect(textAt(await cluster.get(target, options), 'metadata', 'deletionTimestamp')).toBe(
      '2026-01-02T03:04:05Z',
    );
    await merge('v1', 'ConfigMap', 'a', { metadata: { finalizers: null } });
    await expect(cluster.get(target, options)).rejects.toThrow('configmaps "a" not found');
  });

  test.each(['Background', 'Foreground'] as const)('takes dependents along (%s)', async (propagation) => {
    await create('apps/v1', 'Deployment', workload());
    expect(await pods()).toHaveLength(1);
    await cluster.delete(await ref('apps/v1', 'Deployment', 'web'), { ...options, propagation });
    expect(await pods()).toEqual([]);
  });

  test('leaves orphans', async () => {
    await create('apps/v1', 'Deployment', workload());
    await cluster.delete(await ref('apps/v1', 'Deployment', 'web'), { ...options, propagation: 'Orphan' });
    expect(await pods()).toHaveLength(1);
  });

  test('of a namespace empties it, and some stay', async () => {
    const mapping = await cluster.mapping('v1', 'Namespace', options);
    const namespaces = (name: string) => ({ mapping, namespace: '', name });
    await cluster.create(mapping, { metadata: { name: 'x' } }, options);
    const maps = (await ref('v1', 'ConfigMap', '')).mapping;
    await cluster.create(maps, { metadata: { name: 'a', namespace: 'x' } }, options);
    await cluster.delete(namespaces('x'), options);
    await expect(cluster.get(namespaces('x'), options)).rejects.toThrow('namespaces "x" not found');
    expect(await cluster.list({ mapping: maps, namespace: 'x' }, options)).toEqual([]);
    await expect(cluster.delete(namespaces('default'), options)).rejects.toThrow(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});

test('a sandbox that was closed answers no more', async () => {
  const other = await open();
  await other[Symbol.asyncDispose]();
  await expect(other.version(options)).rejects.toThrow('the sandbox cluster is closed');
});
