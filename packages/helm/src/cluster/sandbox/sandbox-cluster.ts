/**
 * The sandbox: a cluster inside this process, kept in a folder, for trying things out without a Kubernetes. Comes in: a
 * folder (`.flotilla/sandbox` below the working directory unless told otherwise), a clock. Goes out: the Cluster port
 * with server-side apply, immutable fields, garbage collection and pods that become ready after a moment (pods.ts tells
 * how to rehearse failures). Several processes may use one folder. Nothing runs in it: no images, no network, no access
 * rights; it says so in its version (`v1.36.1+sandbox`: build metadata, so that charts' version ranges still fit).
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  apiVersionOfMapping,
  type CallOptions,
  type Cluster,
  type DeleteOptions,
  type ListQuery,
  type ObjectRef,
  type Patch,
  type PatchSchema,
  type PodLogOptions,
  type ResourceMapping,
  type ServerVersion,
  type WatchEvent,
  type WriteOptions,
} from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type JsonObject, nameOf, namespaceOf, textsAt } from '../json-object.ts';
import type { WaitClock } from '../wait/waiter.ts';
import { timestampOf } from './admission/prepare.ts';
import { notFound } from './api-errors.ts';
import { Catalogue, crdStore, type KindInfo } from './catalogue.ts';
import { Controllers } from './controllers/controllers.ts';
import { followObjects } from './object-watch.ts';
import { patchSchemaOf } from './patches/patch-schema.ts';
import { podLog } from './pod-log.ts';
import { type SandboxOptions, sandboxContext } from './sandbox-options.ts';
import { labelTest, parseFieldSelector } from './selectors.ts';
import { ObjectStore } from './store/object-store.ts';
import { tableOf } from './table.ts';
import { idOfTarget, type Target, Writer } from './writer.ts';

const firstNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'] as const;

/** See {@link openSandboxCluster} in open-sandbox.ts. */
export async function makeSandboxCluster(options: SandboxOptions): Promise<Cluster> {
  const cluster = new SandboxCluster(new ObjectStore(options.folder), options);
  await cluster.open();
  return cluster;
}

const nodeClock: WaitClock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal });
  },
};

/** How often a follower looks for what other processes did. */
const lookInterval = 200;
const slowStep = 3000;

class SandboxCluster implements Cluster {
  readonly context = sandboxContext;
  readonly defaultNamespace: string;
  readonly #store: ObjectStore;
  readonly #clock: WaitClock;
  readonly #writer: Writer;
  readonly #controllers: Controllers;
  readonly #closing = new AbortController();
  #catalogue: Catalogue | undefined;
  #followers = 0;
  #pump: Promise<void> | undefined;
  #failure = new AbortController();

  constructor(store: ObjectStore, options: SandboxOptions) {
    this.#store = store;
    this.#clock = options.clock ?? nodeClock;
    this.defaultNamespace = options.namespace ?? 'default';
    this.#writer = new Writer(store, () => this.#clock.now());
    this.#controllers = new Controllers(store, { step: options.readyAfter ?? 300, slow: slowStep });
    store.observe(({ kind }) => {
      if (kind === crdStore) this.#catalogue = undefined;
    });
  }

  async open(): Promise<void> {
    const { signal } = this.#closing;
    this.#store.refresh();
    if (this.#store.get('/namespaces', '/default') === undefined) {
      await this.#store.write(() => this.#furnish(), signal);
    }
  }

  #furnish(): void {
    if (this.#store.get('/namespaces', '/default') !== undefined) return;
    const info = this.#info({
      group: '',
      version: 'v1',
      kind: 'Namespace',
      resource: '',
      isNamespaced: false,
    });
    for (const name of firstNamespaces) {
      this.#writer.create(info, { metadata: { name } }, { fieldManager: 'kube-apiserver' });
    }
    this.#store.put('/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'sandbox', uid: randomUUID(), creationTimestamp: timestampOf(this.#clock.now()) },
      spec: {},
      status: {
        conditions: [{ type: 'Ready', status: 'True', reason: 'Sandbox', message: 'nothing runs here' }],
      },
    });
  }

  async version({ signal }: CallOptions): Promise<ServerVersion> {
    this.#check(signal);
    return { gitVersion: 'v1.36.1+sandbox', major: '1', minor: '36' };
  }

  async apiVersions({ signal }: CallOptions): Promise<readonly string[]> {
    await this.#settle(signal);
    return this.#kinds.apiVersions();
  }

  async mapping(apiVersion: string, kind: string, { signal }: CallOptions): Promise<ResourceMapping> {
    await this.#settle(signal);
    const found = this.#kinds.find(apiVersion, kind);
    if (found !== undefined) return found.mapping;
    throw new ClusterError(
      `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
      { reason: 'NoMatch', status: 0 },
    );
  }

  refreshDiscovery(): void {
    this.#catalogue = undefined;
  }

  async patchSchema(mapping: ResourceMapping, { signal }: CallOptions): Promise<PatchSchema | undefined> {
    await this.#settle(signal);
    const info = this.#info(mapping);
    return info.isCustom ? undefined : patchSchemaOf(info.type);
  }

  async get(ref: ObjectRef, { signal }: CallOptions): Promise<JsonObject> {
    await this.#settle(signal);
    const { info, name } = this.#target(ref);
    const found = this.#store.get(info.store, idOfTarget(this.#target(ref)));
    if (found === undefined) throw notFound(info, name);
    return shownAs(info, found);
  }

  async list(query: ListQuery, { signal }: CallOptions): Promise<readonly JsonObject[]> {
    await this.#settle(signal);
    const info = this.#info(query.mapping);
    return this.#store
      .list(info.store)
      .filter(matcherOf(query))
      .sort(byName)
      .map((object) => shownAs(info, object));
  }

  async listObject(query: ListQuery, options: CallOptions): Promise<JsonObject> {
    const items = await this.list(query, options);
    const metadata = { resourceVersion: String(this.#store.version) };
    return {
      apiVersion: apiVersionOfMapping(query.mapping),
      kind: `${query.mapping.kind}List`,
      metadata,
      items,
    };
  }

  async table(ref: ObjectRef, options: CallOptions): Promise<JsonObject> {
    return tableOf([await this.get(ref, options)], this.#clock.now());
  }

  async listTable(query: ListQuery, options: CallOptions): Promise<JsonObject> {
    return tableOf(await this.list(query, options), this.#clock.now());
  }

  create(mapping: ResourceMapping, object: JsonObject, options: WriteOptions): Promise<JsonObject> {
    return this.#write(() => this.#writer.create(this.#info(mapping), object, options), options.signal);
  }

  replace(ref: ObjectRef, object: JsonObject, options: WriteOptions): Promise<JsonObject> {
    return this.#write(() => this.#writer.replace(this.#target(ref), object, options), options.signal);
  }

  patch(ref: ObjectRef, patch: Patch, options: WriteOptions): Promise<JsonObject> {
    return this.#write(() => this.#writer.patch(this.#target(ref), patch, options), options.signal);
  }

  delete(ref: ObjectRef, options: DeleteOptions): Promise<void> {
    return this.#write(() => this.#writer.delete(this.#target(ref), options), options.signal);
  }

  async *watch(query: ListQuery, { signal }: CallOptions): AsyncGenerator<WatchEvent, void, void> {
    await this.#settle(signal);
    const info = this.#info(query.mapping);
    this.#follow();
    const stop = AbortSignal.any([signal, this.#closing.signal, this.#failure.signal]);
    try {
      yield* followObjects(this.#store, {
        kind: info.store,
        matches: matcherOf(query),
        show: (object) => shownAs(info, object),
        signal: stop,
      });
    } finally {
      this.#followers -= 1;
    }
  }

  async podLogs(namespace: string, pod: string, options: PodLogOptions): Promise<string> {
    const mapping = { group: '', version: 'v1', kind: 'Pod', resource: 'pods', isNamespaced: true };
    return podLog(await this.get({ mapping, namespace, name: pod }, options), options.container);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(closed());
    await this.#pump;
  }

  /** Time goes on for followers; without any, it is caught up with by the next call. */
  #follow(): void {
    this.#followers += 1;
    if (this.#pump !== undefined) return;
    this.#failure = new AbortController();
    this.#pump = this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    try {
      while (this.#followers > 0) {
        const due = (this.#controllers.nextDue ?? Number.POSITIVE_INFINITY) - this.#clock.now();
        await this.#clock.sleep(Math.min(lookInterval, Math.max(1, due)), signal);
        await this.#settle(signal);
      }
    } catch (error) {
      if (!signal.aborted) this.#failure.abort(error);
    } finally {
      this.#pump = undefined;
    }
  }

  /** Takes over what others did and what time has brought. */
  async #settle(signal: AbortSignal): Promise<void> {
    this.#check(signal);
    this.#store.refresh();
    if ((this.#controllers.nextDue ?? Number.POSITIVE_INFINITY) > this.#clock.now()) return;
    await this.#transaction(() => this.#controllers.run(this.#clock.now()), signal);
  }

  #write<T>(work: () => T, signal: AbortSignal): Promise<T> {
    this.#check(signal);
    return this.#transaction(() => {
      this.#controllers.run(this.#clock.now());
      const result = work();
      this.#controllers.run(this.#clock.now());
      return result;
    }, signal);
  }

  /** What the controllers did in a transaction that fails is taken back, so they have to do it again. */
  async #transaction<T>(work: () => T, signal: AbortSignal): Promise<T> {
    let takeBack = (): void => {};
    try {
      return await this.#store.write(() => {
        takeBack = this.#controllers.checkpoint();
        return work();
      }, signal);
    } catch (error) {
      takeBack();
      throw error;
    }
  }

  #check(signal: AbortSignal): void {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
  }

  get #kinds(): Catalogue {
    this.#catalogue ??= new Catalogue(this.#store.list(crdStore));
    return this.#catalogue;
  }

  #info(mapping: ResourceMapping): KindInfo {
    const found = this.#kinds.find(apiVersionOfMapping(mapping), mapping.kind);
    if (found !== undefined) return found;
    throw new ClusterError('the server could not find the requested resource', {
      reason: 'NotFound',
      status: 404,
    });
  }

  #target({ mapping, namespace, name }: ObjectRef): Target {
    const info = this.#info(mapping);
    return { info, namespace: info.mapping.isNamespaced ? namespace : '', name };
  }
}

function closed(): ClusterError {
  return new ClusterError('the sandbox cluster is closed', { reason: 'Unreachable', status: 0 });
}

/** Other versions of custom kinds differ in their name alone. */
function shownAs(info: KindInfo, object: JsonObject): JsonObject {
  const apiVersion = apiVersionOfMapping(info.mapping);
  return object['apiVersion'] === apiVersion ? object : { ...object, apiVersion };
}

function matcherOf({ namespace, labelSelector, fieldSelector }: ListQuery): (object: JsonObject) => boolean {
  const hasLabels = labelSelector === undefined ? () => true : labelTest(labelSelector);
  const hasFields = fieldSelector === undefined ? () => true : parseFieldSelector(fieldSelector);
  return (object) =>
    (namespace === '' || namespaceOf(object) === namespace) &&
    hasLabels(textsAt(object, 'metadata', 'labels')) &&
    hasFields(object);
}

function byName(a: JsonObject, b: JsonObject): number {
  const [left, right] = [`${namespaceOf(a)}/${nameOf(a)}`, `${namespaceOf(b)}/${nameOf(b)}`];
  return left < right ? -1 : Number(left > right);
}
