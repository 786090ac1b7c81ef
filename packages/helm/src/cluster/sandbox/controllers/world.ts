/** What controllers see and may do. */
import { isDeepStrictEqual } from 'node:util';
import {
  type JsonObject,
  listAt,
  nameOf,
  namespaceOf,
  objectOf,
  textAt,
  withMetadata,
} from '../../json-object.ts';
import { withDefaults } from '../admission/defaults.ts';
import { normalize } from '../admission/normalize.ts';
import { timestampOf } from '../admission/prepare.ts';
import { objectType } from '../schema/type-schema.ts';
import { idOf, type ObjectStore, type Place } from '../store/object-store.ts';

/** How long things take, in milliseconds. */
export interface Pace {
  /** From a pod's creation until it runs, and from there until it has run through. */
  readonly step: number;
  /** More for each step of pods annotated `testbed/slow: "true"`. */
  readonly slow: number;
}

export const podStore = '/pods';

export class World {
  readonly store: ObjectStore;
  readonly pace: Pace;
  readonly now: number;
  readonly #later: (place: Place, due: number) => void;
  readonly #uid: () => string;

  constructor(
    store: ObjectStore,
    options: {
      readonly pace: Pace;
      readonly now: number;
      readonly later: (place: Place, due: number) => void;
      readonly uid: () => string;
    },
  ) {
    this.store = store;
    this.pace = options.pace;
    this.now = options.now;
    this.#later = options.later;
    this.#uid = options.uid;
  }

  get time(): string {
    return timestampOf(this.now);
  }

  newUid(): string {
    return this.#uid();
  }

  /** Looks at the object again at `due`. */
  later(kind: string, object: JsonObject, due: number): void {
    this.#later({ kind, id: idOf(object) }, due);
  }

  /** Writes a status when it differs. */
  setStatus(kind: string, object: JsonObject, status: JsonObject): JsonObject {
    return isDeepStrictEqual(objectOf(object['status']) ?? {}, status)
      ? object
      : this.store.put(kind, { ...object, status });
  }

  /** Objects of a kind that an object controls. */
  owned(kind: string, owner: JsonObject): readonly JsonObject[] {
    return this.store
      .dependents(uidOf(owner))
      .filter((place) => place.kind === kind)
      .map((place) => this.store.get(place.kind, place.id))
      .filter((object) => object !== undefined);
  }

  /** Creates an object that `owner` controls. */
  createOwned(kind: string, owner: JsonObject, object: JsonObject): JsonObject {
    const type = objectType(textAt(object, 'kind'));
    const whole = normalize(withDefaults(kind, normalize(object, type)), type);
    return this.store.put(
      kind,
      withMetadata(whole, {
        namespace: namespaceOf(owner),
        uid: this.#uid(),
        creationTimestamp: this.time,
        generation: 1,
        ownerReferences: [
          {
            apiVersion: owner['apiVersion'],
            kind: owner['kind'],
            name: nameOf(owner),
            uid: uidOf(owner),
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      }),
    );
  }

  remove(kind: string, object: JsonObject): void {
    this.store.remove(kind, idOf(object));
  }
}

export function uidOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'uid');
}

export function isEnding(object: JsonObject): boolean {
  return textAt(object, 'metadata', 'deletionTimestamp') !== '';
}

export function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** The condition as it was when nothing but times would change. */
export function condition(
  object: JsonObject,
  wanted: {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
  },
  time: string,
  extra: JsonObject = {},
): JsonObject {
  const old = listAt(object, 'status', 'conditions')
    .map((each) => objectOf(each) ?? {})
    .find((each) => each['type'] === wanted.type);
  const isSame =
    old !== undefined &&
    (['status', 'reason', 'message'] as const).every((key) => (textAt(old, key) || '') === wanted[key]);
  if (isSame) return old;
  const lastTransitionTime = old?.['status'] === wanted.status ? old['lastTransitionTime'] : time;
  return { ...wanted, ...extra, lastTransitionTime };
}
