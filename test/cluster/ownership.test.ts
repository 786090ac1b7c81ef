import { hostname } from 'node:os';
import {
  install,
  type JsonObject,
  leaseLocks,
  type Release,
  ReleaseBusy,
  ReleasePending,
  type RunOwner,
  uninstall,
  upgrade,
  upgradeInstall,
} from '@flotilla/helm';
import { describe, expect, test } from 'vitest';
import { besideHelm, compats, pairOf, wait } from './beside-helm.ts';
import { chartFolder } from './chart-folder.ts';
import { liveState } from './live-state.ts';
import { valuesOf } from './our-helm.ts';

/** Whose objects and whose releases: strangers' objects, CRDs, other controllers' fields, runs that live or died. */

const signal = new AbortController().signal;

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${value}"}\n---\n`;

besideHelm('test/cluster/ownership.test.ts', 'ownership', (scene) => {
  async function createNamespace(name: string): Promise<void> {
    const mapping = await scene.ours.cluster.mapping('v1', 'Namespace', { signal });
    await scene.ours.cluster.create(
      mapping,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { signal },
    );
  }

  async function put(namespace: string, object: JsonObject, patch?: JsonObject): Promise<void> {
    const mapping = await scene.ours.cluster.mapping(String(object['apiVersion']), String(object['kind']), {
      signal,
    });
    const metadata = object['metadata'] as JsonObject;
    const ref = { mapping, namespace, name: String(metadata['name']) };
    if (patch === undefined)
      await scene.ours.cluster.create(
        mapping,
        { ...object, metadata: { ...metadata, namespace } },
        { signal, fieldManager: 'someone' },
      );
    else
      await scene.ours.cluster.patch(
        ref,
        { type: 'merge', body: patch },
        { signal, fieldManager: 'someone' },
      );
  }

  const stranger = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', labels: { own: 'yes' } },
    data: { x: '0', y: '0' },
  };

  test.each(compats)('an object of somebody else is refused, or taken over (%s)', async (compat) => {
    using chart = chartFolder({ 'templates/a.yaml': configMap('a', '1') + configMap('b', '1') });
    const pair = pairOf(`adopt-${compat}`);
    const { left, right } = pair;
    for (const namespace of [left, right]) {
      await createNamespace(namespace);
      await put(namespace, stranger);
    }
    const context = scene.ours.context(right, { compat });
    const request = {
      name: 'web',
      chart: scene.ours.chart(chart.path, context),
      values: valuesOf({}),
      ...wait,
    };
    const refused = await scene.helm(compat, ['install', 'web', chart.path, '-n', left]);
    const error = await install(context, request).catch((failure: Error) => failure);
    expect(refused.stderr.replaceAll(left, 'NS')).toContain((error as Error).message.replaceAll(right, 'NS'));

    const force = compat === 'v4' ? ['--force-conflicts'] : [];
    await scene.installWeb(compat, chart, [left], ['--take-ownership', ...force]);
    await install(context, { ...request, takeOwnership: true, forceConflicts: compat === 'v4' });
    await scene.expectSameState(pair);
  });

  test('objects that lost their marks stay when the release goes', async () => {
    using chart = chartFolder({
      'templates/a.yaml': configMap('a', '1') + configMap('b', '1') + configMap('c', '1'),
    });
    const pair = pairOf('marks');
    const { left, right } = pair;
    await scene.installWeb('v4', chart, [left, right]);
    for (const namespace of [left, right]) {
      await put(namespace, stranger, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } });
      await put(
        namespace,
        { ...stranger, metadata: { name: 'b' } },
        { metadata: { annotations: { 'meta.helm.sh/release-name': 'other' } } },
      );
    }
    for (const isDryRun of [true, false]) {
      const flags = isDryRun ? ['--dry-run'] : [];
      const reference = await scene.helm('v4', ['uninstall', 'web', '-n', left, ...flags]);
      const { info } = await uninstall(scene.ours.context(right), { name: 'web', isDryRun, ...wait });
      expect(`${info === '' ? '' : `${info}\n`}release "web" uninstalled\n`).toBe(reference.stdout);
    }
    await scene.expectSameState(pair);
    expect(Object.keys((await liveState(scene.ours.cluster, right)) as object)).toEqual([
      'ConfigMap/a',
      'ConfigMap/b',
    ]);
  });

  test('CRDs come first and are known when their objects come', async () => {
    const crd = (plural: string, kind: string): string =>
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.p${process.pid}.example.com}
spec:
  group: p${process.pid}.example.com
  scope: Namespaced
  names: {plural: ${plural}, singular: ${kind.toLowerCase()}, kind: ${kind}}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`;
    const group = `p${process.pid}.example.com`;
    const custom = (value: string): string =>
      `apiVersion: ${group}/v1\nkind: Thing\nmetadata: {name: t}\nspec: {list: [${value}], deep: {a: {b: ${value}}}}\n`;
    using chart = chartFolder({
      'crds/things.yaml': crd('things', 'Thing'),
      'templates/a.yaml': custom('1'),
    });
    const kinds = [[`${group}/v1`, 'Thing']] as const;
    for (const compat of ['v4', 'v3'] as const) {
      const pair = pairOf(`crd-${compat}`);
      const { left, right } = pair;
      chart.write({ 'templates/a.yaml': custom('1') });
      const context = scene.ours.context(right, { compat });
      const request = { name: 'web', values: valuesOf({}), ...wait };
      await install(context, {
        ...request,
        chart: scene.ours.chart(chart.path, context),
        createNamespace: true,
      });
      await scene.installWeb(compat, chart, [left]);
      await scene.expectSameState(pair, kinds);
      chart.write({ 'templates/a.yaml': custom('2').replace('list: [2], ', '') });
      await upgrade(context, { ...request, chart: scene.ours.chart(chart.path, context) });
      await scene.helm(compat, ['upgrade', 'web', chart.path, '-n', left]);
      const state = await liveState(scene.ours.cluster, right, kinds);
      expect(JSON.stringify(state)).toContain('"spec":{"deep":{"a":{"b":2}}}');
      expect(state).toEqual(await liveState(scene.ours.cluster, left, kinds));
    }
  });

  test.each(compats)(
    'fields other controllers own are left alone, drift is mended alike (%s)',
    async (compat) => {
      const web = (replicas: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  ${replicas}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "a:{{ .Release.Revision }}"}]}}
`;
      using chart = chartFolder({ 'templates/a.yaml': web('') });
      const pair = pairOf(`hpa-${compat}`);
      const { left, right } = pair;
      await scene.installWeb(compat, chart, [left, right]);
      for (const namespace of [left, right]) {
        await put(
          namespace,
          { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
          { spec: { replicas: 4, template: { metadata: { labels: { extra: 'x' } } } } },
        );
      }
      const context = scene.ours.context(right, { compat });
      for (const replicas of ['', 'replicas: 2']) {
        chart.write({ 'templates/a.yaml': web(replicas) });
        const reference = await scene.helm(compat, ['upgrade', 'web', chart.path, '-n', left]);
        const request = {
          name: 'web',
          chart: scene.ours.chart(chart.path, context),
          values: valuesOf({}),
          ...wait,
        };
        const error = await upgrade(context, request).catch((failure: Error) => failure);
        expect(error instanceof Error).toBe(reference.exitCode !== 0);
        if (error instanceof Error)
          expect(reference.stderr.replaceAll(left, 'NS')).toContain(error.message.replaceAll(right, 'NS'));
        await scene.expectSameState(pair);
      }
    },
  );

  test.each(compats)('a kind changed, an API version moved (%s)', async (compat) => {
    const autoscaler = (version: string): string =>
      `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n---\n`;
    const workload = (kind: string): string =>
      `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}\n`;
    using chart = chartFolder({ 'templates/a.yaml': autoscaler('v1') + workload('Deployment') });
    const pair = pairOf(`kind-${compat}`);
    const { left, right } = pair;
    const context = scene.ours.context(right, { compat });
    for (const [version, kind] of [
      ['v1', 'Deployment'],
      ['v2', 'DaemonSet'],
    ] as const) {
      chart.write({ 'templates/a.yaml': autoscaler(version) + workload(kind) });
      const args = ['upgrade', '--install', 'web', chart.path, '-n', left, '--create-namespace'];
      expect(await scene.helm(compat, args)).toMatchObject({ exitCode: 0 });
      await upgradeInstall(context, {
        name: 'web',
        chart: scene.ours.chart(chart.path, context),
        values: valuesOf({}),
        createNamespace: true,
        ...wait,
      });
      await scene.expectSameState(pair);
    }
  });

  test.each([true, false])('a release of Helm 3 becomes server-side applied (%s)', async (serverSide) => {
    using chart = chartFolder({
      'templates/a.yaml': configMap('a', '1').replace('data: {', 'data: {y: "1", '),
    });
    const pair = pairOf(`csa-${serverSide}`);
    const { left, right } = pair;
    await scene.installWeb('v3', chart, [left, right]);
    chart.write({ 'templates/a.yaml': configMap('a', '2') });
    const context = scene.ours.context(right);
    await scene.helm('v4', ['upgrade', 'web', chart.path, '-n', left, `--server-side=${serverSide}`]);
    await upgrade(context, {
      name: 'web',
      chart: scene.ours.chart(chart.path, context),
      values: valuesOf({}),
      serverSide: String(serverSide),
      ...wait,
    });
    await scene.expectSameState(pair);
  });

  describe('of releases', () => {
    const owner = (run: string, isAlive: boolean): RunOwner => ({
      host: hostname(),
      process: process.pid,
      run,
      isAlive: () => isAlive,
    });
    const locksOf = (run: string, isAlive = true) =>
      leaseLocks(scene.ours.cluster, {
        owner: owner(run, isAlive),
        clock: scene.ours.context('x').clock,
        log: () => {},
      });

    /** Leaves a pending revision as a killed run would; the lock goes on unless released. */
    async function leavePending(namespace: string, run: string | undefined): Promise<Release> {
      using chart = chartFolder({ 'templates/a.yaml': configMap('a', '1') });
      const context = scene.ours.context(namespace);
      const release = await install(context, {
        name: 'web',
        chart: scene.ours.chart(chart.path, context),
        values: valuesOf({}),
        createNamespace: true,
        ...wait,
      });
      const pending: Release = {
        ...release,
        version: 2,
        info: { ...release.info, status: 'pending-upgrade' },
      };
      await context.storage.create(pending, { signal });
      if (run !== undefined) await locksOf(run).hold({ name: 'web', namespace, revision: 2 }, signal);
      return pending;
    }

    async function upgradeAs(
      namespace: string,
      run: string,
      options: { isAlive?: boolean; recoverPending?: boolean } = {},
    ): Promise<unknown> {
      using chart = chartFolder({ 'templates/a.yaml': configMap('a', '2') });
      const context = scene.ours.context(namespace, { locks: locksOf(run, options.isAlive ?? true) });
      const request = {
        name: 'web',
        chart: scene.ours.chart(chart.path, context),
        values: valuesOf({}),
        recoverPending: options.recoverPending ?? false,
        ...wait,
      };
      return upgrade(context, request).catch((error: unknown) => error);
    }

    test('a living owner’s pending release is refused, a dead one’s taken over', async () => {
      const namespace = `lock-${process.pid}-a`;
      await leavePending(namespace, 'first');
      expect(await upgradeAs(namespace, 'second')).toBeInstanceOf(ReleasePending);
      const taken = (await upgradeAs(namespace, 'second', { isAlive: false })) as Release;
      expect(taken.info.status).toBe('deployed');
      const history = await scene.ours.context(namespace).storage.history('web', { signal });
      expect(history.map(({ version, info }) => [version, info.status])).toEqual([
        [1, 'superseded'],
        [2, 'failed'],
        [3, 'deployed'],
      ]);
      const since = / \(since [^)]*\)$/;
      expect(history[1]?.info.description.replace(since, '')).toBe(
        `Release "web" failed: left pending-upgrade by process ${process.pid} on ${hostname()}`,
      );
      expect(history[1]?.info.description).toMatch(since);
    });

    test('another tool’s pending release needs to be told', async () => {
      const namespace = `lock-${process.pid}-b`;
      await leavePending(namespace, undefined);
      const refused = await upgradeAs(namespace, 'second', { isAlive: false });
      expect(refused).toBeInstanceOf(ReleasePending);
      expect((refused as Error).message).toBe('another operation (install/upgrade/rollback) is in progress');
      expect(await upgradeAs(namespace, 'second', { recoverPending: true })).toMatchObject({
        info: { status: 'deployed' },
      });
    });

    test('two runs never write one release at once, and nothing is left of their locks', async () => {
      const namespace = `lock-${process.pid}-c`;
      await createNamespace(namespace);
      const held = await locksOf('first').hold({ name: 'web', namespace, revision: 1 }, signal);
      await expect(
        locksOf('second').hold({ name: 'web', namespace, revision: 1 }, signal),
      ).rejects.toBeInstanceOf(ReleaseBusy);
      await held[Symbol.asyncDispose]();
      const again = await locksOf('second').hold({ name: 'web', namespace, revision: 1 }, signal);
      await again[Symbol.asyncDispose]();
      const mapping = await scene.ours.cluster.mapping('coordination.k8s.io/v1', 'Lease', { signal });
      expect(await scene.ours.cluster.list({ mapping, namespace }, { signal })).toEqual([]);
    });
  });
});
