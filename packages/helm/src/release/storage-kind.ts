import { GoError, quote } from '@flotilla/gocompat';

const kinds: Readonly<Record<string, 'Secret' | 'ConfigMap'>> = {
  '': 'Secret',
  secret: 'Secret',
  secrets: 'Secret',
  configmap: 'ConfigMap',
  configmaps: 'ConfigMap',
};

/** In what kind of object `HELM_DRIVER` has releases kept. Throws GoError for places that are none in a cluster. */
export function storageKindOf(driver: string): 'Secret' | 'ConfigMap' {
  const kind = Object.hasOwn(kinds, driver) ? kinds[driver] : undefined;
  if (kind !== undefined) return kind;
  if (driver === 'sql') throw new GoError('HELM_DRIVER=sql: releases cannot be kept in databases');
  if (driver === 'memory') throw new GoError('HELM_DRIVER=memory: releases would be gone with each call');
  throw new GoError(`unknown driver ${quote(driver)}`);
}
