/**
 * From the resources of one release to those of the next (Helm's `Update`): created, updated, and what is gone from the
 * release deleted. Comes in: resources before and after. Goes out: what was created and deleted, and the error if any.
 */
import { GoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../../chart/helm-compat.ts';
import { type LogSink, slogRecord } from '../../chart/log-record.ts';
import type { Cluster } from '../cluster.ts';
import { isNotFound } from '../cluster-error.ts';
import { type JsonObject, textAt } from '../json-object.ts';
import { identityOf, type Resource } from '../resource.ts';
import { type ApplyOptions, createObject, updateObject } from './apply-object.ts';
import { joinErrors } from './by-kind.ts';
import { retryConflicts } from './retry-conflicts.ts';

export interface UpdateOptions extends ApplyOptions {
  readonly log: LogSink;
  readonly compat: HelmCompat;
  /** Told of each object that is new, before it is created. */
  readonly onCreated?: (resource: Resource) => void;
}

export interface UpdateResult {
  readonly created: readonly Resource[];
  readonly deleted: readonly Resource[];
  readonly error: GoError | undefined;
}

/** Never rejects for what the cluster refuses: the result says what was done before. Rejects when aborted. */
export async function updateResources(
  cluster: Cluster,
  originals: readonly Resource[],
  targets: readonly Resource[],
  options: UpdateOptions,
): Promise<UpdateResult> {
  const invalid = invalidCombination(options);
  if (invalid !== undefined) return { created: [], deleted: [], error: new GoError(invalid) };
  const update = new Update(cluster, originals, options);
  return update.run(targets);
}

function invalidCombination(options: UpdateOptions): string | undefined {
  const { serverSide, forceConflicts = false, forceReplace = false, threeWayForCustom = false } = options;
  if (!serverSide && forceConflicts) {
    return 'invalid client update option(s): forceConflicts enabled when serverSideApply disabled';
  }
  if (threeWayForCustom && serverSide) {
    return 'invalid operation: cannot use three-way merge for unstructured and server-side apply together';
  }
  if (forceConflicts && forceReplace) {
    return 'invalid operation: cannot use force conflicts and force replace together';
  }
  if (serverSide && forceReplace) {
    return 'invalid operation: cannot use server-side apply and force replace together';
  }
  return undefined;
}

class Update {
  readonly #cluster: Cluster;
  readonly #options: UpdateOptions;
  readonly #originals: readonly Resource[];
  readonly #byIdentity: ReadonlyMap<string, Resource>;
  readonly #created: Resource[] = [];
  readonly #failures: GoError[] = [];

  constructor(cluster: Cluster, originals: readonly Resource[], options: UpdateOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#originals = originals;
    this.#byIdentity = new Map([...originals].reverse().map((each) => [identityOf(each.ref), each]));
  }

  async run(targets: readonly Resource[]): Promise<UpdateResult> {
    const live = await this.#readAll(targets);
    for (const [index, target] of targets.entries()) {
      this.#options.signal.throwIfAborted();
      const fatal = await this.#bring(target, live[index]);
      if (fatal !== undefined) return this.#result([], fatal);
    }
    if (this.#failures.length > 0) return this.#result([], joinErrors(this.#failures, ' && '));
    const kept = new Set(targets.map((target) => identityOf(target.ref)));
    const deleted = await this.#prune(this.#originals.filter((each) => !kept.has(identityOf(each.ref))));
    const error = this.#failures.length > 0 ? joinErrors(this.#failures, ' && ') : undefined;
    return this.#result(deleted, error);
  }

  #result(deleted: readonly Resource[], error: GoError | undefined): UpdateResult {
    return { created: this.#created, deleted, error };
  }

  /** What is there now, all at once; an error stands for its object. */
  #readAll(targets: readonly Resource[]): Promise<readonly (JsonObject | GoError | undefined)[]> {
    const { signal } = this.#options;
    return Promise.all(
      targets.map(async ({ ref }) => {
        try {
          return await this.#cluster.get(ref, { signal });
        } catch (error) {
          if (isNotFound(error)) return undefined;
          if (error instanceof GoError) return error;
          throw error;
        }
      }),
    );
  }

  /** Gives the error that ends the update; errors of single updates are collected. */
  async #bring(target: Resource, live: JsonObject | GoError | undefined): Promise<GoError | undefined> {
    if (live instanceof GoError) {
      return new GoError(`could not get information about the resource: ${live.message}`, { cause: live });
    }
    if (live === undefined) return this.#create(target);
    const original = this.#byIdentity.get(identityOf(target.ref)) ?? this.#baseline(target, live);
    const failure = await this.#attempt(() => updateObject(this.#cluster, original, target, this.#options));
    if (failure !== undefined) this.#failures.push(failure);
    return undefined;
  }

  async #create(target: Resource): Promise<GoError | undefined> {
    this.#created.push(target);
    this.#options.onCreated?.(target);
    const failure = await this.#attempt(() => createObject(this.#cluster, target, this.#options));
    if (failure === undefined) return undefined;
    return new GoError(`failed to create resource: ${failure.message}`, { cause: failure });
  }

  /** An object that this release's last revision did not have: its live state stands in. */
  #baseline(target: Resource, live: JsonObject): Resource {
    const { namespace, name, mapping } = target.ref;
    const message = 'resource exists on cluster but not in original release, using cluster state as baseline';
    const attributes = [
      ['namespace', namespace],
      ['name', name],
      ['kind', mapping.kind],
    ] as const;
    this.#options.log(slogRecord(this.#options.compat === 'v3' ? 'DEBUG' : 'WARN', message, attributes));
    return { ref: target.ref, object: live };
  }

  async #attempt(call: () => Promise<unknown>): Promise<GoError | undefined> {
    try {
      await call();
      return undefined;
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (error instanceof GoError) return error;
      throw error;
    }
  }

  async #prune(resources: readonly Resource[]): Promise<readonly Resource[]> {
    const deleted: Resource[] = [];
    for (const resource of resources) {
      const live = await this.#readAll([resource]);
      if (live[0] === undefined || live[0] instanceof GoError) continue;
      if (textAt(live[0], 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep') continue;
      const failure = await this.#attempt(() => this.#remove(resource));
      if (failure === undefined) deleted.push(resource);
      else this.#recordPruneFailure(resource, failure);
    }
    return deleted;
  }

  #remove({ ref }: Resource): Promise<void> {
    const { signal } = this.#options;
    return retryConflicts(() => this.#cluster.delete(ref, { propagation: 'Background', signal }), signal);
  }

  /** Helm 3 lets such objects lie. */
  #recordPruneFailure({ ref }: Resource, failure: GoError): void {
    if (isNotFound(failure) || this.#options.compat === 'v3') return;
    const place = `namespace=${ref.namespace}, name=${ref.name}, kind=${ref.mapping.kind}`;
    this.#failures.push(
      new GoError(`failed to delete resource ${place}: ${failure.message}`, { cause: failure }),
    );
  }
}
