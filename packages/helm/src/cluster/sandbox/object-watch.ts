/** Following objects: the state as it is, then changes, the latest of each object if the reader is slow. */
import type { WatchEvent } from '../cluster.ts';
import type { JsonObject } from '../json-object.ts';
import { idOf, type ObjectStore, type StoreChange } from './store/object-store.ts';

export interface Following {
  readonly kind: string;
  readonly matches: (object: JsonObject) => boolean;
  readonly show: (object: JsonObject) => JsonObject;
  readonly signal: AbortSignal;
}

/** Ends with the signal's reason. Holds no more than one event per object. */
export async function* followObjects(
  store: ObjectStore,
  following: Following,
): AsyncGenerator<WatchEvent, void, void> {
  const { kind, matches, show, signal } = following;
  const events = new PendingEvents(following);
  const stop = store.listen((change) => events.add(change));
  const onAbort = (): void => events.wake();
  signal.addEventListener('abort', onAbort);
  try {
    for (const object of store.list(kind).filter(matches)) {
      events.shown.add(idOf(object));
      yield { type: 'changed', object: show(object) };
    }
    yield { type: 'synced' };
    for (;;) {
      signal.throwIfAborted();
      const event = events.take();
      if (event === undefined) await events.arrival();
      else yield event;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stop();
  }
}

/** What the reader has not seen yet: the latest of every object. */
class PendingEvents {
  /** Objects the reader knows. */
  readonly shown = new Set<string>();
  readonly #following: Following;
  readonly #waiting = new Map<string, WatchEvent>();
  #wake: () => void = () => {};

  constructor(following: Following) {
    this.#following = following;
  }

  add({ kind, id, object, before }: StoreChange): void {
    const { matches, show } = this.#following;
    if (kind !== this.#following.kind) return;
    if (object !== undefined && matches(object)) {
      this.#waiting.set(id, { type: 'changed', object: show(object) });
    } else if (this.shown.has(id)) {
      this.#waiting.set(id, { type: 'deleted', object: show(object ?? before ?? {}) });
    } else {
      this.#waiting.delete(id);
    }
    this.wake();
  }

  take(): WatchEvent | undefined {
    const [next] = this.#waiting;
    if (next === undefined) return undefined;
    const [id, event] = next;
    this.#waiting.delete(id);
    if (event.type === 'deleted') this.shown.delete(id);
    else this.shown.add(id);
    return event;
  }

  wake(): void {
    this.#wake();
  }

  arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
