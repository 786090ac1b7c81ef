import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Dict, GoTime, parseYaml, utcZone } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import { expect, onTestFinished, test } from 'vitest';
import { formatLogRecord } from '../chart/log-record.ts';
import { createNodeRegistryHost } from '../registry/node-registry-host.ts';
import { lintCharts } from './lint-charts.ts';

const templateHost: TemplateHost = {
  now: () => new GoTime(0, 0, utcZone),
  localZone: () => utcZone,
  env: () => '',
  randomBytes: (count) => new Uint8Array(count),
  lookupHost: () => [],
};

/** What `lint` prints of a chart, and what it logs. */
async function lint(files: Readonly<Record<string, string>>, values = '{}'): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const log: string[] = [];
  const host = createNodeRegistryHost({
    environment: {},
    platform: 'linux',
    homeDirectory: folder,
    directory: folder,
    log: (record) => log.push(formatLogRecord(record)),
  });
  const options = { templateHost, values: parseYaml(values, { dialect: 'v2' }) as Dict };
  const { text } = await lintCharts(['.'], host, options);
  return [...log, text];
}

const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: ">=9"\nicon: https://a.example/i\n',
  'templates/a.yaml': 'kind: A\nmetadata: { name: a }\n',
};

test('values that do not fit the defaults are warned of, with a schema or without', async () => {
  expect(await lint({ ...chart, 'values.yaml': 'map: {}\n' }, 'map: 1')).toEqual([
    'level=INFO msg="warning: cannot overwrite table with non table for map (map[])"',
    '==> Linting .\n\n1 chart(s) linted, 0 chart(s) failed\n',
  ]);
});

test('a null does not take a default away', async () => {
  const files = {
    ...chart,
    'values.yaml': 'map: { a: 1 }\n',
    'templates/a.yaml': '{{ if .Values.map }}{{ fail "there it is" }}{{ end }}',
  };
  expect((await lint(files, 'map: null'))[0]).toContain('there it is');
});

test('wrong sections of sub-charts end the linting of templates without a word', async () => {
  const files = {
    ...chart,
    'values.yaml': 'sub: text\n',
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
    'Chart.yaml': `${chart['Chart.yaml']}dependencies: [{ name: sub, version: 1.0.0 }]\n`,
    'templates/a.yaml': '{{ fail "no" }}',
  };
  expect(await lint(files)).toEqual(['==> Linting .\n\n1 chart(s) linted, 0 chart(s) failed\n']);
});
