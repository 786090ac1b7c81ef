import { type Dict, fixedZone, fromJs, utcZone } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import type { Release, ReleaseHook } from './release.ts';
import { historyJson, listJson, releaseJson, releaseMetadataJson } from './release-json.ts';
import { historyTable, listedRelease, listTable, metadataText, statusText } from './release-text.ts';
import { resourcesText } from './resources-text.ts';

const check: ReleaseHook = {
  name: 'web-check',
  kind: 'Pod',
  path: 'demo/templates/check.yaml',
  manifest: 'kind: Pod',
  events: ['test'],
  lastRun: { startedAt: '', completedAt: '', phase: '' },
  weight: 0,
  deletePolicies: [],
  outputLogPolicies: [],
};

const web: Release = {
  name: 'web',
  namespace: 'shop',
  version: 3,
  info: {
    firstDeployed: '2026-11-24T17:09:16.099536146Z',
    lastDeployed: '2026-11-24T18:09:16.5+01:00',
    deleted: '',
    description: 'Rollback to 1',
    status: 'deployed',
    rollbackRevision: 1,
    notes: '\nHello <web>\n',
  },
  chart: fromJs({
    metadata: {
      name: 'demo',
      version: '0.1.0',
      appVersion: '1.0',
      annotations: { b: '2', a: '1' },
      dependencies: [
        { name: 'z', repository: '' },
        { name: 'a', version: '1', repository: '' },
      ],
    },
  }) as Dict,
  config: fromJs({ level: 'debug' }) as Dict,
  manifest: '---\n# Source: demo/templates/a.yaml\nkind: ConfigMap\n',
  hooks: [check],
  labels: { team: 'a', name: 'web' },
  applyMethod: 'ssa',
};

const berlin = fixedZone('CET', 3600);

test('a status says nothing of tests that never ran', () => {
  expect(statusText(web)).toBe(
    `NAME: web
LAST DEPLOYED: Tue Nov 24 18:09:16 2026
NAMESPACE: shop
STATUS: deployed
REVISION: 3
DESCRIPTION: Rollback to 1
NOTES:
Hello <web>
`,
  );
});

test('a status tells what ran, and that there is nothing to run', () => {
  const lastRun = { startedAt: '2026-11-24T17:10:00Z', completedAt: '', phase: 'Running' } as const;
  const running = statusText({ ...web, hooks: [{ ...check, lastRun }] }, { showsNotes: false });
  expect(running.split('\n').slice(6)).toEqual([
    'TEST SUITE:     web-check',
    'Last Started:   Tue Nov 24 17:10:00 2026',
    'Last Completed: Mon Jan  1 00:00:00 0001',
    'Phase:          Running',
    '',
  ]);
  expect(statusText({ ...web, hooks: [] })).toContain('DESCRIPTION: Rollback to 1\nTEST SUITE: None\nNOTES:');
});

test('everything there is: chart, values, hooks, manifest', () => {
  const computedValues = fromJs({ level: 'debug', replicas: 1 }) as Dict;
  const text = statusText(web, { showsChart: true, computedValues, showsNotes: false });
  expect(text.slice(text.indexOf('REVISION'))).toBe(
    `REVISION: 3
CHART: demo
VERSION: 0.1.0
APP_VERSION: 1.0
DESCRIPTION: Rollback to 1
USER-SUPPLIED VALUES:
level: debug

COMPUTED VALUES:
level: debug
replicas: 1

HOOKS:
---
# Source: demo/templates/check.yaml
kind: Pod
MANIFEST:
---
# Source: demo/templates/a.yaml
kind: ConfigMap

`,
  );
});

test('lists tell local times by the name of their zone', () => {
  const old = { ...web, name: 'a', info: { ...web.info, lastDeployed: '' }, chart: null };
  const rows = [old, web].map((release) => listedRelease(release, berlin));
  expect(listTable(rows)).toBe(
    `NAME\tNAMESPACE\tREVISION\tUPDATED                        \tSTATUS  \tCHART     \tAPP VERSION
a   \tshop     \t3       \t-                              \tdeployed\tMISSING   \tMISSING    
web \tshop     \t3       \t2026-11-24 18:09:16.5 +0100 CET\tdeployed\tdemo-0.1.0\t1.0        
`,
  );
  expect(listTable([], true)).toBe('\n');
  expect(listedRelease(web, utcZone, '15:04').updated).toBe('18:09');
  expect(listJson([])).toBe('[]');
  expect(listJson(rows.slice(1))).toBe(
    '[{"name":"web","namespace":"shop","revision":"3","updated":"2026-11-24 18:09:16.5 +0100 CET","status":"deployed","chart":"demo-0.1.0","app_version":"1.0"}]',
  );
});

test('histories tell where rollbacks went, when asked', () => {
  expect(historyTable([web])).toBe(
    `REVISION\tUPDATED                 \tSTATUS  \tCHART     \tAPP VERSION\tDESCRIPTION  
3       \tTue Nov 24 18:09:16 2026\tdeployed\tdemo-0.1.0\t1.0        \tRollback to 1
`,
  );
  const [titles = ''] = historyTable([web], true).split('\n');
  expect(titles).toBe(
    'REVISION\tUPDATED                 \tSTATUS  \tCHART     \tAPP VERSION\tROLLBACK\tDESCRIPTION  ',
  );
  expect(historyJson([web])).toBe(
    '[{"revision":3,"updated":"2026-11-24T18:09:16.5+01:00","status":"deployed","chart":"demo-0.1.0","app_version":"1.0","rollback_revision":1,"description":"Rollback to 1"}]',
  );
});

test('metadata', () => {
  expect(metadataText(web)).toBe(
    `NAME: web
CHART: demo
VERSION: 0.1.0
APP_VERSION: 1.0
ANNOTATIONS: a=1,b=2
LABELS: name=web,team=a
DEPENDENCIES: a,z
NAMESPACE: shop
REVISION: 3
STATUS: deployed
DEPLOYED_AT: 2026-11-24T18:09:16+01:00
APPLY_METHOD: server-side apply
`,
  );
  expect(metadataText({ ...web, applyMethod: '' })).toContain(
    'APPLY_METHOD: client-side apply (defaulted)\n',
  );
  expect(JSON.parse(releaseMetadataJson({ ...web, labels: {} }))).toEqual({
    name: 'web',
    chart: 'demo',
    version: '0.1.0',
    appVersion: '1.0',
    annotations: { a: '1', b: '2' },
    dependencies: [
      { name: 'z', repository: '' },
      { name: 'a', version: '1', repository: '' },
    ],
    namespace: 'shop',
    revision: 3,
    status: 'deployed',
    deployedAt: '2026-11-24T18:09:16+01:00',
    applyMethod: 'ssa',
  });
});

const columns = [
  { name: 'Name', priority: 0 },
  { name: 'Data' },
  { name: 'Wide', priority: 1 },
  { name: 'Age' },
];

test('live objects are laid out as kubectl does, titles once', () => {
  const table = (...cells: readonly unknown[][]): Record<string, unknown> => ({
    columnDefinitions: columns,
    rows: cells.map((row) => ({ cells: row })),
  });
  const tables = new Map([
    ['v1/ConfigMap', [table(['a-long-name', 12, 'x', '3s']), table(['b', 1, 'x', 'two\nlines'])]],
    ['v1/Pod(related)', [table()]],
  ]);
  expect(resourcesText(tables)).toBe(
    `==> v1/ConfigMap
NAME          DATA   AGE
a-long-name   12     3s
b     1     two...

==> v1/Pod(related)

`,
  );
  expect(resourcesText(new Map())).toBe('');
});

test('a release as JSON may hold its live objects', () => {
  const live = new Map([['v1/ConfigMap', [{ kind: 'ConfigMap', apiVersion: 'v1', size: 2 }]]]);
  const stripped = { ...web, chart: null, hooks: [], config: undefined };
  expect(releaseJson(stripped, live)).toContain(
    '"notes":"\\nHello \\u003cweb\\u003e\\n","resources":{"v1/ConfigMap":[{"apiVersion":"v1","kind":"ConfigMap","size":2}]}},"manifest"',
  );
  expect(releaseJson(stripped)).not.toContain('resources');
});
