/**
 * Cluster: the port to one Kubernetes API. Comes in: resource mappings, names, raw JSON objects, an AbortSignal. Goes
 * out: raw JSON objects, or a rejection with ClusterError (cluster-error.ts). Safe to call concurrently; no call
 * outlives its signal. Not its business: manifests, releases, waiting for readiness.
 */
import type { JsonObject } from './json-object.ts';

/** How objects of one kind are reached. */
export interface ResourceMapping {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural in URLs: `deployments`. */
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** One object's address; `namespace` is empty for cluster-scoped kinds. */
export interface ObjectRef {
  readonly mapping: ResourceMapping;
  readonly namespace: string;
  readonly name: string;
}

export interface CallOptions {
  readonly signal: AbortSignal;
}

export interface WriteOptions extends CallOptions {
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** The server goes through everything but storing. */
  readonly isDryRun?: boolean;
}

export interface DeleteOptions extends CallOptions {
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  /** This version of the object only; rejects with reason `Conflict` when there is another. */
  readonly resourceVersion?: string;
}

export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

export type Patch =
  | { readonly type: 'apply'; readonly object: JsonObject; readonly force: boolean }
  | { readonly type: 'strategic' | 'merge'; readonly body: JsonObject }
  | { readonly type: 'json'; readonly operations: readonly JsonPatchOperation[] };

/** What to list or watch; an empty namespace means all. */
export interface ListQuery {
  readonly mapping: ResourceMapping;
  readonly namespace: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/**
 * A watch begins with the state as it is: one `changed` per object, then `synced`; later changes follow. Lost
 * connections and expired versions are dealt with inside: what vanished meanwhile is reported as `deleted`.
 */
export type WatchEvent =
  | { readonly type: 'changed' | 'deleted'; readonly object: JsonObject }
  | { readonly type: 'synced' };

export interface ServerVersion {
  /** `v1.36.1` */
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
}

export interface PodLogOptions extends CallOptions {
  readonly container?: string;
}

/** How lists of one field are merged by strategic merge patches. */
export interface PatchRules {
  /** Keys of `strategies`: `merge`, `replace`, `retainKeys`. */
  readonly strategies: readonly string[];
  readonly mergeKey: string;
}

/** The shape of a kind as far as strategic merge patches need it; `undefined` ends what is known. */
export interface PatchSchema {
  /** Rules and shape of a field; items of lists and values of maps share their field's shape. */
  field(name: string): { readonly rules: PatchRules; readonly schema: PatchSchema | undefined } | undefined;
}

export interface Cluster extends AsyncDisposable {
  /** The kube context, for messages. */
  readonly context: string;
  /** What the context names, else `default`. */
  readonly defaultNamespace: string;
  version(options: CallOptions): Promise<ServerVersion>;
  /** Group versions and `group/version/Kind`s the server knows (Helm's `.Capabilities.APIVersions`). */
  apiVersions(options: CallOptions): Promise<readonly string[]>;
  /** Rejects with reason `NoMatch` for a kind the server does not know. */
  mapping(apiVersion: string, kind: string, options: CallOptions): Promise<ResourceMapping>;
  /** Forgets what was discovered: new kinds were installed. */
  refreshDiscovery(): void;
  /** Undefined for kinds that strategic merge patches do not know: custom resources. */
  patchSchema(mapping: ResourceMapping, options: CallOptions): Promise<PatchSchema | undefined>;
  get(ref: ObjectRef, options: CallOptions): Promise<JsonObject>;
  /** All matching objects, each with apiVersion and kind. */
  list(query: ListQuery, options: CallOptions): Promise<readonly JsonObject[]>;
  /** The list itself, as the server gives it: its kind, its resourceVersion, its items as {@link Cluster.list} gives them. */
  listObject(query: ListQuery, options: CallOptions): Promise<JsonObject>;
  /** The server's table for one object, objects included. */
  table(ref: ObjectRef, options: CallOptions): Promise<JsonObject>;
  listTable(query: ListQuery, options: CallOptions): Promise<JsonObject>;
  create(mapping: ResourceMapping, object: JsonObject, options: WriteOptions): Promise<JsonObject>;
  /** Replaces the whole object; without a resourceVersion whatever is there. */
  replace(ref: ObjectRef, object: JsonObject, options: WriteOptions): Promise<JsonObject>;
  patch(ref: ObjectRef, patch: Patch, options: WriteOptions): Promise<JsonObject>;
  delete(ref: ObjectRef, options: DeleteOptions): Promise<void>;
  watch(query: ListQuery, options: CallOptions): AsyncIterable<WatchEvent>;
  podLogs(namespace: string, pod: string, options: PodLogOptions): Promise<string>;
}

/** `apps/v1`, `v1`. */
export function apiVersionOfMapping({ group, version }: ResourceMapping): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `apps/v1, Kind=Deployment`: how Go prints a kind. */
export function formatKind(mapping: ResourceMapping): string {
  return `${mapping.group}/${mapping.version}, Kind=${mapping.kind}`;
}
