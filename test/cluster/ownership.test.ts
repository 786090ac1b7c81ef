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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartFolder } from './chart-folder.ts';
import { type ControlPlane, hasControlPlane, runHelm, startControlPlane } from './control-plane.ts';
import { liveState } from './live-state.ts';
import { type OurHelm, ourHelm, valuesOf } from './our-helm.ts';

/** Whose objects and whose releases: strangers' objects, CRDs, other controllers' fields, runs that live or died. */

const wait = { wait: 'hookOnly', timeout: 60_000 } as const;
const signal = new AbortController().signal;

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {x: "${value}"}\n---\n`;

describe.skipIf(!hasControlPlane('test/cluster/ownership.test.ts'))('ownership', () => {
  let plane: ControlPlane;
  let ours: OurHelm;
  beforeAll(async () => {
    plane = await startControlPlane(17480);
    ours = await ourHelm(plane.kubeconfig);
  });
  afterAll(async () => {
    await ours?.[Symbol.asyncDispose]();
    await plane?.[Symbol.asyncDispose]();
  });

  async function createNamespace(name: string): Promise<void> {
    const mapping = await ours.cluster.mapping('v1', 'Namespace', { signal });
    await ours.cluster.create(
      mapping,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { signal },
    );
  }

  async function put(namespace: string, object: JsonObject, patch?: JsonObject): Promise<void> {
    const mapping = await ours.cluster.mapping(String(object['apiVersion']), String(object['kind']), {
      signal,
    });
    const metadata = object['metadata'] as JsonObject;
    const ref = { mapping, namespace, name: String(metadata['name']) };
    if (patch === undefined)
      await ours.cluster.create(
        mapping,
        { ...object, metadata: { ...metadata, namespace } },
        { signal, fieldManager: 'someone' },
      );
    else await ours.cluster.patch(ref, { type: 'merge', body: patch }, { signal, fieldManager: 'someone' });
  }

  const stranger = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', labels: { own: 'yes' } },
    data: { x: '0', y: '0' },
  };

  test.each(['v4', 'v3'] as const)(
    'an object of somebody else is refused, or taken over (%s)',
    async (compat) => {
      using chart = chartFolder({ 'templates/a.yaml': configMap('a', '1') + configMap('b', '1') });
      const program = compat === 'v4' ? 'helm4' : 'helm3';
      const [left, right] = [`adopt-${compat}-${process.pid}-left`, `adopt-${compat}-${process.pid}-right`];
      for (const namespace of [left, right]) {
        await createNamespace(namespace);
        await put(namespace, stranger);
      }
      const context = ours.context(right, { compat });
      const request = { name: 'web', chart: ours.chart(chart.path, context), values: valuesOf({}), ...wait };
      const refused = await runHelm(program, plane.kubeconfig, ['install', 'web', chart.path, '-n', left]);
      const error = await install(context, request).catch((failure: Error) => failure);
      expect(refused.stderr.replaceAll(left, 'NS')).toContain(
        (error as Error).message.replaceAll(right, 'NS'),
      );

      const force = compat === 'v4' ? ['--force-conflicts'] : [];
      const taken = await runHelm(program, plane.kubeconfig, [
        'install',
        'web',
        chart.path,
        '-n',
        left,
        '--take-ownership',
        ...force,
      ]);
      expect(taken).toMatchObject({ status: 0 });
      await install(context, { ...request, takeOwnership: true, forceConflicts: compat === 'v4' });
      expect(await liveState(ours.cluster, right)).toEqual(await liveState(ours.cluster, left));
    },
  );

  test('objects that lost their marks stay when the release goes', async () => {
    using chart = chartFolder({
      'templates/a.yaml': configMap('a', '1') + configMap('b', '1') + configMap('c', '1'),
    });
    const [left, right] = [`marks-${process.pid}-left`, `marks-${process.pid}-right`];
    for (const namespace of [left, right]) {
      await runHelm('helm4', plane.kubeconfig, [
        'install',
        'web',
        chart.path,
        '-n',
        namespace,
        '--create-namespace',
      ]);
      await put(namespace, stranger, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } });
      await put(
        namespace,
        { ...stranger, metadata: { name: 'b' } },
        { metadata: { annotations: { 'meta.helm.sh/release-name': 'other' } } },
      );
    }
    for (const isDryRun of [true, false]) {
      const reference = await runHelm('helm4', plane.kubeconfig, [
        'uninstall',
        'web',
        '-n',
        left,
        ...(isDryRun ? ['--dry-run'] : []),
      ]);
      const { info } = await uninstall(ours.context(right), { name: 'web', isDryRun, ...wait });
      expect(`${info === '' ? '' : `${info}\n`}release "web" uninstalled\n`).toBe(reference.stdout);
    }
    expect(await liveState(ours.cluster, right)).toEqual(await liveState(ours.cluster, left));
    expect(Object.keys((await liveState(ours.cluster, right)) as object)).toEqual([
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
      const program = compat === 'v4' ? 'helm4' : 'helm3';
      const [left, right] = [`crd-${compat}-${process.pid}-left`, `crd-${compat}-${process.pid}-right`];
      chart.write({ 'templates/a.yaml': custom('1') });
      const context = ours.context(right, { compat });
      const request = { name: 'web', values: valuesOf({}), ...wait };
      await install(context, { ...request, chart: ours.chart(chart.path, context), createNamespace: true });
      const reference = await runHelm(program, plane.kubeconfig, [
        'install',
        'web',
        chart.path,
        '-n',
        left,
        '--create-namespace',
      ]);
      expect(reference).toMatchObject({ status: 0 });
      expect(await liveState(ours.cluster, right, kinds)).toEqual(await liveState(ours.cluster, left, kinds));
      chart.write({ 'templates/a.yaml': custom('2').replace('list: [2], ', '') });
      await upgrade(context, { ...request, chart: ours.chart(chart.path, context) });
      await runHelm(program, plane.kubeconfig, ['upgrade', 'web', chart.path, '-n', left]);
      const state = await liveState(ours.cluster, right, kinds);
      expect(JSON.stringify(state)).toContain('"spec":{"deep":{"a":{"b":2}}}');
      expect(state).toEqual(await liveState(ours.cluster, left, kinds));
    }
  });

  test.each(['v4', 'v3'] as const)(
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
      const program = compat === 'v4' ? 'helm4' : 'helm3';
      const [left, right] = [`hpa-${compat}-${process.pid}-left`, `hpa-${compat}-${process.pid}-right`];
      for (const namespace of [left, right]) {
        await runHelm(program, plane.kubeconfig, [
          'install',
          'web',
          chart.path,
          '-n',
          namespace,
          '--create-namespace',
        ]);
        await put(
          namespace,
          { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
          { spec: { replicas: 4, template: { metadata: { labels: { extra: 'x' } } } } },
        );
      }
      const context = ours.context(right, { compat });
      for (const replicas of ['', 'replicas: 2']) {
        chart.write({ 'templates/a.yaml': web(replicas) });
        const reference = await runHelm(program, plane.kubeconfig, [
          'upgrade',
          'web',
          chart.path,
          '-n',
          left,
        ]);
        const request = {
          name: 'web',
          chart: ours.chart(chart.path, context),
          values: valuesOf({}),
          ...wait,
        };
        const error = await upgrade(context, request).catch((failure: Error) => failure);
        expect(error instanceof Error).toBe(reference.status !== 0);
        if (error instanceof Error)
          expect(reference.stderr.replaceAll(left, 'NS')).toContain(error.message.replaceAll(right, 'NS'));
        expect(await liveState(ours.cluster, right)).toEqual(await liveState(ours.cluster, left));
      }
    },
  );

  test.each(['v4', 'v3'] as const)('a kind changed, an API version moved (%s)', async (compat) => {
    const autoscaler = (version: string): string =>
      `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n---\n`;
    const workload = (kind: string): string =>
      `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}\n`;
    using chart = chartFolder({ 'templates/a.yaml': autoscaler('v1') + workload('Deployment') });
    const program = compat === 'v4' ? 'helm4' : 'helm3';
    const [left, right] = [`kind-${compat}-${process.pid}-left`, `kind-${compat}-${process.pid}-right`];
    const context = ours.context(right, { compat });
    for (const [version, kind] of [
      ['v1', 'Deployment'],
      ['v2', 'DaemonSet'],
    ] as const) {
      chart.write({ 'templates/a.yaml': autoscaler(version) + workload(kind) });
      const reference = await runHelm(program, plane.kubeconfig, [
        'upgrade',
        '--install',
        'web',
        chart.path,
        '-n',
        left,
        '--create-namespace',
      ]);
      expect(reference).toMatchObject({ status: 0 });
      await upgradeInstall(context, {
        name: 'web',
        chart: ours.chart(chart.path, context),
        values: valuesOf({}),
        createNamespace: true,
        ...wait,
      });
      expect(await liveState(ours.cluster, right)).toEqual(await liveState(ours.cluster, left));
    }
  });

  test.each([true, false])('a release of Helm 3 becomes server-side applied (%s)', async (serverSide) => {
    using chart = chartFolder({
      'templates/a.yaml': configMap('a', '1').replace('data: {', 'data: {y: "1", '),
    });
    const [left, right] = [`csa-${serverSide}-${process.pid}-left`, `csa-${serverSide}-${process.pid}-right`];
    for (const namespace of [left, right]) {
      await runHelm('helm3', plane.kubeconfig, [
        'install',
        'web',
        chart.path,
        '-n',
        namespace,
        '--create-namespace',
      ]);
    }
    chart.write({ 'templates/a.yaml': configMap('a', '2') });
    const context = ours.context(right);
    await runHelm('helm4', plane.kubeconfig, [
      'upgrade',
      'web',
      chart.path,
      '-n',
      left,
      `--server-side=${serverSide}`,
    ]);
    await upgrade(context, {
      name: 'web',
      chart: ours.chart(chart.path, context),
      values: valuesOf({}),
      serverSide,
      ...wait,
    });
    expect(await liveState(ours.cluster, right)).toEqual(await liveState(ours.cluster, left));
  });

  describe('of releases', () => {
    const owner = (run: string, isAlive: boolean): RunOwner => ({
      host: hostname(),
      process: process.pid,
      run,
      isAlive: () => isAlive,
    });
    const locksOf = (run: string, isAlive = true) =>
      leaseLocks(ours.cluster, { owner: owner(run, isAlive), clock: ours.context('x').clock, log: () => {} });

    /** Leaves a pending revision as a killed run would; the lock goes on unless released. */
    async function leavePending(namespace: string, run: string | undefined): Promise<Release> {
      using chart = chartFolder({ 'templates/a.yaml': configMap('a', '1') });
      const context = ours.context(namespace);
      const release = await install(context, {
        name: 'web',
        chart: ours.chart(chart.path, context),
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
      const context = ours.context(namespace, { locks: locksOf(run, options.isAlive ?? true) });
      const request = {
        name: 'web',
        chart: ours.chart(chart.path, context),
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
      const history = await ours.context(namespace).storage.history('web', { signal });
      expect(history.map(({ version, info }) => [version, info.status])).toEqual([
        [1, 'superseded'],
        [2, 'failed'],
        [3, 'deployed'],
      ]);
      expect(history[1]?.info.description).toBe(
        `Release "web" failed: left pending-upgrade by ${hostname()}/${process.pid}/first`,
      );
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
      const mapping = await ours.cluster.mapping('coordination.k8s.io/v1', 'Lease', { signal });
      expect(await ours.cluster.list({ mapping, namespace }, { signal })).toEqual([]);
    });
  });
});
