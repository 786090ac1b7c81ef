/** What goes when something else has gone: dependents without an owner, the contents of namespaces, custom resources. */
import { type JsonObject, listAt, nameOf, namespaceOf, textAt, withMetadata } from '../../json-object.ts';
import type { Place } from '../store/object-store.ts';
import { isEnding, uidOf, type World } from './world.ts';

/** Deletes an object; finalizers of others hold it. */
export function sweep(kind: string, object: JsonObject, world: World): void {
  const finalizers = listAt(object, 'metadata', 'finalizers');
  if (finalizers.length === 0) world.remove(kind, object);
  else if (!isEnding(object)) {
    world.store.put(
      kind,
      withMetadata(object, { deletionTimestamp: world.time, deletionGracePeriodSeconds: 0 }),
    );
  }
}

/** After an object has gone: those only it owned go too. */
export function sweepDependents(uid: string, world: World): void {
  for (const { kind, id } of world.store.dependents(uid)) {
    const object = world.store.get(kind, id);
    if (object === undefined) continue;
    const owners = listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid'));
    if (owners.every((owner) => world.store.byUid(owner) === undefined)) sweep(kind, object, world);
  }
}

/** Foreground deletion: dependents first. */
export function reconcileEnding(place: Place, object: JsonObject, world: World): void {
  const finalizers = listAt(object, 'metadata', 'finalizers');
  if (!finalizers.includes('foregroundDeletion')) return;
  const dependents = world.store.dependents(uidOf(object));
  for (const { kind, id } of dependents) {
    const dependent = world.store.get(kind, id);
    if (dependent !== undefined) sweep(kind, dependent, world);
  }
  if (world.store.dependents(uidOf(object)).length > 0) return;
  const rest = finalizers.filter((each) => each !== 'foregroundDeletion');
  if (rest.length === 0) world.remove(place.kind, object);
  else world.store.put(place.kind, withMetadata(object, { finalizers: rest }));
}

/** A namespace goes when nothing is left in it. */
export function reconcileNamespace(namespace: JsonObject, world: World): void {
  if (!isEnding(namespace)) return;
  let isEmpty = true;
  for (const kind of world.store.kinds()) {
    for (const object of world.store.list(kind)) {
      if (namespaceOf(object) !== nameOf(namespace)) continue;
      sweep(kind, object, world);
      if (world.store.get(kind, `${namespaceOf(object)}/${nameOf(object)}`) !== undefined) isEmpty = false;
    }
  }
  if (isEmpty) world.remove('/namespaces', namespace);
  else world.later('/namespaces', namespace, world.now + 1000);
}

/** Custom resources go with their definition. */
export function sweepCustomResources(crd: JsonObject, world: World): void {
  const kind = `${textAt(crd, 'spec', 'group')}/${textAt(crd, 'spec', 'names', 'plural')}`;
  for (const object of world.store.list(kind)) world.remove(kind, object);
}
