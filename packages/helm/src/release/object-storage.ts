/**
 * Releases in the cluster: one Secret or ConfigMap per revision, as Helm keeps them. Comes in: a Cluster, a namespace.
 * Goes out: a StorageDriver. Records that cannot be read are left out of lists.
 */
import { Buffer } from 'node:buffer';
import { GoError, wrapGoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { type LogSink, slogRecord } from '../chart/log-record.ts';
import type { Cluster, ResourceMapping } from '../cluster/cluster.ts';
import { hasReason, isNotFound } from '../cluster/cluster-error.ts';
import { type JsonObject, nameOf, textAt, textsAt } from '../cluster/json-object.ts';
import type { Release } from './release.ts';
import { decodeRelease, encodeRelease } from './release-codec.ts';
import {
  latestByName,
  ReleaseExists,
  ReleaseNotFound,
  type StorageCall,
  type StorageDriver,
  storageKey,
} from './storage.ts';

export interface ObjectStorageOptions {
  readonly kind: 'Secret' | 'ConfigMap';
  /** Empty for all namespaces: reading only. */
  readonly namespace: string;
  readonly compat: HelmCompat;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: LogSink;
}

/** Keeps addresses short. */
const namesPerQuery = 50;
const queryFailure = 'query: failed to query with labels';

const systemLabels = ['name', 'owner', 'status', 'version', 'createdAt', 'modifiedAt'] as const;

/** True when a user's labels use one of Helm's own names. */
export function hasSystemLabels(labels: Readonly<Record<string, string>>): boolean {
  return systemLabels.some((name) => Object.hasOwn(labels, name));
}

export const systemLabelsMessage = `user supplied labels contains system reserved label name. System labels: [${systemLabels.join(' ')}]`;

export function objectStorage(cluster: Cluster, options: ObjectStorageOptions): StorageDriver {
  return new ObjectStorage(cluster, options);
}

class ObjectStorage implements StorageDriver {
  readonly name: string;
  readonly #cluster: Cluster;
  readonly #options: ObjectStorageOptions;
  readonly #mapping: ResourceMapping;

  constructor(cluster: Cluster, options: ObjectStorageOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.name = options.kind;
    const resource = options.kind === 'Secret' ? 'secrets' : 'configmaps';
    this.#mapping = { group: '', version: 'v1', kind: options.kind, resource, isNamespaced: true };
  }

  async get(name: string, version: number, { signal }: StorageCall): Promise<Release> {
    const key = storageKey(name, version);
    const object = await this.#read(key, signal);
    try {
      const labels = Object.entries(textsAt(object, 'metadata', 'labels'));
      const own = labels.filter(([label]) => !systemLabels.some((system) => system === label));
      return decodeRelease(this.#stored(object), Object.fromEntries(own));
    } catch (error) {
      throw wrapGoError(`get: failed to decode data ${JSON.stringify(key)}: `, error);
    }
  }

  history(name: string, { signal }: StorageCall): Promise<readonly Release[]> {
    return this.#select(`name=${name},owner=helm`, queryFailure, signal);
  }

  /** Superseded revisions are passed over where there are others: they are the bulk, and never the last then. */
  async latest(names: readonly string[], { signal }: StorageCall): Promise<ReadonlyMap<string, Release>> {
    const read = async (wanted: readonly string[], more: string): Promise<readonly Release[]> => {
      const chunks = Array.from({ length: Math.ceil(wanted.length / namesPerQuery) }, (_, index) =>
        wanted.slice(index * namesPerQuery, (index + 1) * namesPerQuery),
      );
      const found = await Promise.all(
        chunks.map((chunk) =>
          this.#select(`name in (${chunk.join(',')}),owner=helm${more}`, queryFailure, signal),
        ),
      );
      return found.flat();
    };
    const current = latestByName(await read(names, ',status!=superseded'));
    const others = names.filter((name) => !current.has(name));
    return new Map([...current, ...latestByName(await read(others, ''))]);
  }

  list({ signal }: StorageCall): Promise<readonly Release[]> {
    return this.#select('owner=helm', 'list: failed to list', signal);
  }

  async create(release: Release, { signal }: StorageCall): Promise<void> {
    const object = this.#object(release, { createdAt: this.#seconds() });
    try {
      await this.#cluster.create(this.#mapping, object, { signal });
    } catch (error) {
      if (hasReason(error, 'AlreadyExists')) throw new ReleaseExists();
      throw wrapGoError('create: failed to create: ', error);
    }
  }

  async update(release: Release, { signal }: StorageCall): Promise<void> {
    const object = this.#object(release, { modifiedAt: this.#seconds() });
    try {
      await this.#cluster.replace(this.#ref(storageKey(release.name, release.version)), object, { signal });
    } catch (error) {
      throw wrapGoError('update: failed to update: ', error);
    }
  }

  async delete(name: string, version: number, { signal }: StorageCall): Promise<void> {
    try {
      await this.#cluster.delete(this.#ref(storageKey(name, version)), { signal });
    } catch (error) {
      if (isNotFound(error)) throw new ReleaseNotFound();
      throw error;
    }
  }

  #seconds(): string {
    return String(Math.floor(this.#options.now() / 1000));
  }

  #ref(name: string): { mapping: ResourceMapping; namespace: string; name: string } {
    return { mapping: this.#mapping, namespace: this.#options.namespace, name };
  }

  async #read(key: string, signal: AbortSignal): Promise<JsonObject> {
    try {
      return await this.#cluster.get(this.#ref(key), { signal });
    } catch (error) {
      if (isNotFound(error)) throw new ReleaseNotFound();
      throw wrapGoError(`get: failed to get ${JSON.stringify(key)}: `, error);
    }
  }

  async #select(labelSelector: string, failure: string, signal: AbortSignal): Promise<readonly Release[]> {
    const query = { mapping: this.#mapping, namespace: this.#options.namespace, labelSelector };
    let objects: readonly JsonObject[];
    try {
      objects = await this.#cluster.list(query, { signal });
    } catch (error) {
      throw wrapGoError(`${failure}: `, error);
    }
    return objects.flatMap((object) => this.#decode(object) ?? []);
  }

  #decode(object: JsonObject): Release | undefined {
    try {
      return decodeRelease(this.#stored(object), textsAt(object, 'metadata', 'labels'));
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      const attributes = [
        ['key', nameOf(object)],
        ['error', error.message],
      ] as const;
      this.#options.log(slogRecord('DEBUG', 'failed to decode release', attributes));
      return undefined;
    }
  }

  #stored(object: JsonObject): string {
    const text = textAt(object, 'data', 'release');
    return this.#options.kind === 'Secret' ? Buffer.from(text, 'base64').toString('latin1') : text;
  }

  /** The stamp yields to labels the release brought along, Helm's own labels yield to nothing. */
  #object(release: Release, stamp: Readonly<Record<string, string>>): JsonObject {
    const { kind, namespace, compat } = this.#options;
    const text = encodeRelease(release, compat);
    const labels = {
      ...stamp,
      ...release.labels,
      name: release.name,
      owner: 'helm',
      status: release.info.status,
      version: String(release.version),
    };
    const name = storageKey(release.name, release.version);
    return {
      apiVersion: 'v1',
      kind,
      metadata: { name, namespace, labels },
      data: { release: kind === 'Secret' ? Buffer.from(text, 'latin1').toString('base64') : text },
      ...(kind === 'Secret' ? { type: 'helm.sh/release.v1' } : {}),
    };
  }
}
