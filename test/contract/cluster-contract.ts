import {
  type Cluster,
  ClusterError,
  type JsonObject,
  type ResourceMapping,
  type WatchEvent,
} from '@flotilla/helm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What every Cluster does, whoever stands behind it. `make` gives a fresh one with a namespace `contract`. */

export interface ContractCluster extends AsyncDisposable {
  readonly cluster: Cluster;
}

const namespace = 'contract';
const signal = new AbortController().signal;
const options = { signal };

const configMap = (name: string, data: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
  ...more,
});

const deployment = (name: string, containers: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers } },
    ...more,
  },
});

/** The refusal of a call. */
async function refusal(call: Promise<unknown>): Promise<Pick<ClusterError, 'reason' | 'message'>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ClusterError);
  const { reason, message } = error as ClusterError;
  return { reason, message };
}

function metadataOf(object: JsonObject): JsonObject {
  return object['metadata'] as JsonObject;
}

/** `manager operation: fields` of an object. */
function owners(object: JsonObject): readonly string[] {
  const entries = (metadataOf(object)['managedFields'] ?? []) as readonly JsonObject[];
  return entries
    .filter((entry) => entry['subresource'] === undefined)
    .map(
      (entry) =>
        `${String(entry['manager'])} ${String(entry['operation'])} ${JSON.stringify(entry['fieldsV1'])}`,
    )
    .sort();
}

export function clusterContract(title: string, make: () => Promise<ContractCluster>): void {
  describe(title, () => {
    let made: ContractCluster;
    let cluster: Cluster;
    let maps: ResourceMapping;
    let deployments: ResourceMapping;
    const mapRef = (name: string) => ({ mapping: maps, namespace, name });
    const apply = (object: JsonObject, manager: string, force = false): Promise<JsonObject> =>
      cluster.patch(
        mapRef(String(metadataOf(object)['name'])),
        { type: 'apply', object, force },
        { ...options, fieldManager: manager },
      );

    beforeAll(async () => {
      made = await make();
      cluster = made.cluster;
      maps = await cluster.mapping('v1', 'ConfigMap', options);
      deployments = await cluster.mapping('apps/v1', 'Deployment', options);
    });
    afterAll(() => made?.[Symbol.asyncDispose]());

    async function eventually<T>(look: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
      for (let attempt = 0; ; attempt += 1) {
        const value = await look();
        if (isDone(value) || attempt > 100) return value;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }

    describe('discovery', () => {
      test('tells how kinds are reached', () => {
        expect(maps).toEqual({
          group: '',
          version: 'v1',
          kind: 'ConfigMap',
          resource: 'configmaps',
          isNamespaced: true,
        });
        expect(deployments).toEqual({
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          resource: 'deployments',
          isNamespaced: true,
        });
      });

      test('says which kinds it does not know', async () => {
        expect(await refusal(cluster.mapping('x.y/v1', 'Nope', options))).toEqual({
          reason: 'NoMatch',
          message: 'no matches for kind "Nope" in version "x.y/v1"',
        });
      });

      test('lists group versions and kinds', async () => {
        expect(await cluster.apiVersions(options)).toEqual(
          expect.arrayContaining(['v1', 'apps/v1', 'v1/ConfigMap', 'apps/v1/Deployment', 'batch/v1/Job']),
        );
      });

      test('has a version', async () => {
        const { gitVersion, major, minor } = await cluster.version(options);
        expect(gitVersion).toMatch(/^v\d+\.\d+\.\d+/);
        expect(gitVersion.startsWith(`v${major}.${Number.parseInt(minor, 10)}.`)).toBe(true);
      });

      test('knows a new kind once its definition is established', async () => {
        const crds = await cluster.mapping('apiextensions.k8s.io/v1', 'CustomResourceDefinition', options);
        const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
        await cluster.create(
          crds,
          {
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            metadata: { name: 'things.contract.example.com' },
            spec: {
              group: 'contract.example.com',
              scope: 'Namespaced',
              names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
              versions: [{ name: 'v1', served: true, storage: true, schema }],
            },
          },
          options,
        );
        const things = await eventually(
          async () => {
            cluster.refreshDiscovery();
            return cluster.mapping('contract.example.com/v1', 'Thing', options).catch(() => undefined);
          },
          (found) => found !== undefined,
        );
        expect(things).toMatchObject({ resource: 'things', isNamespaced: true });
        const object = {
          apiVersion: 'contract.example.com/v1',
          kind: 'Thing',
          metadata: { name: 't', namespace },
          spec: { any: [1] },
        };
        expect(await cluster.create(things as ResourceMapping, object, options)).toMatchObject({
          spec: { any: [1] },
        });
        expect(await cluster.patchSchema(things as ResourceMapping, options)).toBeUndefined();
      });
    });

    describe('objects', () => {
      test('are created once and read back whole', async () => {
        const created = await cluster.create(maps, configMap('one', { a: '1' }), {
          ...options,
          fieldManager: 'me',
        });
        expect(await cluster.get(mapRef('one'), options)).toEqual(created);
        expect(created).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1', data: { a: '1' } });
        expect(owners(created)).toEqual(['me Update {"f:data":{".":{},"f:a":{}}}']);
        expect(await refusal(cluster.create(maps, configMap('one'), options))).toEqual({
          reason: 'AlreadyExists',
          message: 'configmaps "one" already exists',
        });
      });

      test('that are not there are said to be missing', async () => {
        const missing = { reason: 'NotFound', message: 'configmaps "none" not found' };
        expect(await refusal(cluster.get(mapRef('none'), options))).toEqual(missing);
        expect(await refusal(cluster.delete(mapRef('none'), options))).toEqual(missing);
        const body = { data: { a: '1' } };
        expect(await refusal(cluster.patch(mapRef('none'), { type: 'merge', body }, options))).toEqual(
          missing,
        );
        const ref = { mapping: deployments, namespace, name: 'none' };
        expect(await refusal(cluster.get(ref, options))).toMatchObject({
          message: 'deployments.apps "none" not found',
        });
      });

      test('need a namespace that exists', async () => {
        const object = { ...configMap('a'), metadata: { name: 'a', namespace: 'no-such' } };
        expect(await refusal(cluster.create(maps, object, options))).toEqual({
          reason: 'NotFound',
          message: 'namespaces "no-such" not found',
        });
      });

      test('are replaced whole, but not over a newer version', async () => {
        const first = await cluster.create(maps, configMap('replaced', { a: '1', b: '2' }), options);
        const second = await cluster.replace(mapRef('replaced'), configMap('replaced', { c: '3' }), options);
        expect(second['data']).toEqual({ c: '3' });
        const { resourceVersion } = metadataOf(first);
        const stale = {
          ...configMap('replaced'),
          metadata: { ...metadataOf(configMap('replaced')), resourceVersion },
        };
        expect(await refusal(cluster.replace(mapRef('replaced'), stale, options))).toEqual({
          reason: 'Conflict',
          message:
            'Operation cannot be fulfilled on configmaps "replaced": the object has been modified; please apply your changes to the latest version and try again',
        });
      });

      test('keep their version when nothing changes', async () => {
        await cluster.create(maps, configMap('still', { a: '1' }), options);
        const before = await cluster.get(mapRef('still'), options);
        const after = await cluster.patch(
          mapRef('still'),
          { type: 'merge', body: { data: { a: '1' } } },
          options,
        );
        expect(metadataOf(after)['resourceVersion']).toBe(metadataOf(before)['resourceVersion']);
      });

      test('count generations of what was asked for', async () => {
        const ref = { mapping: deployments, namespace, name: 'counted' };
        const created = await cluster.create(
          deployments,
          deployment('counted', [{ name: 'a', image: 'a' }]),
          options,
        );
        expect(metadataOf(created)['generation']).toBe(1);
        const labelled = await cluster.patch(
          ref,
          { type: 'merge', body: { metadata: { labels: { x: 'y' } } } },
          options,
        );
        expect(metadataOf(labelled)['generation']).toBe(1);
        const scaled = await cluster.patch(ref, { type: 'merge', body: { spec: { replicas: 2 } } }, options);
        expect(metadataOf(scaled)['generation']).toBe(2);
      });

      test('refuse changes of what is fixed', async () => {
        await cluster.create(maps, configMap('fixed', { a: '1' }, { immutable: true }), options);
        const change = cluster.patch(mapRef('fixed'), { type: 'merge', body: { data: { a: '2' } } }, options);
        expect(await refusal(change)).toEqual({
          reason: 'Invalid',
          message:
            'ConfigMap "fixed" is invalid: data: Forbidden: field is immutable when `immutable` is set',
        });
      });

      test('are judged without being stored in a dry run', async () => {
        const dry = await cluster.create(maps, configMap('dry', { a: '1' }), { ...options, isDryRun: true });
        expect(dry).toMatchObject({ data: { a: '1' } });
        expect(await refusal(cluster.get(mapRef('dry'), options))).toMatchObject({ reason: 'NotFound' });
      });

      test('are gone after deletion', async () => {
        await cluster.create(maps, configMap('gone'), options);
        await cluster.delete(mapRef('gone'), { ...options, propagation: 'Background' });
        expect(await refusal(cluster.get(mapRef('gone'), options))).toMatchObject({ reason: 'NotFound' });
      });
    });

    describe('patches', () => {
      test('merge tables, and remove what is null', async () => {
        await cluster.create(maps, configMap('merged', { a: '1', b: '2' }), options);
        const body = { data: { a: null, c: '3' } };
        expect(await cluster.patch(mapRef('merged'), { type: 'merge', body }, options)).toMatchObject({
          data: { b: '2', c: '3' },
        });
      });

      test('follow JSON pointers', async () => {
        await cluster.create(maps, configMap('pointed', { a: '1' }), options);
        const operations = [
          { op: 'replace', path: '/data/a', value: '2' },
          { op: 'add', path: '/data/b', value: '3' },
        ] as const;
        expect(await cluster.patch(mapRef('pointed'), { type: 'json', operations }, options)).toMatchObject({
          data: { a: '2', b: '3' },
        });
      });

      test('merge lists by their key, in the order they are told', async () => {
        const ref = { mapping: deployments, namespace, name: 'listed' };
        await cluster.create(
          deployments,
          deployment('listed', [
            { name: 'a', image: 'a:1' },
            { name: 'b', image: 'b:1' },
          ]),
          options,
        );
        const containers = [
          { name: 'c', image: 'c:1' },
          { name: 'b', image: 'b:2' },
          { $patch: 'delete', name: 'a' },
        ];
        const order = { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }] };
        const body = { spec: { template: { spec: { ...order, containers } } } };
        const patched = await cluster.patch(ref, { type: 'strategic', body }, options);
        expect(patched).toMatchObject({
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'c', image: 'c:1' },
                  { name: 'b', image: 'b:2' },
                ],
              },
            },
          },
        });
      });

      test('tell the keys of lists', async () => {
        const schema = await cluster.patchSchema(deployments, options);
        const pod = schema?.field('spec')?.schema?.field('template')?.schema?.field('spec')?.schema;
        expect(pod?.field('containers')?.rules).toEqual({ strategies: ['merge'], mergeKey: 'name' });
        expect(pod?.field('containers')?.schema?.field('ports')?.rules).toEqual({
          strategies: ['merge'],
          mergeKey: 'containerPort',
        });
        expect(schema?.field('spec')?.schema?.field('strategy')?.rules.strategies).toEqual(['retainKeys']);
        expect(pod?.field('tolerations')?.rules.mergeKey).toBe('');
      });
    });

    describe('server-side apply', () => {
      test('creates, and removes what its manager no longer wants', async () => {
        const created = await apply(configMap('applied', { a: '1', b: '2' }), 'helm');
        expect(owners(created)).toEqual(['helm Apply {"f:data":{"f:a":{},"f:b":{}}}']);
        const next = await apply(configMap('applied', { b: '3' }), 'helm');
        expect(next['data']).toEqual({ b: '3' });
        expect(owners(next)).toEqual(['helm Apply {"f:data":{"f:b":{}}}']);
      });

      test('leaves other managers’ fields alone', async () => {
        await apply(configMap('shared', { a: '1' }), 'helm');
        await cluster.patch(
          mapRef('shared'),
          { type: 'merge', body: { data: { x: '9' } } },
          { ...options, fieldManager: 'other' },
        );
        const next = await apply(configMap('shared', { b: '2' }), 'helm');
        expect(next['data']).toEqual({ b: '2', x: '9' });
        expect(owners(next)).toEqual([
          'helm Apply {"f:data":{"f:b":{}}}',
          'other Update {"f:data":{"f:x":{}}}',
        ]);
      });

      test('conflicts over a field, unless forced', async () => {
        await apply(configMap('fought', { a: '1' }), 'first');
        expect(await refusal(apply(configMap('fought', { a: '2' }), 'second'))).toEqual({
          reason: 'Conflict',
          message: 'Apply failed with 1 conflict: conflict with "first": .data.a',
        });
        const forced = await apply(configMap('fought', { a: '2' }), 'second', true);
        expect(owners(forced)).toEqual(['second Apply {"f:data":{"f:a":{}}}']);
      });

      test('shares a field of equal value', async () => {
        await apply(configMap('agreed', { a: '1' }), 'first');
        const both = await apply(configMap('agreed', { a: '1' }), 'second');
        expect(owners(both)).toEqual([
          'first Apply {"f:data":{"f:a":{}}}',
          'second Apply {"f:data":{"f:a":{}}}',
        ]);
        const left = await apply(configMap('agreed', {}), 'second');
        expect(left['data']).toEqual({ a: '1' });
      });

      test('owns list items by their key', async () => {
        const ref = { mapping: deployments, namespace, name: 'items' };
        const of = (containers: readonly JsonObject[]): Promise<JsonObject> =>
          cluster.patch(
            ref,
            { type: 'apply', object: deployment('items', containers), force: false },
            { ...options, fieldManager: 'helm' },
          );
        await of([
          { name: 'a', image: 'a' },
          { name: 'b', image: 'b' },
        ]);
        const next = await of([{ name: 'b', image: 'b:2' }]);
        expect(next).toMatchObject({
          spec: { template: { spec: { containers: [{ name: 'b', image: 'b:2' }] } } },
        });
        expect(owners(next)[0]).toContain(
          '"f:containers":{"k:{\\"name\\":\\"b\\"}":{".":{},"f:image":{},"f:name":{}}}',
        );
      });

      test('refuses unknown fields when told to be strict', async () => {
        const object = { ...configMap('strict'), datum: {} };
        const call = cluster.patch(
          mapRef('strict'),
          { type: 'apply', object, force: false },
          { ...options, fieldManager: 'helm', fieldValidation: 'Strict' },
        );
        const { message } = await refusal(call);
        expect(message).toContain('.datum: field not declared in schema');
      });
    });

    describe('lists and watches', () => {
      test('select by labels and by name', async () => {
        for (const [name, team] of [
          ['l1', 'a'],
          ['l2', 'b'],
          ['l3', 'a'],
        ] as const) {
          const object = configMap(name);
          await cluster.create(
            maps,
            { ...object, metadata: { ...metadataOf(object), labels: { team, set: 'list' } } },
            options,
          );
        }
        const names = async (query: { labelSelector?: string; fieldSelector?: string }): Promise<unknown> =>
          (await cluster.list({ mapping: maps, namespace, ...query }, options)).map((object) => [
            object['kind'],
            metadataOf(object)['name'],
          ]);
        expect(await names({ labelSelector: 'set=list,team=a' })).toEqual([
          ['ConfigMap', 'l1'],
          ['ConfigMap', 'l3'],
        ]);
        expect(await names({ labelSelector: 'set=list,team!=a' })).toEqual([['ConfigMap', 'l2']]);
        expect(await names({ fieldSelector: 'metadata.name=l3' })).toEqual([['ConfigMap', 'l3']]);
        expect(await names({ labelSelector: 'set=nothing' })).toEqual([]);
      });

      test('a watch tells what is there, then what changes, until it is stopped', async () => {
        await cluster.create(maps, configMap('seen'), options);
        const stop = new AbortController();
        const told: string[] = [];
        const query = { mapping: maps, namespace, fieldSelector: 'metadata.name=seen' };
        const steps: Readonly<Record<string, () => Promise<unknown>>> = {
          synced: () => cluster.patch(mapRef('seen'), { type: 'merge', body: { data: { a: '1' } } }, options),
          'changed {"a":"1"}': () => cluster.delete(mapRef('seen'), options),
          'deleted {"a":"1"}': async () => stop.abort(new Error('enough')),
        };
        const describeEvent = (event: WatchEvent): string =>
          event.type === 'synced' ? 'synced' : `${event.type} ${JSON.stringify(event.object['data'])}`;
        const watching = (async () => {
          for await (const event of cluster.watch(query, { signal: stop.signal })) {
            told.push(describeEvent(event));
            await steps[told.at(-1) ?? '']?.();
          }
        })();
        await expect(watching).rejects.toThrow('enough');
        expect(told).toEqual(['changed undefined', 'synced', 'changed {"a":"1"}', 'deleted {"a":"1"}']);
      });

      test('a table has columns and one row per object', async () => {
        await cluster.create(maps, configMap('tabled', { a: '1' }), options);
        const table = await cluster.table(mapRef('tabled'), options);
        expect(table['kind']).toBe('Table');
        expect((table['columnDefinitions'] as readonly JsonObject[]).map((column) => column['name'])).toEqual(
          ['Name', 'Data', 'Age'],
        );
        expect(table['rows']).toMatchObject([
          { cells: ['tabled', 1, expect.any(String)], object: { metadata: { name: 'tabled' } } },
        ]);
      });
    });

    describe('signals', () => {
      test('a call that is called off rejects with the reason', async () => {
        const reason = new Error('called off');
        await expect(cluster.get(mapRef('one'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      });
    });

    describe('controllers', () => {
      test('a deployment becomes available, and its pods go with it', async () => {
        const ref = { mapping: deployments, namespace, name: 'ready' };
        const pods = await cluster.mapping('v1', 'Pod', options);
        await cluster.create(
          deployments,
          deployment('ready', [{ name: 'a', image: 'a' }], { replicas: 2 }),
          options,
        );
        const ready = await eventually(
          () => cluster.get(ref, options),
          (object) => (object['status'] as JsonObject | undefined)?.['readyReplicas'] === 2,
        );
        expect(ready['status']).toMatchObject({
          observedGeneration: 1,
          replicas: 2,
          updatedReplicas: 2,
          readyReplicas: 2,
          availableReplicas: 2,
        });
        const listPods = () =>
          cluster.list({ mapping: pods, namespace, labelSelector: 'app=ready' }, options);
        expect(await listPods()).toHaveLength(2);
        await cluster.delete(ref, { ...options, propagation: 'Background' });
        expect(await eventually(listPods, (found) => found.length === 0)).toEqual([]);
      });

      test('a job runs through and its pod has logs', async () => {
        const jobs = await cluster.mapping('batch/v1', 'Job', options);
        const pods = await cluster.mapping('v1', 'Pod', options);
        const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'a' }] };
        const object = {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'run', namespace },
          spec: { template: { spec: pod } },
        };
        await cluster.create(jobs, object, options);
        const done = await eventually(
          () => cluster.get({ mapping: jobs, namespace, name: 'run' }, options),
          (job) => JSON.stringify(job['status'] ?? {}).includes('"type":"Complete"'),
        );
        expect(done['status']).toMatchObject({ succeeded: 1 });
        const [made] = await cluster.list(
          { mapping: pods, namespace, labelSelector: 'job-name=run' },
          options,
        );
        const name = String(metadataOf(made ?? {})['name']);
        expect(typeof (await cluster.podLogs(namespace, name, { ...options, container: 'main' }))).toBe(
          'string',
        );
      });
    });
  });
}
