import { Dict, fromJs, toGoJson } from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import { memoryChartFiles } from './chart-files.ts';
import { type ChartInstance, instantiateChart } from './chart-instance.ts';
import type { HelmCompat } from './helm-compat.ts';
import { loadChart } from './load-chart.ts';
import { formatLogRecord } from './log-record.ts';
import { processDependencies } from './process-dependencies.ts';

const subchart = {
  'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.2.0\n',
  'charts/db/values.yaml': 'port: 1\nexports: {shared: {host: h}}\n',
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
};

function processed(
  dependencies: string,
  values: object = {},
  compat: HelmCompat = 'v4',
): { readonly paths: readonly string[]; readonly values: string; readonly log: readonly string[] } {
  const chart = loadChart({
    kind: 'directory',
    files: memoryChartFiles({
      ...subchart,
      'Chart.yaml': `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n${dependencies}`,
    }),
  });
  const instance = instantiateChart(chart);
  const log: string[] = [];
  processDependencies(instance, fromJs(values, 'float64') as Dict, {
    compat,
    log: (record) => log.push(formatLogRecord(record)),
  });
  return { paths: pathsOf(instance), values: toGoJson(instance.values), log };
}

function pathsOf(instance: ChartInstance): string[] {
  return instance.dependencies.flatMap((each) => [each.fullPath, ...pathsOf(each)]);
}

describe('which sub-charts take part', () => {
  test('undeclared ones first, then the declared in order', () => {
    expect(processed('- {name: db, version: ^1}\n').paths).toEqual(['app/charts/web', 'app/charts/db']);
  });

  test('one chart under two aliases', () => {
    const entries =
      '- {name: db, version: ^1, alias: a}\n- {name: db, version: ">=1", alias: b}\n- {name: web, version: 0.x}\n';
    expect(processed(entries).paths).toEqual(['app/charts/a', 'app/charts/b', 'app/charts/web']);
  });

  test('an entry without a version declares nothing, but still switches by name', () => {
    const entry = '- {name: db, alias: a, condition: db.on}\n';
    expect(processed(entry).paths).toEqual(['app/charts/db', 'app/charts/web']);
    expect(processed('- {name: db, condition: db.on}\n', { db: { on: false } }).paths).toEqual([
      'app/charts/web',
    ]);
  });

  test('tags, then the first condition that is a boolean', () => {
    const entry = '- {name: db, version: ^1, tags: [x, z], condition: "db.no,db.on,db.off"}\n';
    const web = 'app/charts/web';
    const db = 'app/charts/db';
    expect(processed(entry, { tags: { x: false } }).paths).toEqual([web]);
    expect(processed(entry, { tags: { x: false, z: true } }).paths).toEqual([web, db]);
    expect(processed(entry, { tags: { x: false }, db: { on: true, off: false } }).paths).toEqual([web, db]);
  });

  test('switches that are no booleans are reported', () => {
    const entry = '- {name: db, version: ^1, tags: [x], condition: db.on}\n';
    const values = { tags: { x: 'yes' }, db: { on: 'no' } };
    expect(processed(entry, values).log).toEqual([
      'level=WARN msg="returned non-bool value" tag=x chart=db',
      'level=WARN msg="returned non-bool value" path=db.on chart=db',
    ]);
    expect(processed(entry, values, 'v3').log).toEqual([
      `level=INFO msg="Warning: Tag 'x' for chart db returned non-bool value"`,
      `level=INFO msg="Warning: Condition path 'db.on' for chart db returned non-bool value"`,
    ]);
  });
});

describe('import-values', () => {
  test('a name takes a table below exports, a pair any table; the parent wins', () => {
    const entry = '- {name: db, version: ^1, import-values: [shared, {child: exports, parent: db.copy}]}\n';
    expect(processed(entry).values).toBe(
      '{"db":{"copy":{"shared":{"host":"h"}},"exports":{"shared":{"host":"h"}},"global":{},"port":1},"host":"h","web":{"global":{}}}',
    );
  });

  test('a table that is not there is reported', () => {
    const entry = '- {name: db, version: ^1, import-values: [none, {child: a.b, parent: .}]}\n';
    expect(processed(entry).log).toEqual([
      'level=WARN msg="ImportValues missing table" error="\\"none\\" is not a table"',
      'level=WARN msg="ImportValues missing table from chart" chart=db error="\\"a\\" is not a table"',
    ]);
  });
});

test('the loaded chart stays as it was', () => {
  const chart = loadChart({
    kind: 'directory',
    files: memoryChartFiles({
      ...subchart,
      'Chart.yaml':
        'apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{name: db, version: ^1, alias: a, import-values: [shared]}]\n',
    }),
  });
  const before = JSON.stringify(chart.metadata);
  processDependencies(instantiateChart(chart), new Dict());
  expect([JSON.stringify(chart.metadata), toGoJson(chart.values)]).toEqual([before, '{}']);
});
