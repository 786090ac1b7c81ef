/**
 * The Cluster port over a real API server: raw JSON requests on a kept-alive transport. Comes in: a connection. Goes
 * out: a Cluster. Discovery and schemas are read once per context. Not its business: kubeconfig (kube-connection.ts),
 * HTTP (kube-transport.ts), following changes (kube-watch.ts).
 */
import type {
  CallOptions,
  Cluster,
  DeleteOptions,
  ListQuery,
  ObjectRef,
  Patch,
  PatchSchema,
  PodLogOptions,
  ResourceMapping,
  ServerVersion,
  WatchEvent,
  WriteOptions,
} from './cluster.ts';
import { ClusterError, hasReason, isNotFound } from './cluster-error.ts';
import {
  type Discovery,
  discoveryAccept,
  discoveryFromLists,
  mappingKey,
  readDiscovery,
} from './discovery.ts';
import { contains, type JsonObject, listAt, nameOf, textAt } from './json-object.ts';
import { type KubeConnection, type KubeSettings, openConnection } from './kube-connection.ts';
import { type ListRequest, listAllPages } from './kube-list.ts';
import { type KubeRequest, KubeTransport, type TransportOptions } from './kube-transport.ts';
import { watchObjects } from './kube-watch.ts';
import { isBuiltInKind, openApiPatchSchema } from './open-api-schema.ts';
import { orAborted } from './or-aborted.ts';

export interface KubernetesClusterOptions extends Partial<TransportOptions> {
  readonly settings: KubeSettings;
}

/** Connects lazily: the first call goes to the server. Rejects with ClusterError when no kubeconfig fits. */
export async function openKubernetesCluster(options: KubernetesClusterOptions): Promise<Cluster> {
  const { settings, ...transport } = options;
  const connection = await openConnection(settings);
  return new KubernetesCluster(connection, { userAgent: 'Helm/4.3.1', ...transport });
}

const tableAccept =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

const patchTypes: Readonly<Record<Patch['type'], string>> = {
  apply: 'application/apply-patch+yaml',
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

class KubernetesCluster implements Cluster {
  readonly context: string;
  readonly defaultNamespace: string;
  readonly #transport: KubeTransport;
  /** Ends what is asked for all callers together; theirs end their waiting only. */
  readonly #closing = new AbortController();
  #discovery: Promise<Discovery> | undefined;
  readonly #documents = new Map<string, Promise<JsonObject>>();

  constructor(connection: KubeConnection, options: TransportOptions) {
    this.context = connection.context;
    this.defaultNamespace = connection.namespace;
    this.#transport = new KubeTransport(connection, options);
  }

  async version({ signal }: CallOptions): Promise<ServerVersion> {
    const found = await this.#remember('version', signal);
    return {
      gitVersion: textAt(found, 'gitVersion'),
      major: textAt(found, 'major'),
      minor: textAt(found, 'minor'),
    };
  }

  async apiVersions({ signal }: CallOptions): Promise<readonly string[]> {
    return (await this.#discovered(signal)).apiVersions;
  }

  async mapping(apiVersion: string, kind: string, { signal }: CallOptions): Promise<ResourceMapping> {
    const key = mappingKey(apiVersion, kind);
    const known = (await this.#discovered(signal)).mappings.get(key);
    if (known !== undefined) return known;
    throw new ClusterError(
      `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`,
      {
        reason: 'NoMatch',
        status: 0,
      },
    );
  }

  refreshDiscovery(): void {
    this.#discovery = undefined;
    this.#documents.clear();
  }

  async patchSchema(mapping: ResourceMapping, { signal }: CallOptions): Promise<PatchSchema | undefined> {
    if (!isBuiltInKind(mapping)) return undefined;
    const place = mapping.group === '' ? 'api' : `apis/${mapping.group}`;
    const path = `openapi/v3/${place}/${mapping.version}`;
    return openApiPatchSchema(await this.#remember(path, signal), mapping);
  }

  get(ref: ObjectRef, { signal }: CallOptions): Promise<JsonObject> {
    return this.#json(ref, { method: 'GET', verb: 'get', signal });
  }

  async list(query: ListQuery, options: CallOptions): Promise<readonly JsonObject[]> {
    return (await this.#list(query, options)).items;
  }

  listObject(query: ListQuery, options: CallOptions): Promise<JsonObject> {
    return this.#list(query, options);
  }

  #list(query: ListQuery, { signal }: CallOptions): ReturnType<typeof listAllPages> {
    const request: ListRequest = (extra, next) => this.#listRequest(query, signal, extra, next);
    return listAllPages(this.#transport, request, query.mapping);
  }

  table(ref: ObjectRef, { signal }: CallOptions): Promise<JsonObject> {
    const query = { includeObject: 'Object' };
    return this.#json(ref, { method: 'GET', verb: 'get', accept: tableAccept, query, signal });
  }

  listTable(query: ListQuery, { signal }: CallOptions): Promise<JsonObject> {
    const request = this.#listRequest(query, signal, { includeObject: 'Object' });
    return this.#transport.json({ ...request, accept: tableAccept });
  }

  async create(mapping: ResourceMapping, object: JsonObject, options: WriteOptions): Promise<JsonObject> {
    const namespace = textAt(object, 'metadata', 'namespace');
    const name = nameOf(object);
    try {
      return await this.#transport.json({
        method: 'POST',
        path: collectionPath(mapping, namespace),
        query: writeQuery(options),
        body: object,
        ...named('create', mapping),
        signal: options.signal,
        isRepeatable: name !== '',
      });
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists') || !error.isRepeated) throw error;
      const found = await this.get({ mapping, namespace, name }, options);
      if (!contains(found, object)) throw error;
      return found;
    }
  }

  replace(ref: ObjectRef, object: JsonObject, options: WriteOptions): Promise<JsonObject> {
    const query = writeQuery(options);
    return this.#json(ref, { method: 'PUT', verb: 'update', query, body: object, signal: options.signal });
  }

  patch(ref: ObjectRef, patch: Patch, options: WriteOptions): Promise<JsonObject> {
    return this.#json(ref, {
      method: 'PATCH',
      verb: 'patch',
      contentType: patchTypes[patch.type],
      query: {
        ...writeQuery(options),
        ...(patch.type === 'apply' ? { force: String(patch.force) } : {}),
      },
      body: patchBody(patch),
      signal: options.signal,
    });
  }

  async delete(ref: ObjectRef, { propagation, resourceVersion, signal }: DeleteOptions): Promise<void> {
    const body = {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
      ...(resourceVersion === undefined ? {} : { preconditions: { resourceVersion } }),
    };
    try {
      await this.#json(ref, { method: 'DELETE', verb: 'delete', body, signal });
    } catch (error) {
      if (!isNotFound(error) || !error.isRepeated) throw error;
    }
  }

  watch(query: ListQuery, { signal }: CallOptions): AsyncIterable<WatchEvent> {
    return watchObjects(this.#transport, (extra) => this.#listRequest(query, signal, extra), query.mapping);
  }

  podLogs(namespace: string, pod: string, { container, signal }: PodLogOptions): Promise<string> {
    return this.#transport.text({
      method: 'GET',
      path: `api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
      query: { container },
      accept: '*/*',
      verb: 'get',
      resource: 'pods/log',
      signal,
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new ClusterError('the connection is closed', { reason: 'Unreachable', status: 0 }));
    return this.#transport[Symbol.asyncDispose]();
  }

  #json(ref: ObjectRef, call: Omit<KubeRequest, 'path' | 'resource'>): Promise<JsonObject> {
    const path = `${collectionPath(ref.mapping, ref.namespace)}/${encodeURIComponent(ref.name)}`;
    return this.#transport.json({ ...call, path, resource: resourceName(ref.mapping) });
  }

  #listRequest(
    query: ListQuery,
    signal: AbortSignal,
    extra: Readonly<Record<string, string>>,
    next?: string,
  ): KubeRequest {
    return {
      method: 'GET',
      path: collectionPath(query.mapping, query.namespace),
      query: {
        labelSelector: query.labelSelector,
        fieldSelector: query.fieldSelector,
        continue: next,
        ...extra,
      },
      ...named('list', query.mapping),
      signal,
    };
  }

  #document(path: string, signal: AbortSignal): Promise<JsonObject> {
    return this.#transport.json({ method: 'GET', path, verb: 'get', resource: path, signal });
  }

  #discovered(signal: AbortSignal): Promise<Discovery> {
    if (this.#discovery === undefined) {
      const pending = this.#discover(this.#closing.signal);
      this.#discovery = pending;
      pending.catch(() => {
        if (this.#discovery === pending) this.#discovery = undefined;
      });
    }
    return orAborted(this.#discovery, signal);
  }

  async #discover(signal: AbortSignal): Promise<Discovery> {
    const ask = (path: string): Promise<JsonObject> =>
      this.#transport.json({
        method: 'GET',
        path,
        accept: discoveryAccept,
        verb: 'get',
        resource: path,
        signal,
      });
    const documents = await Promise.all([ask('api'), ask('apis')]);
    if (documents.every((document) => Array.isArray(document['items']))) return readDiscovery(documents);
    return readDiscovery([await this.#discoverByGroup(documents, signal)]);
  }

  /** Servers before 1.27: one request per group version; broken aggregated APIs are left out. */
  async #discoverByGroup(documents: readonly JsonObject[], signal: AbortSignal): Promise<JsonObject> {
    const core = listAt(documents[0], 'versions').map((version) => ({
      groupVersion: String(version),
      path: `api/${String(version)}`,
    }));
    const groups = listAt(documents[1], 'groups').flatMap((group) =>
      listAt(group, 'versions').map((version) => {
        const groupVersion = textAt(version, 'groupVersion');
        return { groupVersion, path: `apis/${groupVersion}` };
      }),
    );
    const lists = await Promise.all(
      [...core, ...groups].map(async ({ groupVersion, path }) => ({
        groupVersion,
        list: await this.#document(path, signal).catch((error: unknown) => {
          if (isNotFound(error) || (error instanceof ClusterError && error.status >= 500)) return {};
          throw error;
        }),
      })),
    );
    return discoveryFromLists(lists);
  }

  /** A document that stays as it is; asked for once, unless that fails. */
  #remember(path: string, signal: AbortSignal): Promise<JsonObject> {
    let pending = this.#documents.get(path);
    if (pending === undefined) {
      pending = this.#document(path, this.#closing.signal);
      this.#documents.set(path, pending);
      pending.catch(() => this.#documents.delete(path));
    }
    return orAborted(pending, signal);
  }
}

function resourceName({ resource, group }: ResourceMapping): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function named(verb: string, mapping: ResourceMapping): { verb: string; resource: string } {
  return { verb, resource: resourceName(mapping) };
}

function collectionPath(
  { group, version, resource, isNamespaced }: ResourceMapping,
  namespace: string,
): string {
  const root = group === '' ? `api/${version}` : `apis/${group}/${version}`;
  return isNamespaced && namespace !== ''
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`
    : `${root}/${resource}`;
}

function writeQuery(options: WriteOptions): Record<string, string | undefined> {
  return {
    fieldManager: options.fieldManager,
    fieldValidation: options.fieldValidation,
    dryRun: options.isDryRun === true ? 'All' : undefined,
  };
}

function patchBody(patch: Patch): unknown {
  switch (patch.type) {
    case 'apply':
      return patch.object;
    case 'strategic':
    case 'merge':
      return patch.body;
    case 'json':
      return patch.operations;
  }
}
