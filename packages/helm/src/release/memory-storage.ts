import type { Release } from './release.ts';
import {
  byVersion,
  latestByName,
  ReleaseExists,
  ReleaseNotFound,
  type StorageDriver,
  storageKey,
} from './storage.ts';

/** Releases in memory only: dry runs and tests. */
export function memoryStorage(initial: readonly Release[] = []): StorageDriver {
  const records = new Map(initial.map((each) => [storageKey(each.name, each.version), each]));
  const find = (name: string, version: number): Release => {
    const found = records.get(storageKey(name, version));
    if (found === undefined) throw new ReleaseNotFound();
    return found;
  };
  return {
    name: 'Memory',
    get: async (name, version) => find(name, version),
    history: async (name) => byVersion([...records.values()].filter((each) => each.name === name)),
    latest: async (names) => latestByName([...records.values()].filter(({ name }) => names.includes(name))),
    list: async () => [...records.values()],
    create: async (release) => {
      const key = storageKey(release.name, release.version);
      if (records.has(key)) throw new ReleaseExists();
      records.set(key, release);
    },
    update: async (release) => {
      find(release.name, release.version);
      records.set(storageKey(release.name, release.version), release);
    },
    delete: async (name, version) => {
      find(name, version);
      records.delete(storageKey(name, version));
    },
  };
}
