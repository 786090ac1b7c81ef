/**
 * All objects of a sandbox, in memory and in its folder. Comes in: reads, and work that writes under the lock of the
 * folder. Goes out: objects, and every change (ours and other processes') to listeners. What fails leaves no trace.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { errnoText } from '@flotilla/gocompat';
import { acquireLock } from '../../../chart/node-file-lock.ts';
import { ClusterError } from '../../cluster-error.ts';
import { type JsonObject, listAt, nameOf, namespaceOf, textAt, withMetadata } from '../../json-object.ts';
import { type Change, Journal } from './journal.ts';

export interface StoreChange extends Change {
  readonly before: JsonObject | undefined;
}

export const idOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}`;

/** Where an object lies. */
export interface Place {
  readonly kind: string;
  readonly id: string;
}

const lockPatience = 10_000;

export class ObjectStore {
  readonly #journal: Journal;
  readonly #lock: string;
  readonly #objects = new Map<string, Map<string, JsonObject>>();
  readonly #places = new Map<string, Place>();
  readonly #dependents = new Map<string, Map<string, Place>>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #observers = new Set<(change: StoreChange) => void>();
  #version = 0;
  #pending: StoreChange[] | undefined;

  /** Throws ClusterError when the folder cannot be used, as everything here does. */
  constructor(folder: string) {
    onDisk(() => mkdirSync(folder, { recursive: true }));
    this.#journal = new Journal(join(folder, 'journal.jsonl'));
    this.#lock = join(folder, 'lock');
  }

  /** Told of every change at once, even of those that are taken back when their transaction fails. */
  observe(observer: (change: StoreChange) => void): void {
    this.#observers.add(observer);
  }

  /** Told of every change that is there to stay; gives back what ends it. */
  listen(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get version(): number {
    return this.#version;
  }

  /** Takes over what others have written. */
  refresh(): void {
    const { isNew, version, changes } = onDisk(() => this.#journal.read());
    if (!isNew) {
      for (const change of changes) this.#note(change);
      return;
    }
    this.#version = Math.max(this.#version, version);
    const found = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change]));
    for (const [kind, objects] of this.#objects) {
      for (const id of objects.keys()) {
        if (found.get(`${kind} ${id}`)?.object === undefined) {
          this.#note({ version: this.#version, kind, id, object: undefined });
        }
      }
    }
    for (const change of found.values()) if (this.#isNews(change)) this.#note(change);
  }

  #isNews({ kind, id, object }: Change): boolean {
    const known = this.get(kind, id);
    if (object === undefined) return known !== undefined;
    return textAt(known, 'metadata', 'resourceVersion') !== textAt(object, 'metadata', 'resourceVersion');
  }

  /** Runs `work` alone among all processes; what it puts and removes is written when it ends well. */
  async write<T>(work: () => T, signal: AbortSignal): Promise<T> {
    const release = await this.#acquire(signal);
    try {
      onDisk(() => {
        if (this.#journal.isMissing) this.#journal.rewrite(this.#version, this.#state());
      });
      this.refresh();
      return onDisk(() => this.#transaction(work));
    } finally {
      release();
    }
  }

  #acquire(signal: AbortSignal): Promise<() => void> {
    const busy = (owner: string): ClusterError =>
      new ClusterError(`the sandbox cluster is locked: ${this.#lock} is held by ${owner}`, {
        reason: 'Timeout',
        status: 0,
      });
    return acquireLock(this.#lock, { patience: lockPatience, busy, signal }).catch(tellDiskFailure);
  }

  #transaction<T>(work: () => T): T {
    const pending: StoreChange[] = [];
    const version = this.#version;
    this.#pending = pending;
    try {
      const result = work();
      if (pending.length > 0) this.#journal.append(pending);
      if (this.#journal.wantsRewrite) this.#journal.rewrite(this.#version, this.#state());
      this.#pending = undefined;
      for (const change of pending) this.#tell(change);
      return result;
    } catch (error) {
      for (const { kind, id, before } of pending.reverse()) this.#set(kind, id, before);
      this.#version = version;
      throw error;
    } finally {
      this.#pending = undefined;
    }
  }

  *#state(): Generator<Change> {
    for (const [kind, objects] of this.#objects) {
      for (const [id, object] of objects) yield { version: this.#version, kind, id, object };
    }
  }

  get(kind: string, id: string): JsonObject | undefined {
    return this.#objects.get(kind)?.get(id);
  }

  /** A list of its own: the store may change meanwhile. */
  list(kind: string): readonly JsonObject[] {
    return [...(this.#objects.get(kind)?.values() ?? [])];
  }

  count(kind: string): number {
    return this.#objects.get(kind)?.size ?? 0;
  }

  /** Kinds that have objects. */
  kinds(): readonly string[] {
    return [...this.#objects.keys()];
  }

  byUid(uid: string): Place | undefined {
    return this.#places.get(uid);
  }

  /** Objects that name `uid` as an owner. */
  dependents(uid: string): readonly Place[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }

  /** Only inside {@link ObjectStore.write}. Gives the object with its new resourceVersion. */
  put(kind: string, object: JsonObject): JsonObject {
    this.#version += 1;
    const stamped = withMetadata(object, { resourceVersion: String(this.#version) });
    this.#record(kind, idOf(object), stamped);
    return stamped;
  }

  /** Only inside {@link ObjectStore.write}. */
  remove(kind: string, id: string): void {
    this.#version += 1;
    this.#record(kind, id, undefined);
  }

  #record(kind: string, id: string, object: JsonObject | undefined): void {
    const before = this.get(kind, id);
    const change = { version: this.#version, kind, id, object, before };
    this.#pending?.push(change);
    this.#set(kind, id, object);
    for (const observer of this.#observers) observer(change);
  }

  #note(change: Change): void {
    const before = this.get(change.kind, change.id);
    this.#version = Math.max(this.#version, change.version);
    this.#set(change.kind, change.id, change.object);
    for (const observer of this.#observers) observer({ ...change, before });
    this.#tell({ ...change, before });
  }

  #tell(change: StoreChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #set(kind: string, id: string, object: JsonObject | undefined): void {
    const objects = this.#objects.get(kind) ?? new Map<string, JsonObject>();
    this.#objects.set(kind, objects);
    this.#index({ kind, id }, objects.get(id), object);
    if (object === undefined) objects.delete(id);
    else objects.set(id, object);
  }

  #index(place: Place, before: JsonObject | undefined, after: JsonObject | undefined): void {
    const key = `${place.kind} ${place.id}`;
    for (const uid of ownersOf(before)) {
      const siblings = this.#dependents.get(uid);
      siblings?.delete(key);
      if (siblings?.size === 0) this.#dependents.delete(uid);
    }
    if (before !== undefined) this.#places.delete(textAt(before, 'metadata', 'uid'));
    if (after === undefined) return;
    this.#places.set(textAt(after, 'metadata', 'uid'), place);
    for (const uid of ownersOf(after)) {
      const siblings = this.#dependents.get(uid) ?? new Map<string, Place>();
      this.#dependents.set(uid, siblings.set(key, place));
    }
  }
}

function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return tellDiskFailure(error);
  }
}

/** A full disk is no bug of ours. */
function tellDiskFailure(error: unknown): never {
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  const place = path === undefined ? '' : ` ${path}`;
  const message = `the folder of the sandbox cluster cannot be used: ${syscall}${place}: ${errnoText(error)}`;
  throw new ClusterError(message, { reason: 'Other', status: 0, cause: error });
}

function ownersOf(object: JsonObject | undefined): readonly string[] {
  return listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid'));
}
