import { parseYaml, toJs } from '@flotilla/gocompat';
import type { JsonObject } from '@flotilla/helm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { besideHelm, compats, pairOf } from './beside-helm.ts';
import { chartFolder } from './chart-folder.ts';
import { valuesOf } from './our-helm.ts';
import { rollbackBoth, upgradeBoth } from './side-by-side.ts';
import { fields } from './upgrade-kinds/fields.ts';
import { lists } from './upgrade-kinds/lists.ts';
import type { Intervention, UpgradeKind } from './upgrade-kinds/upgrade-kind.ts';
import { wholeObjects } from './upgrade-kinds/whole-objects.ts';

/**
 * Each kind of upgrade beside the real Helm: installed, upgraded and rolled back in twin namespaces, by it and by us. After
 * every step live objects, their field owners included, and records are equal, and so is what is said when it fails.
 */

const kinds: Readonly<Record<string, UpgradeKind>> = { ...wholeObjects, ...fields, ...lists };

const signal = new AbortController().signal;

besideHelm('test/cluster/upgrade-kinds.test.ts', 'a kind of upgrade', (scene) => {
  let count = 0;

  beforeAll(async () => {
    const { cluster } = scene.ours;
    const mapping = await cluster.mapping('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { signal });
    for (const text of new Set(Object.values(kinds).flatMap(({ crd }) => crd ?? []))) {
      await cluster.create(mapping, toJs(parseYaml(text, { dialect: 'v2' })) as JsonObject, { signal });
    }
    await vi.waitFor(
      async () => {
        cluster.refreshDiscovery();
        await cluster.mapping('kinds.example.com/v1', 'Thing', { signal });
      },
      { timeout: 10_000 },
    );
  });

  async function intervene(namespace: string, change: Intervention): Promise<void> {
    const { cluster } = scene.ours;
    const mapping = await cluster.mapping(change.apiVersion, change.kind, { signal });
    const ref = { mapping, namespace, name: change.name };
    if (change.patch === undefined) await cluster.delete(ref, { signal });
    else await cluster.patch(ref, { type: 'merge', body: change.patch }, { signal, fieldManager: 'someone' });
  }

  test('is one of at least thirty', () => {
    expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(30);
  });

  describe.each(compats)('as Helm %s', (compat) => {
    const titles = Object.keys(kinds).filter((title) => compat === 'v4' || kinds[title]?.onlyHelm4 !== true);

    test.each(titles)('%s', async (title) => {
      const kind = kinds[title] as UpgradeKind;
      count += 1;
      const pair = pairOf(`kind-${count}`);
      using chart = chartFolder({});
      const [valuesBefore, valuesAfter] = kind.values ?? ['{}\n', '{}\n'];

      chart.write({ 'templates/a.yaml': kind.before, 'values.yaml': valuesBefore });
      expect(await upgradeBoth(scene, { compat, pair, chart })).toEqual({ theirs: '', ours: '' });
      await expectSame();

      for (const change of kind.meanwhile ?? []) {
        for (const namespace of [pair.left, pair.right]) await intervene(namespace, change);
      }
      chart.write({ 'templates/a.yaml': kind.after, 'values.yaml': valuesAfter });
      const { flags = [], options = {}, set = {} } = kind;
      const upgraded = await upgradeBoth(scene, {
        compat,
        pair,
        chart,
        flags: [
          ...flags,
          ...Object.entries(set).flatMap(([key, value]) => ['--set-json', `${key}=${JSON.stringify(value)}`]),
        ],
        options: { ...options, values: valuesOf(set) },
      });
      expect(upgraded.ours).toBe(upgraded.theirs);
      expect(upgraded.theirs !== '', upgraded.theirs).toBe(kind.fails === true || kind.fails === compat);
      await expectSame();

      const undone = await rollbackBoth(scene, { compat, pair, revision: 1 });
      expect(undone.ours).toBe(undone.theirs);
      await expectSame();

      async function expectSame(): Promise<void> {
        await scene.expectSameState(pair, kind.kinds);
        await scene.expectSameRecords(pair);
      }
    });
  });
});
