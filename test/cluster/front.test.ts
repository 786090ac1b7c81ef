import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SeedProject, seedProject } from '../seed/seed-project.ts';
import { type ChartRepository, serveCharts } from '../support/chart-repository.ts';
import { type ControlPlane, hasReferences, startControlPlane } from '../support/control-plane.ts';
import { chartsFolder, reference } from '../support/references.ts';
import type { ProgramResult } from '../support/run-program.ts';

/** The first file of the seed on a real control plane, with the charts it names, through the real helm. */

const programs = ['kube', 'kwok', 'helm4', 'helm3', 'sops', 'age-keygen'];
const canRun = hasReferences('test/cluster/front.test.ts', programs) && chartsFolder !== undefined;
if (chartsFolder === undefined)
  console.warn('SKIPPED test/cluster/front.test.ts: no charts (FLOTILLA_CHARTS)');

const withoutVolumes = {
  'values/postgres.yaml': 'auth: {database: app}\nprimary: {persistence: {enabled: false}}\n',
  'values/redis.yaml':
    'architecture: standalone\nauth: {enabled: false}\nmaster: {persistence: {enabled: false}}\n',
};

describe.skipIf(!canRun).each(['helm4', 'helm3'] as const)('the seed through %s', (helm) => {
  let plane: ControlPlane;
  let charts: ChartRepository;
  let seed: SeedProject;

  beforeAll(async () => {
    [plane, charts] = await Promise.all([startControlPlane(), serveCharts()]);
  });
  afterAll(async () => {
    await Promise.all([plane?.[Symbol.asyncDispose](), charts?.[Symbol.asyncDispose]()]);
  });
  beforeEach(async () => {
    seed = await seedProject({ helm, kubeconfig: plane.kubeconfig });
    write(withoutVolumes);
  });
  afterEach(async () => {
    await flotilla('destroy');
    seed[Symbol.dispose]();
  });

  function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files))
      writeFileSync(join(seed.folder, 'releases', path), text);
  }

  async function flotilla(...args: readonly string[]): Promise<ProgramResult> {
    const fixed = ['--executor', 'helm', '-e', 'production', ...charts.mirrors];
    return seed.run('flotilla', 'releases', [...fixed, ...args]);
  }

  /** `namespace/name status revision` of every release in the cluster. */
  async function releases(): Promise<readonly string[]> {
    const args = ['list', '--all-namespaces', '--output', 'json'];
    const { stdout } = await seed.run(reference(helm) ?? helm, '.', args);
    const found = JSON.parse(stdout) as readonly Readonly<Record<string, string>>[];
    return found
      .map((each) => `${each['namespace']}/${each['name']} ${each['status']} ${each['revision']}`)
      .sort();
  }

  const installed = [
    'cache/redis deployed 1',
    'cert-manager/cert-manager deployed 1',
    'database/postgres deployed 1',
    'default/myapp deployed 1',
    'ingress/ingress-nginx deployed 1',
  ];

  test('sync deploys in the order of needs, apply changes what changed, destroy takes dependants first', async () => {
    const sync = await flotilla('sync');
    expect(sync.exitCode, sync.stderr).toBe(0);
    expect(await releases()).toEqual(installed);
    inOrder(sync.stderr, [
      'database/postgres: installed 12.1.5',
      'cache/redis: started',
      'cache/redis: installed 17.3.7',
      'default/myapp: started',
      'default/myapp: installed 1.2.3',
      '5 installed',
    ]);

    const again = await flotilla('apply');
    expect(again.exitCode, again.stderr).toBe(0);
    expect(again.stdout.replaceAll(/^Comparing release=.*\n/gm, '')).toBe('');
    expect(again.stderr).toContain('\n5 unchanged\n');
    expect(await releases()).toEqual(installed);

    write({ 'values/myapp-production.yaml': 'replicaCount: 4\n' });
    const change = await flotilla('apply');
    expect(change.exitCode, change.stderr).toBe(0);
    expect(change.stdout).toMatch(/^- {3}replicas: 3\n\+ {3}replicas: 4$/m);
    expect(change.stderr).toContain('\n1 upgraded, 4 unchanged\n');
    expect(await releases()).toEqual(
      installed.map((each) => each.replace('myapp deployed 1', 'myapp deployed 2')),
    );

    const destroy = await flotilla('destroy');
    expect(destroy.exitCode, destroy.stderr).toBe(0);
    inOrder(destroy.stderr, [
      'default/myapp: uninstalled',
      'cache/redis: started',
      'cache/redis: uninstalled',
      'database/postgres: started',
      'database/postgres: uninstalled',
      '5 uninstalled',
    ]);
    expect(await releases()).toEqual([]);
  });

  test('a release that fails stops its dependants and no others', async () => {
    write({
      'values/redis.yaml':
        'architecture: standalone\nauth: {enabled: false}\nmaster: {persistence: {enabled: false}, service: {type: Nope}}\n',
    });
    const sync = await flotilla('sync');
    expect(sync.exitCode).toBe(1);
    expect(sync.stderr.replaceAll(/\(\d+s\)/g, '(TIME)')).toContain('cache/redis: failed (TIME)\n');
    expect(sync.stderr).toContain('default/myapp: not started: it needs cache/redis, which failed\n');
    expect(sync.stderr).toMatch(
      /^error executor\/unclassified {2}helmfile.yaml:25:12\n {2}cache\/redis: (?:.*\n)?.*spec.type: Unsupported value: "Nope"/m,
    );
    expect(sync.stderr).toContain('\n3 installed, 1 failed, 1 blocked\n');
    expect((await releases()).filter((each) => each.includes('deployed'))).toEqual(
      installed.filter((each) => !/redis|myapp/.test(each)),
    );
  });
});

/** Each text stands in the output after the one before it. */
function inOrder(output: string, texts: readonly string[]): void {
  const places = texts.map((text) => output.indexOf(text));
  expect(places, output).not.toContain(-1);
  expect(
    [...places].sort((a, b) => a - b),
    output,
  ).toEqual(places);
}
