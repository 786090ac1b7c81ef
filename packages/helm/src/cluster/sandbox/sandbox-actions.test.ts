import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeClock, createNodeTemplateHost } from '@flotilla/core/node';
import { type Dict, fromJs, localZone } from '@flotilla/gocompat';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionContext } from '../../action/action-context.ts';
import { chartForAction } from '../../action/chart-for-action.ts';
import { install } from '../../action/install.ts';
import { rollback } from '../../action/rollback.ts';
import { uninstall } from '../../action/uninstall.ts';
import { upgrade } from '../../action/upgrade.ts';
import { memoryChartFiles } from '../../chart/chart-files.ts';
import { loadChart } from '../../chart/load-chart.ts';
import { discardLog } from '../../chart/log-record.ts';
import { objectStorage } from '../../release/object-storage.ts';
import type { ReleaseLocks } from '../../release/release-lock.ts';
import type { Cluster } from '../cluster.ts';
import { at, nameOf, textAt } from '../json-object.ts';
import { openSandboxCluster } from './open-sandbox.ts';

/** Helm's actions against the sandbox: releases come, change and go, and survive the process. */

const files = {
  'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\nkubeVersion: ">=1.20.0"\n',
  'values.yaml': 'level: info\nimage: web:1\nannotations: {}\nhook: "false"\n',
  'templates/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {level: "{{ .Values.level }}"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  progressDeadlineSeconds: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {{ toJson .Values.annotations }}}
    spec: {containers: [{name: web, image: "{{ .Values.image }}"}]}
`,
  'templates/hook.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: migrate, annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded"}}
spec:
  backoffLimit: 0
  template:
    metadata: {annotations: {testbed/fail: {{ .Values.hook | quote }}}}
    spec: {restartPolicy: Never, containers: [{name: main, image: x}]}
`,
};

const wait = { wait: 'watcher', timeout: 20_000 } as const;
const signal = new AbortController().signal;
let folder: string;
let cluster: Cluster;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-sandbox-'));
  cluster = await openSandboxCluster({ folder, readyAfter: 20 });
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function context(): ActionContext {
  const clock = createNodeClock();
  const namespace = 'default';
  const common = { namespace, compat: 'v4', log: discardLog } as const;
  const storage = objectStorage(cluster, { ...common, kind: 'Secret', now: () => clock.now() });
  return { ...common, cluster, storage, clock, zone: localZone('UTC'), signal };
}

function chart(): ReturnType<typeof chartForAction> {
  const host = createNodeTemplateHost({});
  const source = { kind: 'directory', files: memoryChartFiles(files) } as const;
  const options = { compat: 'v4', signal, log: discardLog, zone: localZone('UTC') } as const;
  const loaded = loadChart(source, { compat: 'v4' });
  return chartForAction(loaded, { ...options, cluster, host });
}

const values = (given: object = {}): Dict => fromJs(given, 'int') as Dict;

async function object(apiVersion: string, kind: string, name: string): Promise<Record<string, unknown>> {
  const mapping = await cluster.mapping(apiVersion, kind, { signal });
  return cluster.get({ mapping, namespace: 'default', name }, { signal });
}

async function names(apiVersion: string, kind: string): Promise<readonly string[]> {
  const mapping = await cluster.mapping(apiVersion, kind, { signal });
  return (await cluster.list({ mapping, namespace: 'default' }, { signal })).map(nameOf);
}

describe('a release in the sandbox', () => {
  test('is installed, upgraded, rolled back and uninstalled', async () => {
    const first = await install(context(), { name: 'web', chart: chart(), values: values(), ...wait });
    expect(first.info.status).toBe('deployed');
    expect(at(await object('apps/v1', 'Deployment', 'web'), 'status', 'readyReplicas')).toBe(2);

    const second = await upgrade(context(), {
      name: 'web',
      chart: chart(),
      values: values({ level: 'debug', image: 'web:2' }),
      ...wait,
    });
    expect([second.version, second.info.status]).toEqual([2, 'deployed']);
    expect(at(await object('v1', 'ConfigMap', 'web'), 'data')).toEqual({ level: 'debug' });
    const deployment = await object('apps/v1', 'Deployment', 'web');
    expect(textAt(deployment, 'metadata', 'annotations', 'deployment.kubernetes.io/revision')).toBe('2');
    expect(at(deployment, 'status', 'replicas')).toBe(2);

    await rollback(context(), { name: 'web', revision: 0, ...wait });
    expect(at(await object('v1', 'ConfigMap', 'web'), 'data')).toEqual({ level: 'info' });
    expect(await names('v1', 'Secret')).toEqual([1, 2, 3].map((n) => `sh.helm.release.v1.web.v${n}`));

    await uninstall(context(), { name: 'web', ...wait });
    for (const kind of ['ConfigMap', 'Secret', 'Service', 'Pod']) expect(await names('v1', kind)).toEqual([]);
    expect(await names('apps/v1', 'ReplicaSet')).toEqual([]);
  });

  test('is not changed by a plan that another run made old before the lock was ours', async () => {
    await install(context(), { name: 'web', chart: chart(), values: values(), ...wait });
    const locks: ReleaseLocks = {
      hold: async () => {
        const faster = { name: 'web', chart: chart(), values: values({ level: 'debug' }), ...wait };
        await upgrade(context(), faster);
        return { lost: new AbortController().signal, [Symbol.asyncDispose]: async () => {} };
      },
      pendingOwner: async () => ({ state: 'unknown' }),
    };
    const refusal = (revision: number): string =>
      `another operation was faster: release "web" is at revision ${revision} (deployed) by now; run the command again`;
    const late = { ...context(), locks };
    await expect(uninstall(late, { name: 'web', ...wait })).rejects.toThrow(refusal(2));
    await expect(rollback(late, { name: 'web', revision: 1, ...wait })).rejects.toThrow(refusal(3));
    const request = { name: 'web', chart: chart(), values: values({ level: 'warn' }), ...wait };
    await expect(upgrade(late, request)).rejects.toThrow(refusal(4));
    expect(at(await object('v1', 'ConfigMap', 'web'), 'data')).toEqual({ level: 'debug' });
  });

  test('is there for the next process', async () => {
    await install(context(), { name: 'web', chart: chart(), values: values(), ...wait });
    await cluster[Symbol.asyncDispose]();
    cluster = await openSandboxCluster({ folder });
    expect(at(await object('v1', 'ConfigMap', 'web'), 'data')).toEqual({ level: 'info' });
    const [release] = await context().storage.history('web', { signal });
    expect(release?.info.status).toBe('deployed');
  });

  test('fails when its pods never become ready', async () => {
    const given = values({ annotations: { 'testbed/never-ready': 'true' } });
    await expect(install(context(), { name: 'web', chart: chart(), values: given, ...wait })).rejects.toThrow(
      'resource Deployment/default/web not ready. status: Failed, message: Progress deadline exceeded',
    );
  });

  test('fails when its pods crash', async () => {
    const given = values({ annotations: { 'testbed/fail': 'true' } });
    await expect(install(context(), { name: 'web', chart: chart(), values: given, ...wait })).rejects.toThrow(
      'resource Deployment/default/web not ready. status: Failed',
    );
  });

  test('fails when a hook fails', async () => {
    await expect(
      install(context(), { name: 'web', chart: chart(), values: values({ hook: 'true' }), ...wait }),
    ).rejects.toThrow('pre-install');
    expect(await names('apps/v1', 'Deployment')).toEqual([]);
  });
});
