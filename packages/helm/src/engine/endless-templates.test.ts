import { type Dict, fromJs, GoError, GoTime } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { memoryChartFiles } from '../chart/chart-files.ts';
import { loadChart } from '../chart/load-chart.ts';
import { renderChart } from './render-chart.ts';

/** Templates without end, that ask for too much, or that meet values of wrong types: errors with a place, in bounded time. */

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

async function failure(template: string, values: object = {}): Promise<string> {
  const files = memoryChartFiles({
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.2.3\n',
    'templates/a.yaml': template,
  });
  try {
    await renderChart(loadChart({ kind: 'directory', files }), {
      values: fromJs(values, 'float64') as Dict,
      release: { name: 'rel', namespace: 'ns', revision: 1, isInstall: true, isUpgrade: false },
      host: {
        now: () => new GoTime(1_700_000_000, 0, utc),
        localZone: () => utc,
        env: () => undefined,
        randomBytes: (count) => new Uint8Array(count),
        lookupHost: () => [],
      },
    });
  } catch (error) {
    if (error instanceof GoError) return error.message;
    throw error;
  }
  return 'no error';
}

const tooDeep = 'exceeded maximum template depth (100000)';
const including = (frames: number): string =>
  'template: app/templates/a.yaml:2:2: executing "x" at <include "x" .>: error calling include: '.repeat(
    frames,
  );

test.each([
  [
    'a template',
    '{{ define "x" }}\n{{ template "x" . }}{{ end }}{{ template "x" . }}',
    {},
    `template: app/templates/a.yaml:2:12: executing "x" at <{{template "x" .}}>: ${tooDeep}`,
  ],
  [
    'an included template',
    '{{ define "x" }}\n{{include "x" .}}{{ end }}{{ include "x" . }}',
    {},
    `template: app/templates/a.yaml:2:29: executing "app/templates/a.yaml" at <include "x" .>: error calling include: ${including(1001)}rendering template has a nested reference name: x: unable to execute template`,
  ],
])('%s that calls itself without end', async (_name, template, values, expected) => {
  expect(await failure(template, values)).toBe(expected);
});

test.each([
  ['{{ .Values.a.b.c }}', '13', '.Values.a.b.c', "can't evaluate field b in type interface {}"],
  ['{{ range .Values.a }}{{ end }}', '19', '.Values.a', "range can't iterate over 1"],
  ['{{ upper .Values.a }}', '19', '.Values.a', 'wrong type for value; expected string; got float64'],
])('a value of a wrong type: %s', async (template, column, expression, reason) => {
  expect(await failure(`a: 1\nb: ${template}`, { a: 1 })).toBe(
    `app/templates/a.yaml:2:${column}\n  executing "app/templates/a.yaml" at <${expression}>:\n    ${reason}`,
  );
});

test.each([
  ['mustRegexMatch "(" "x"', 'error calling mustRegexMatch: error parsing regexp: missing closing ): `(`'],
  [
    'mustRegexMatch "(a{1000}){1000}" "x"',
    'error calling mustRegexMatch: error parsing regexp: invalid repeat count: `{1000}`',
  ],
  ['repeat 1000000000 "abcdefghij"', 'error calling repeat: strings: Repeat output length overflow'],
])('more than there is room for: %s', async (call, reason) => {
  expect(await failure(`a: 1\nb: {{ ${call} }}`)).toBe(
    `template: app/templates/a.yaml:2:6: executing "app/templates/a.yaml" at <${call}>: ${reason}`,
  );
});

test('expressions that explode elsewhere take time as their text does', async () => {
  const texts = [
    '{{ regexMatch "^(a+)+$" (print (repeat 50000 "a") "b") }}',
    '{{ regexMatch "(a*)*c" (repeat 50000 "ab") }}',
    '{{ regexReplaceAll "(x+x+)+y" (repeat 50000 "x") "" | len }}',
  ];
  expect(await failure(`a: ${texts.join('')}`)).toBe('no error');
}, 20_000);
