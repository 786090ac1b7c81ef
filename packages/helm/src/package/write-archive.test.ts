import { gunzipSync } from 'node:zlib';
import { encodeText } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { memoryChartFiles } from '../chart/chart-files.ts';
import { loadChart } from '../chart/load-chart.ts';
import { readTar } from '../chart/tar.ts';
import { metadataJson, metadataYaml } from './metadata-table.ts';
import { showChart } from './show-chart.ts';
import { sourceDateEpoch } from './source-date-epoch.ts';
import { chartArchive } from './write-archive.ts';
import { writeTar } from './write-tar.ts';

const now = { seconds: 1_700_000_000, nanoseconds: 0 };
const chart = loadChart({
  kind: 'directory',
  files: memoryChartFiles({
    'Chart.yaml': `apiVersion: v2
name: web
version: 1.0.0
description: <Web> & more
maintainers: [{name: A, email: a@b.c}]
annotations: {z: "1", a: b}
dependencies: [{name: sub, version: ">=1 <2", repository: ""}]
`,
    'values.yaml': '# kept as it is\na:   1\n',
    'templates/x.yaml': 'kind: X\n',
    'README.md': '# Web',
    'crds/c.yaml': 'kind: C\n',
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  }),
});

test("has Helm's order of files and its gzip header", () => {
  const archive = chartArchive(chart, { now, epochSeconds: 5 });
  const entries = [...readTar(gunzipSync(archive))];
  expect(entries.map(({ name, mode, modTime }) => `${name} ${mode.toString(8)} ${modTime.seconds}`)).toEqual([
    'web/Chart.yaml 644 5',
    'web/values.yaml 644 5',
    'web/templates/x.yaml 644 5',
    'web/README.md 644 5',
    'web/crds/c.yaml 644 5',
    'web/charts/sub/Chart.yaml 644 5',
  ]);
  expect(Buffer.from(archive.subarray(0, 61)).toString('latin1')).toBe(
    '\x1f\x8b\x08\x14\0\0\0\0\0\xff\x2c\0rr\x28\0aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=Helm\0',
  );
  expect(chartArchive(chart, { now: { ...now, seconds: 9 }, epochSeconds: 5 })).toEqual(archive);
});

test('writes metadata again', () => {
  expect(metadataYaml(chart.metadata)).toBe(`annotations:
  a: b
  z: "1"
apiVersion: v2
dependencies:
- name: sub
  repository: ""
  version: '>=1 <2'
description: <Web> & more
maintainers:
- email: a@b.c
  name: A
name: web
version: 1.0.0
`);
  expect(metadataJson(chart.metadata)).toBe(
    String.raw`{"name":"web","version":"1.0.0","description":"\u003cWeb\u003e \u0026 more","maintainers":[{"name":"A","email":"a@b.c"}],"apiVersion":"v2","annotations":{"a":"b","z":"1"},"dependencies":[{"name":"sub","version":"\u003e=1 \u003c2","repository":""}]}`,
  );
});

test('shows its parts', () => {
  expect(showChart(chart, 'values')).toBe('# kept as it is\na:   1\n\n');
  expect(showChart(chart, 'readme')).toBe('# Web\n');
  expect(showChart(chart, 'crds')).toBe('---\nkind: C\n\n');
  expect(showChart(chart, 'all').split('\n---\n')).toHaveLength(4);
});

test('shows no values where there is no file of them', () => {
  const bare = loadChart({
    kind: 'directory',
    files: memoryChartFiles({ 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' }),
  });
  expect(showChart(bare, 'all')).toBe('apiVersion: v2\nname: a\nversion: 1.0.0\n\n');
});

test('names that do not fit get extension headers', () => {
  const names = ['a'.repeat(101), `${'d/'.repeat(70)}${'f'.repeat(90)}`, 'ü/x', `${'d'.repeat(200)}/f`];
  const tar = writeTar(names.map((name) => ({ name, data: encodeText('x'), modTime: now })));
  expect([...readTar(tar)].map(({ name }) => name)).toEqual(names);
});

test.each([
  ['abc', 'invalid SOURCE_DATE_EPOCH: strconv.ParseInt: parsing "abc": invalid syntax'],
  ['-1', 'invalid SOURCE_DATE_EPOCH: must not be negative'],
  [
    '99999999999999999999',
    'invalid SOURCE_DATE_EPOCH: strconv.ParseInt: parsing "99999999999999999999": value out of range',
  ],
])('SOURCE_DATE_EPOCH=%s is refused', (text, message) => {
  expect(() => sourceDateEpoch(text)).toThrow(message);
});

test('SOURCE_DATE_EPOCH may be empty', () => {
  expect([sourceDateEpoch(''), sourceDateEpoch(undefined), sourceDateEpoch('0')]).toEqual([
    undefined,
    undefined,
    0,
  ]);
});
