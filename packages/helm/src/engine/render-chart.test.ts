import { type Dict, fromJs, GoError, GoTime } from '@flotilla/gocompat';
import { Suspension, type TemplateHost } from '@flotilla/gotemplate';
import { describe, expect, test } from 'vitest';
import { memoryChartFiles } from '../chart/chart-files.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { loadChart } from '../chart/load-chart.ts';
import { formatTemplateOutput } from '../manifest/template-output.ts';
import { type RenderedChart, type RenderOptions, renderChart } from './render-chart.ts';

const utc = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

const host: TemplateHost = {
  now: () => new GoTime(1_700_000_000, 0, utc),
  localZone: () => utc,
  env: () => 'never seen',
  randomBytes: (count) => new Uint8Array(count),
  lookupHost: () => ['10.0.0.1'],
};

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly values?: object;
  readonly options?: Partial<RenderOptions>;
  readonly compat?: HelmCompat;
}

const chartYaml = 'apiVersion: v2\nname: app\nversion: 1.2.3\nappVersion: 1.10\n';

async function render({ files, values = {}, options = {}, compat = 'v4' }: Case): Promise<RenderedChart> {
  const source = {
    kind: 'directory',
    files: memoryChartFiles({ 'Chart.yaml': chartYaml, ...files }),
  } as const;
  return renderChart(loadChart(source, { compat }), {
    values: fromJs(values, 'float64') as Dict,
    release: { name: 'rel', namespace: 'ns', revision: 1, isInstall: true, isUpgrade: false },
    host,
    compat,
    ...options,
  });
}

/** The text of one template, rendered as the notes: any text will do there. */
async function evaluated(
  template: string,
  given: Omit<Case, 'files'> & { files?: Case['files'] } = {},
): Promise<string> {
  const rendered = await render({ ...given, files: { ...given.files, 'templates/NOTES.txt': template } });
  return rendered.notes;
}

async function failure(given: Case): Promise<string> {
  try {
    await render(given);
  } catch (error) {
    if (error instanceof GoError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('objects', () => {
  test.each([
    [
      '{{ toJson .Release }}',
      '{"IsInstall":true,"IsUpgrade":false,"Name":"rel","Namespace":"ns","Revision":1,"Service":"Helm"}',
    ],
    [
      '{{ .Chart.Name }} {{ .Chart.AppVersion }} {{ .Chart.IsRoot }} {{ .Chart.Annotations.x }}{{ .Chart.Nope }}',
      'app 1.1 true ',
    ],
    [
      '{{ toJson .Chart.Annotations }} {{ .Chart.Annotations }} {{ typeOf .Chart.Annotations }}',
      'null map[] map[string]string',
    ],
    ['{{ .Template.Name }} {{ .Template.BasePath }}', 'app/templates/NOTES.txt app/templates'],
    [
      '{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.HelmVersion.Version }}',
      'v1.37.0 37 v4.3.1',
    ],
    ['{{ .Capabilities.APIVersions.Has "apps/v1" }} {{ len .Capabilities.APIVersions }}', 'true 57'],
    [
      '{{ typeOf .Values }} {{ typeOf .Files }} {{ typeOf .Release.Revision }}',
      'common.Values engine.files int',
    ],
    ['{{ .Values.n }} {{ .Values.missing }}|{{ .Values.PathValue "t.x" }}', '1.2345678e+07 |1'],
  ])('%s', async (template, expected) => {
    expect(await evaluated(template, { values: { n: 12345678, t: { x: 1 } } })).toBe(expected);
  });

  test.each([
    ['{{ .Files.Get "conf/a" }}{{ .Files.Get "none" }}', 'one\ntwo\n'],
    ['{{ .Files.Lines "conf/a" | toJson }}{{ .Files.Lines "empty" | toJson }}', '["one","two"][]'],
    ['{{ range $name, $_ := .Files.Glob "**a" }}{{ $name }} {{ end }}', 'conf/a '],
    ['{{ (.Files.Glob "conf/*").AsSecrets }}', 'a: b25lCnR3bwo='],
    ['{{ (.Files.Glob "conf/*").AsConfig | quote }}', '"a: |\\n  one\\n  two"'],
  ])('%s', async (template, expected) => {
    expect(await evaluated(template, { files: { 'conf/a': 'one\ntwo\n', empty: '' } })).toBe(expected);
  });

  test('a sub-chart sees its own section, and the parent its scope', async () => {
    const files = {
      'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
      'charts/sub/values.yaml': 'own: 1\n',
      'charts/sub/templates/s.yaml': '# {{ .Chart.Name }} {{ toJson .Values }} {{ .Chart.IsRoot }}\n',
      'templates/t.yaml': '# {{ .Subcharts.sub.Chart.Name }}{{ $_ := set .Values.sub "set" true }}\n',
    };
    const rendered = await render({ files, values: { sub: { k: 'v' }, global: { g: 1 } } });
    expect(formatTemplateOutput(rendered)).toBe(`---
# Source: app/charts/sub/templates/s.yaml
# sub {"global":{"g":1},"k":"v","own":1} false

---
# Source: app/templates/t.yaml
# sub
`);
  });
});

test('values of a sub-chart are one table under two types', async () => {
  const files = {
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
    'charts/sub/templates/s.yaml':
      '# {{ typeOf .Values }} {{ typeOf .Values.AsMap }}{{ $_ := set .Values "child" 1 }}\n',
    'templates/t.yaml':
      '# {{ typeOf .Values.sub }} {{ .Values.sub.child }} {{ dig "sub" "child" 0 (merge .Values (dict)) }}\n',
  };
  expect(formatTemplateOutput(await render({ files }))).toBe(`---
# Source: app/charts/sub/templates/s.yaml
# common.Values map[string]interface {}

---
# Source: app/templates/t.yaml
# map[string]interface {} 1 1
`);
});

test('Helm 3 has the metadata as a struct, with its JSON names', async () => {
  const template = '{{ .Chart.Maintainers | toJson }} {{ .Chart.IsRoot }} {{ typeOf .Values }}';
  const files = { 'Chart.yaml': `${chartYaml}maintainers: [{name: m}]\n` };
  expect(await evaluated(template, { files, compat: 'v3' })).toBe('[{"name":"m"}] true chartutil.Values');
  expect(await failure({ files: { 'templates/t.yaml': '{{ .Chart.Nope }}' }, compat: 'v3' })).toBe(
    'template: app/templates/t.yaml:1:9: executing "app/templates/t.yaml" at <.Chart.Nope>: can\'t evaluate field Nope in type interface {}',
  );
  expect(await failure({ files: { 'templates/t.yaml': '{{ mustToYaml 1 }}' }, compat: 'v3' })).toBe(
    'parse error at (app/templates/t.yaml:1): function "mustToYaml" not defined',
  );
});

describe('functions', () => {
  test.each([
    [
      '{{ fromYaml "a: [1]" | toJson }}{{ (fromYaml "a: b: c").Error }}',
      '{"a":[1]}error converting YAML to JSON: yaml: mapping values are not allowed in this context',
    ],
    [
      '{{ fromYamlArray "" | toJson }}{{ fromJsonArray "null" | toJson }}{{ fromJson "[]" | toJson }}',
      '[]null{"Error":"json: cannot unmarshal array into Go value of type map[string]interface {}"}',
    ],
    ['{{ toYaml (dict "l" (list 1)) }}|{{ toYamlPretty (dict "l" (list 1)) }}', 'l:\n- 1|l:\n  - 1'],
    ['{{ tpl "{{ .Values.a }}<no value>{{ .Values.b }}" . }}', 'A'],
    ['{{ tpl "{{ define `x` }}X{{ end }}{{ include `x` . }}" . }}', 'X'],
    ['{{ required "r" 0 }}{{ lookup "v1" "Pod" "" "" | toJson }}{{ getHostByName "h" }}', '0{}'],
    [
      '{{ durationRoundTo "2h15m" "30m" }} {{ durationDays "36h" }} {{ mustToDuration "2.5" }}',
      '2h30m0s 1.5 2.5s',
    ],
    [
      '{{ durationSeconds "x" }} {{ durationRoundTo "5s" "x" }} {{ durationMilliseconds "-1999us" }}',
      '0 5s -1',
    ],
  ])('%s', async (template, expected) => {
    expect(await evaluated(template, { values: { a: 'A' } })).toBe(expected);
  });

  test('lookup asks the port; what is not known yet suspends the render', async () => {
    const template = { 'templates/t.yaml': '# {{ (lookup "v1" "Secret" "ns" "s").data }}' };
    const lookup = (): Dict => fromJs({ data: 'found' }, 'float64') as Dict;
    const rendered = await render({ files: template, options: { lookup } });
    expect(rendered.manifests[0]?.content).toBe('# found');
    const suspended = render({
      files: template,
      options: {
        lookup: (...query) => {
          throw new Suspension(query);
        },
      },
    });
    await expect(suspended).rejects.toEqual(new Suspension(['v1', 'Secret', 'ns', 's']));
  });

  test('host names are looked up when that is allowed', async () => {
    expect(await evaluated('{{ getHostByName "h" }}', { options: { enableDns: true } })).toBe('10.0.0.1');
  });
});

describe('order', () => {
  test('a parent overrides what its sub-charts define, and an earlier file a later one', async () => {
    const rendered = await render({
      files: {
        'templates/_a.tpl': '{{ define "n" }}a{{ end }}',
        'templates/_b.tpl': '{{ define "n" }}b{{ end }}',
        'templates/t.yaml': '# {{ include "n" . }}',
        'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\ntype: library\n',
        'charts/sub/templates/_x.tpl': '{{ define "n" }}sub{{ end }}',
        'charts/sub/templates/never.yaml': 'a: 1',
      },
    });
    expect(rendered.manifests.map((each) => each.content)).toEqual(['# a']);
  });
});

describe('errors', () => {
  const helpers = {
    'templates/_h.tpl': '{{ define "deep" }}\n  {{ .Values.a.b }}{{ end }}',
  };

  test.each([
    ['{{ if }}', 'parse error at (app/templates/t.yaml:1): missing value for if'],
    ['{{ env "HOME" }}', 'parse error at (app/templates/t.yaml:1): function "env" not defined'],
    ['{{ required "need a" .Values.a }}', 'execution error at (app/templates/t.yaml:1:3): need a'],
    [
      '{{ include "deep" . }}',
      'app/templates/t.yaml:1:3\n  executing "app/templates/t.yaml" at <include "deep" .>:\n    error calling include:\napp/templates/_h.tpl:2:12\n  executing "deep" at <.Values.a.b>:\n    nil pointer evaluating interface {}.b',
    ],
    [
      '{{ index (list) 3 }}',
      'template: app/templates/t.yaml:1:3: executing "app/templates/t.yaml" at <index (list) 3>: error calling index: index out of range: 3',
    ],
    [
      '{{ tpl "{{ if }}" . }}',
      'template: app/templates/t.yaml:1:3: executing "app/templates/t.yaml" at <tpl "{{ if }}" .>: error calling tpl: cannot parse template "{{ if }}": template: gotpl:1: missing value for if',
    ],
  ])('%s', async (template, message) => {
    expect(await failure({ files: { ...helpers, 'templates/t.yaml': template } })).toBe(message);
  });

  test('Helm 3 prints frames on one line', async () => {
    const files = { ...helpers, 'templates/t.yaml': '{{ include "deep" . }}' };
    expect(await failure({ files, compat: 'v3' })).toBe(
      'template: app/templates/t.yaml:1:3: executing "app/templates/t.yaml" at <include "deep" .>: error calling include: template: app/templates/_h.tpl:2:12: executing "deep" at <.Values.a.b>: nil pointer evaluating interface {}.b',
    );
  });

  test('documents that are no YAML name their file and leave the text', async () => {
    const files = { 'templates/t.yaml': 'a: [' };
    await expect(render({ files })).rejects.toMatchObject({
      message:
        'YAML parse error on app/templates/t.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content',
      manifest: '---\n# Source: app/templates/t.yaml\na: [\n',
    });
  });

  test('the cluster must be one the chart supports', async () => {
    const files = { 'Chart.yaml': `${chartYaml}kubeVersion: "<1.20"\n` };
    expect(await failure({ files })).toBe(
      'chart requires kubeVersion: <1.20 which is incompatible with Kubernetes v1.37.0',
    );
  });
});

test('notes are kept apart; those of sub-charts only when asked for', async () => {
  const files = {
    'templates/NOTES.txt': 'Hello {{ .Release.Name }}',
    'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 0.1.0\n',
    'charts/sub/templates/NOTES.txt': 'from sub',
  };
  expect((await render({ files })).notes).toBe('Hello rel');
  expect((await render({ files, options: { subchartNotes: true } })).notes).toBe('from sub\nHello rel');
});

test('linting tolerates what is required', async () => {
  const log: string[] = [];
  const options = { isLint: true, log: (record: { message: string }) => log.push(record.message) };
  expect(await evaluated('[{{ required "m" .Values.x }}{{ fail "f" }}]', { options })).toBe('[]');
  expect(log).toEqual(['missing required value', 'funcMap fail']);
});

test('toToml of nothing is an error, as its encoder panics', async () => {
  await expect(evaluated('{{ toToml .Values.nope }}')).rejects.toThrow(
    'error calling toToml: reflect: call of reflect.Value.Type on zero Value',
  );
});
