import { locationOf } from '@flotilla/diagnostics';
import { Dict, GoError, GoTime } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import { expect, test } from 'vitest';
import { memoryChartFiles } from '../chart/chart-files.ts';
import { loadChart } from '../chart/load-chart.ts';
import { chartDiagnostic } from './chart-diagnostic.ts';
import { renderChart } from './render-chart.ts';

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

const host: TemplateHost = {
  now: () => new GoTime(0, 0, utc),
  localZone: () => utc,
  env: () => undefined,
  randomBytes: (count) => new Uint8Array(count),
  lookupHost: () => [],
};

interface Shown {
  readonly code: string;
  readonly message: string;
  readonly at: string | undefined;
  readonly from: readonly string[];
}

async function shown(files: Readonly<Record<string, string>>): Promise<Shown | undefined> {
  const chart = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', ...files };
  try {
    await renderChart(loadChart({ kind: 'directory', files: memoryChartFiles(chart) }), {
      values: new Dict(),
      release: { name: 'r', namespace: 'n', revision: 1, isInstall: true, isUpgrade: false },
      host,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const { code, message, span, related } = chartDiagnostic(error);
    const at = span === undefined ? undefined : locationOf(span);
    return { code, message, at, from: related.map((each) => locationOf(each.span)) };
  }
}

test('a failure inside an include points into the helper and says how it was reached', async () => {
  expect(
    await shown({
      'templates/_h.tpl': '{{ define "h" }}\n  {{ .Values.a.b }}\n{{ end }}',
      'templates/t.yaml': 'a: {{ include "h" . }}',
    }),
  ).toEqual({
    code: 'template/execute',
    message: 'nil pointer evaluating interface {}.b',
    at: 'c/templates/_h.tpl:2:6',
    from: ['c/templates/t.yaml:1:7'],
  });
});

test('required shows its message, a mistake in the text its place', async () => {
  expect(await shown({ 'templates/t.yaml': 'a: {{ required "set a" .Values.a }}' })).toMatchObject({
    code: 'template/required-value',
    message: 'set a',
    at: 'c/templates/t.yaml:1:7',
  });
  expect(await shown({ 'templates/t.yaml': 'a: {{ nope }}' })).toMatchObject({
    code: 'template/parse',
    message: 'function "nope" not defined',
  });
});

test('what no template did keeps the text and the given code', () => {
  expect(chartDiagnostic(new GoError('library charts are not installable'))).toMatchObject({
    code: 'chart/invalid',
    referenceText: 'library charts are not installable',
  });
});
