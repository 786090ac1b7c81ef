/**
 * What the API server does with a write: create, replace, patch, apply, delete. Comes in: a store inside its transaction,
 * kinds, objects. Goes out: the stored object, or ClusterError in the API server's words.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { apiVersionOfMapping, type DeleteOptions, type Patch, type WriteOptions } from '../cluster.ts';
import { writeJson } from '../exact-json.ts';
import { type JsonObject, listAt, nameOf, objectOf, textAt, withMetadata } from '../json-object.ts';
import { allocatedFields } from './admission/allocate.ts';
import { normalize } from './admission/normalize.ts';
import {
  checkAppliable,
  checkDecodable,
  checkObject,
  completeObject,
  timestampOf,
} from './admission/prepare.ts';
import {
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  modified,
  namespaceNotFound,
  notFound,
  rejectedPatch,
  resourceName,
  unsupportedPatch,
} from './api-errors.ts';
import type { KindInfo } from './catalogue.ts';
import { applyObject, conflictMessage, recordUpdate, type WriteIdentity } from './fields/ownership.ts';
import { applyJsonPatch, applyMergePatch, JsonPatchFailure } from './patches/json-patch.ts';
import { patchSchemaOf } from './patches/patch-schema.ts';
import { applyStrategicPatch } from './patches/strategic-patch.ts';
import type { ObjectStore } from './store/object-store.ts';

export type WriteSettings = Pick<WriteOptions, 'fieldManager' | 'fieldValidation' | 'isDryRun'>;

/** One object of a kind; `namespace` is empty for cluster-wide kinds. */
export interface Target {
  readonly info: KindInfo;
  readonly namespace: string;
  readonly name: string;
}

/** Bounds what a sandbox holds. */
const maximumObjects = 50_000;
const maximumSize = 3_000_000;

const nameAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

export function nameSuffix(): string {
  return [...randomBytes(5)].map((byte) => nameAlphabet[byte % nameAlphabet.length]).join('');
}

export class Writer {
  readonly #store: ObjectStore;
  readonly #now: () => number;

  constructor(store: ObjectStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  create(info: KindInfo, given: JsonObject, settings: WriteSettings): JsonObject {
    checkDecodable(info, given, settings.fieldValidation === 'Strict');
    const metadata = objectOf(given['metadata']) ?? {};
    const { resourceVersion: _, uid: __, managedFields: ___, ...rest } = metadata;
    const prefix = textAt(metadata, 'generateName');
    const name = nameOf(given) || (prefix === '' ? '' : `${prefix}${nameSuffix()}`);
    const object = this.#identified(info, {
      ...given,
      metadata: { ...rest, ...(name === '' ? {} : { name }) },
    });
    const target = { info, namespace: textAt(object, 'metadata', 'namespace'), name };
    this.#checkNamespace(target);
    const complete = this.#complete(object, info, undefined);
    if (this.#find(target) !== undefined) throw alreadyExists(info, name);
    checkObject(info, undefined, complete);
    const owned = recordUpdate(this.#nothing(info), complete, {
      type: info.type,
      identity: this.#identity(info, settings),
      ignored: [...statusOf(info), ...allocatedFields(info.store, given)],
    });
    return this.#put(info, owned, settings);
  }

  /** What an object is compared with that did not exist. */
  #nothing(info: KindInfo): JsonObject {
    return info.isCustom ? {} : normalize({}, info.type);
  }

  replace(target: Target, given: JsonObject, settings: WriteSettings): JsonObject {
    const { info, name } = target;
    checkDecodable(info, given, settings.fieldValidation === 'Strict');
    if (nameOf(given) !== name) {
      throw badRequest(
        `the name of the object (${nameOf(given)}) does not match the name on the URL (${name})`,
      );
    }
    this.#checkNamespace(target);
    const before = this.#get(target);
    this.#checkVersion(target, before, given);
    const object = this.#identified(info, given);
    const managedFields = objectOf(given['metadata'])?.['managedFields'] ?? managersOf(before);
    return this.#update(target, withMetadata(object, { managedFields }), settings);
  }

  patch(target: Target, patch: Patch, settings: WriteSettings): JsonObject {
    this.#checkNamespace(target);
    if (patch.type === 'apply') return this.#apply(target, patch, settings);
    const before = this.#get(target);
    const after = patched(target.info, before, patch);
    checkDecodable(target.info, after, settings.fieldValidation === 'Strict');
    this.#checkVersion(target, before, after);
    return this.#update(target, this.#identified(target.info, after), settings);
  }

  #update({ info, namespace, name }: Target, after: JsonObject, settings: WriteSettings): JsonObject {
    const before = this.#get({ info, namespace, name });
    const complete = withMetadata(this.#complete(after, info, before), { name });
    checkObject(info, before, complete);
    const owned = recordUpdate(before, complete, {
      type: info.type,
      identity: this.#identity(info, settings),
      ignored: statusOf(info),
    });
    return this.#putChanged(info, before, owned, settings);
  }

  #apply(
    target: Target,
    { object: applied, force }: Extract<Patch, { readonly type: 'apply' }>,
    settings: WriteSettings,
  ): JsonObject {
    const { info, name, namespace } = target;
    checkAppliable(info, applied);
    const before = this.#find(target);
    const identity = { ...this.#identity(info, settings), apiVersion: textAt(applied, 'apiVersion') };
    const own = info.mapping.isNamespaced ? { name, namespace } : { name };
    const wanted = withMetadata(applied, own);
    const result = applyObject(before ?? {}, wanted, { type: info.type, identity, force });
    if ('conflicts' in result) throw conflict(conflictMessage(result.conflicts));
    const complete = this.#complete(result.object, info, before);
    checkObject(info, before, complete);
    if (before === undefined) return this.#put(info, complete, settings);
    return this.#putChanged(info, before, complete, settings);
  }

  /** Marked when somebody has to do something first, else gone at once. */
  delete(
    target: Target,
    { propagation = 'Background', resourceVersion }: Pick<DeleteOptions, 'propagation' | 'resourceVersion'>,
  ): void {
    const { info, name } = target;
    const object = this.#get(target);
    const version = textAt(object, 'metadata', 'resourceVersion');
    if (resourceVersion !== undefined && resourceVersion !== version) {
      throw conflict(
        `Operation cannot be fulfilled on ${resourceName(info)} ${JSON.stringify(name)}: the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${version}). The object might have been modified`,
      );
    }
    if (info.store === '/namespaces' && ['default', 'kube-system', 'kube-public'].includes(name)) {
      throw forbidden(info, name, 'this namespace may not be deleted');
    }
    if (propagation === 'Orphan') this.#orphan(textAt(object, 'metadata', 'uid'));
    const finalizers = listAt(object, 'metadata', 'finalizers');
    const foreground = propagation === 'Foreground' ? ['foregroundDeletion'] : [];
    const all = [...new Set([...finalizers, ...foreground])];
    if (all.length === 0 && info.store !== '/namespaces') {
      this.#store.remove(info.store, idOfTarget(target));
      return;
    }
    if (textAt(object, 'metadata', 'deletionTimestamp') !== '') return;
    const marked = withMetadata(object, {
      deletionTimestamp: timestampOf(this.#now()),
      deletionGracePeriodSeconds: info.store === '/namespaces' ? undefined : 0,
      finalizers: all.length === 0 ? undefined : all,
    });
    const status = info.store === '/namespaces' ? { status: { phase: 'Terminating' } } : {};
    this.#store.put(info.store, { ...marked, ...status });
  }

  #orphan(uid: string): void {
    for (const { kind, id } of this.#store.dependents(uid)) {
      const object = this.#store.get(kind, id);
      if (object === undefined) continue;
      const owners = listAt(object, 'metadata', 'ownerReferences').filter(
        (owner) => textAt(owner, 'uid') !== uid,
      );
      this.#store.put(
        kind,
        withMetadata(object, { ownerReferences: owners.length === 0 ? undefined : owners }),
      );
    }
  }

  #complete(after: JsonObject, info: KindInfo, before: JsonObject | undefined): JsonObject {
    const complete = completeObject(after, { info, before, now: this.#now(), newUid: randomUUID });
    if (writeJson(complete).length > maximumSize) {
      throw badRequest(`Request entity too large: limit is ${maximumSize}`);
    }
    return complete;
  }

  #identified(info: KindInfo, object: JsonObject): JsonObject {
    return { ...object, apiVersion: apiVersionOfMapping(info.mapping), kind: info.mapping.kind };
  }

  #identity(info: KindInfo, { fieldManager }: WriteSettings): WriteIdentity {
    return {
      manager: fieldManager ?? 'Helm',
      apiVersion: apiVersionOfMapping(info.mapping),
      time: timestampOf(this.#now()),
    };
  }

  #find(target: Target): JsonObject | undefined {
    return this.#store.get(target.info.store, idOfTarget(target));
  }

  #get(target: Target): JsonObject {
    const object = this.#find(target);
    if (object === undefined) throw notFound(target.info, target.name);
    return object;
  }

  #checkNamespace({ info, namespace, name }: Target): void {
    if (!info.mapping.isNamespaced) return;
    const found = this.#store.get('/namespaces', `/${namespace}`);
    if (found === undefined) throw namespaceNotFound(namespace);
    const isEnding = textAt(found, 'metadata', 'deletionTimestamp') !== '';
    if (!isEnding || this.#find({ info, namespace, name }) !== undefined) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    throw forbidden(info, name, why);
  }

  #checkVersion({ info, name }: Target, before: JsonObject, after: JsonObject): void {
    const wanted = textAt(after, 'metadata', 'resourceVersion');
    if (wanted !== '' && wanted !== textAt(before, 'metadata', 'resourceVersion')) throw modified(info, name);
    const uid = textAt(after, 'metadata', 'uid');
    const own = textAt(before, 'metadata', 'uid');
    if (uid === '' || uid === own) return;
    throw conflict(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${own}`);
  }

  #putChanged(info: KindInfo, before: JsonObject, after: JsonObject, settings: WriteSettings): JsonObject {
    const { resourceVersion } = objectOf(before['metadata']) ?? {};
    const same = withMetadata(after, { resourceVersion });
    if (isDeepStrictEqual(withoutUndefined(same), before)) return before;
    const isGone =
      textAt(after, 'metadata', 'deletionTimestamp') !== '' &&
      listAt(after, 'metadata', 'finalizers').length === 0;
    if (isGone && settings.isDryRun !== true) {
      this.#store.remove(info.store, `${textAt(after, 'metadata', 'namespace')}/${nameOf(after)}`);
      return after;
    }
    return this.#put(info, after, settings);
  }

  #put(info: KindInfo, object: JsonObject, { isDryRun }: WriteSettings): JsonObject {
    const whole = withoutUndefined(object);
    if (isDryRun === true) return whole;
    if (this.#store.count(info.store) >= maximumObjects)
      throw badRequest(`the sandbox holds no more than ${maximumObjects} objects of a kind`);
    return this.#store.put(info.store, whole);
  }
}

function statusOf({ hasStatus }: KindInfo): readonly (readonly string[])[] {
  return hasStatus ? [['f:status']] : [];
}

export function idOfTarget({ namespace, name }: Pick<Target, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function managersOf(object: JsonObject): unknown {
  return objectOf(object['metadata'])?.['managedFields'];
}

/** As it would come back from disk. */
function withoutUndefined(object: JsonObject): JsonObject {
  const metadata = Object.entries(objectOf(object['metadata']) ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}

function patched(
  info: KindInfo,
  before: JsonObject,
  patch: Exclude<Patch, { readonly type: 'apply' }>,
): JsonObject {
  switch (patch.type) {
    case 'strategic':
      if (info.isCustom) throw unsupportedPatch();
      return applyStrategicPatch(before, patch.body, patchSchemaOf(info.type));
    case 'merge':
      return objectOf(applyMergePatch(before, patch.body)) ?? {};
    case 'json':
      try {
        return applyJsonPatch(before, patch.operations);
      } catch (error) {
        if (error instanceof JsonPatchFailure) throw rejectedPatch();
        throw error;
      }
  }
}
