import type { JsonObject, WatchEvent } from '@flotilla/helm';
import { beforeAll, describe, expect, test } from 'vitest';
import { besideHelm, type Pair, pairOf } from '../cluster/beside-helm.ts';
import { type ChartFolder, chartFolder } from '../cluster/chart-folder.ts';
import { rollbackBoth, uninstallBoth, upgradeBoth } from '../cluster/side-by-side.ts';
import { seedChapter, seedFiles, surroundings } from './seed-chapter.ts';

/**
 * The hook files of the seed, letter for letter, inside a chart: run by the real Helm and by us side by side, the order
 * taken from the API server's events.
 */

const files = seedFiles(seedChapter(1));

const namespaceHook = 'templates/hooks/pre-install-namespace.yaml';

function chartOf(names: readonly string[]): ChartFolder {
  return chartFolder(
    { ...surroundings, ...Object.fromEntries(names.map((name) => [name, files[name] ?? ''])) },
    'mychart',
  );
}

describe.skipIf(seedChapter(1) === '')('the chapter on hooks', () => {
  test('has these files', () => {
    expect(Object.keys(files)).toEqual([
      namespaceHook,
      'templates/hooks/pre-install-validate.yaml',
      'templates/hooks/post-install-notification.yaml',
      'templates/hooks/pre-upgrade-backup.yaml',
      'templates/hooks/post-upgrade-test.yaml',
      'templates/hooks/pre-delete-backup.yaml',
      'templates/hooks/post-delete-cleanup.yaml',
      'templates/hooks/pre-upgrade-migration.yaml',
      'templates/migrations-configmap.yaml',
      'templates/hooks/test-connection.yaml',
    ]);
  });

  besideHelm('test/seed/chart-hooks.test.ts', 'hooks', (scene) => {
    const signal = new AbortController().signal;

    async function put(apiVersion: string, kind: string, object: JsonObject): Promise<void> {
      const mapping = await scene.ours.cluster.mapping(apiVersion, kind, { signal });
      await scene.ours.cluster.create(mapping, { apiVersion, kind, ...object }, { signal });
    }

    /** What the hooks take for granted: an account, and a claim that is bound. */
    async function prepare(namespace: string): Promise<void> {
      await put('v1', 'Namespace', { metadata: { name: namespace } });
      await put('v1', 'ServiceAccount', { metadata: { name: 'web-cleanup', namespace } });
      const resources = { requests: { storage: '1Gi' } };
      const common = { accessModes: ['ReadWriteOnce'], storageClassName: '' };
      await put('v1', 'PersistentVolume', {
        metadata: { name: namespace },
        spec: { ...common, capacity: resources.requests, hostPath: { path: '/backup' } },
      });
      await put('v1', 'PersistentVolumeClaim', {
        metadata: { name: 'backup-pvc', namespace },
        spec: { ...common, resources, volumeName: namespace },
      });
    }

    /** `+name` and `-name` of Jobs as the server tells of them while something is done. */
    async function jobEvents(namespace: string, work: () => Promise<void>): Promise<readonly string[]> {
      const stop = new AbortController();
      const seen: string[] = [];
      const mapping = await scene.ours.cluster.mapping('batch/v1', 'Job', { signal });
      const events = scene.ours.cluster.watch({ mapping, namespace }, { signal: stop.signal });
      let isSynced = (): void => {};
      const synced = new Promise<void>((done) => {
        isSynced = done;
      });
      const old = new Set<string>();
      const following = (async () => {
        let isNew = false;
        for await (const event of events) {
          if (event.type === 'synced') {
            isNew = true;
            isSynced();
          } else note(event, isNew, old, seen);
        }
      })().catch(() => {});
      await synced;
      await work();
      await new Promise((done) => setTimeout(done, 500));
      stop.abort();
      await following;
      return seen;
    }

    async function eventsOfBoth(pair: Pair, work: () => Promise<void>): Promise<readonly string[]> {
      let ours: readonly string[] = [];
      const theirs = await jobEvents(pair.left, async () => {
        ours = await jobEvents(pair.right, work);
      });
      expect(ours).toEqual(theirs);
      return ours;
    }

    const pair = pairOf('seed');
    beforeAll(async () => {
      for (const namespace of [pair.left, pair.right]) await prepare(namespace);
    });

    test('run in the order of their weights, and go by their policies', async () => {
      using chart = chartOf(Object.keys(files).filter((name) => name !== namespaceHook));
      const compat = 'v4';
      const quiet = { theirs: '', ours: '' };
      const upgraded = async (): Promise<void> => {
        expect(await upgradeBoth(scene, { compat, pair, chart })).toEqual(quiet);
      };
      expect(await eventsOfBoth(pair, upgraded)).toEqual([
        '+web-migration-1',
        '+web-pre-install-validate',
        '-web-pre-install-validate',
        '+web-post-install-notification',
        '-web-post-install-notification',
      ]);
      await scene.expectSameState(pair);
      await scene.expectSameRecords(pair);
      expect(await eventsOfBoth(pair, upgraded)).toEqual([
        '+web-migration-2',
        '+web-pre-upgrade-backup',
        '-web-pre-upgrade-backup',
        '+web-post-upgrade-test',
        '-web-post-upgrade-test',
      ]);
      const undone = async (): Promise<void> => {
        expect(await rollbackBoth(scene, { compat, pair, revision: 1 })).toEqual(quiet);
      };
      expect(await eventsOfBoth(pair, undone)).toEqual([]);
      const removed = async (): Promise<void> => {
        expect(await uninstallBoth(scene, { compat, pair })).toEqual(quiet);
      };
      expect(await eventsOfBoth(pair, removed)).toEqual([
        '+web-pre-delete-backup',
        '-web-pre-delete-backup',
        '+web-post-delete-cleanup',
        '-web-post-delete-cleanup',
      ]);
      await scene.expectSameState(pair);
    });
  });
});

function note(
  event: Extract<WatchEvent, { readonly object: JsonObject }>,
  isNew: boolean,
  old: Set<string>,
  seen: string[],
): void {
  const { name, uid } = event.object['metadata'] as Readonly<Record<'name' | 'uid', string>>;
  if (event.type === 'deleted') seen.push(`-${name}`);
  else if (!old.has(uid) && isNew) seen.push(`+${name}`);
  old.add(uid);
}
