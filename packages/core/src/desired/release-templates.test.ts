import { describe, expect, it } from 'vitest';
import { errorsOf, framesOf, load, releasesOf } from '../load/load.test-support.ts';

const one = (text: string, more: object = {}): { files: Record<string, string> } => ({
  files: { 'helmfile.yaml': text },
  ...more,
});

const template =
  'templates:\n  base: {installed: false, wait: true, timeout: 5, values: [base], labels: {a: base, b: base}}\n';

describe('inherit', () => {
  it('lays the release over its templates; false and 0 cannot undo what they say', async () => {
    const text = `${template}releases:
- name: a
  chart: c/d
  inherit: [{template: base}]
  installed: true
  wait: false
  timeout: 0
  values: [own]
  labels: {b: own}
- name: b
  chart: c/d
  inherit: [{template: base, except: [labels, values]}]
`;
    const [a, b] = await releasesOf(one(text));
    expect(a?.spec).toMatchObject({ installed: true, wait: true, timeout: 5, values: ['base', 'own'] });
    expect(a?.labels).toMatchObject({ a: 'base', b: 'own' });
    expect([b?.isInstalled, b?.spec.values, b?.labels]).toEqual([
      false,
      undefined,
      { name: 'b', namespace: '', chart: 'd' },
    ]);
  });

  it('takes the lists of a template that comes by two ways twice', async () => {
    const text = `templates:
  base: {needs: [z], labels: {x: "1"}}
  mid: {inherit: [{template: base}]}
releases:
- {name: z, chart: a/b}
- {name: a, chart: a/b, inherit: [{template: mid}, {template: base, except: [labels]}]}
`;
    expect((await releasesOf(one(text)))[1]?.needs).toEqual(['z', 'z']);
  });

  it('has defaults that are not taken twice', async () => {
    const text = `defaultInherit: [t, " u ", ""]
templates: {t: {values: [t]}, u: {values: [u]}}
releases:
- {name: a, chart: c/d}
- {name: b, chart: c/d, inherit: [{template: u}]}
`;
    expect((await releasesOf(one(text))).map((each) => each.spec.values)).toEqual([
      ['t', 'u'],
      ['t', 'u'],
    ]);
  });

  it.each([
    ['[{template: bse}]', 'release "a" tried to inherit inexistent release template "bse"'],
    [
      '[{template: outer}]',
      'unable to load release template "outer": release "o" tried to inherit inexistent release template "nope"',
    ],
    ['[{template: x}]', 'unable to load release "a" with template: cyclic inheritance detected: x->y->x'],
    [
      '[{template: base, except: [namespace]}]',
      '"namespace" is not allowed under `inherit`. Allowed values are "set", "setTemplate", "values", "valuesTemplate", "secrets", and "labels"',
    ],
  ])('%s is refused', async (inherit, text) => {
    const templates = `${template}  outer: {name: o, inherit: [{template: nope}]}\n  x: {inherit: [{template: y}]}\n  y: {inherit: [{template: x}]}\n`;
    expect(
      await errorsOf(one(`${templates}releases:\n- {name: a, chart: c/d, inherit: ${inherit}}\n`)),
    ).toEqual([`in ./helmfile.yaml: failed executing release templates in "helmfile.yaml": ${text}`]);
  });
});

describe('the template pass', () => {
  it('renders until nothing changes', async () => {
    const text = `values: [{k: v}]
releases:
- name: "{{ .Release.Labels.id }}-x"
  chart: "  a/{{ .Release.Name }} "
  labels: {id: "{{ .Values.k }}"}
`;
    expect((await releasesOf(one(text))).map((each) => [each.id, each.spec.chart])).toEqual([
      ['v-x', 'a/v-x'],
    ]);
  });

  it('follows a chain of five references and not of six', async () => {
    const chain = (length: number): string => {
      const labels = Array.from({ length }, (_, i) =>
        i === length - 1 ? `l${i}: end` : `l${i}: "{{ .Release.Labels.l${i + 1} }}"`,
      );
      return `releases:\n- name: "{{ .Release.Labels.l0 }}"\n  chart: c/d\n  labels: {${labels.join(', ')}}\n`;
    };
    expect((await releasesOf(one(chain(5))))[0]?.id).toBe('end');
    expect(await errorsOf(one(chain(6)))).toEqual([
      'in ./helmfile.yaml: failed executing release templates in "helmfile.yaml": failed executing templates in release "helmfile.yaml"."{{ .Release.Labels.l0 }}": recursive references can\'t be resolved',
    ]);
  });

  it('puts valuesTemplate and setTemplate in front, and leaves inline values and sets alone', async () => {
    const text = `values: [{k: v}]
releases:
- name: x
  chart: a/b
  values: ["v/{{ .Release.Name }}.yaml", {inline: "{{ .Release.Name }}"}]
  valuesTemplate: [{tmpl: "{{ .Release.Name }}", "k{{ .Values.k }}": 1}, "vt/{{ .Release.Name }}.yaml"]
  set: [{name: s, value: "{{ .Release.Name }}"}]
  setTemplate: [{name: "{{ .Release.Name }}", value: "{{ .Values.k }}"}]
`;
    const [release] = await releasesOf(one(text));
    expect(JSON.parse(JSON.stringify(release?.spec.values))).toEqual([
      { kv: { kind: 'int', n: 1 }, tmpl: 'x' },
      'vt/x.yaml',
      'v/x.yaml',
      { inline: '{{ .Release.Name }}' },
    ]);
    expect(release?.spec.set).toEqual([
      { name: 'x', value: 'v' },
      { name: 's', value: '{{ .Release.Name }}' },
    ]);
    const line = (span: ReturnType<NonNullable<typeof release>['spanOf']>): string | undefined =>
      span?.source.text.slice(span.start, span.end);
    expect(line(release?.spanOf('values', 2))).toBe('"v/{{ .Release.Name }}.yaml"');
    expect(line(release?.spanOf('values', 1))).toBe('"vt/{{ .Release.Name }}.yaml"');
  });

  it.each([
    ['""', [false, []]],
    ['"yes"', [true, []]],
    ['"{{ eq .Release.Name `x` }}"', [true, []]],
    [
      '"hi"',
      [
        undefined,
        [
          'in ./helmfile.yaml: failed executing release templates in "helmfile.yaml": failed executing templates in release "helmfile.yaml"."x": installedTemplate: failed deserialising string hi: yaml: unmarshal errors:\n  line 1: cannot unmarshal !!str `hi` into bool',
        ],
      ],
    ],
  ])('installedTemplate: %s', async (text, [isInstalled, errors]) => {
    const given = one(`releases:\n- {name: x, chart: a/b, installedTemplate: ${text}}\n`);
    expect(await errorsOf(given)).toEqual(errors);
    expect((await load(given)).state?.files[0]?.releases[0]?.isInstalled).toBe(isInstalled);
  });

  it('points into the field that failed', async () => {
    const text = 'releases:\n- name: a\n  chart: b/c\n  values:\n  - "x/{{ .Values.nope }}.yaml"\n';
    expect(await framesOf(one(text))).toMatchInlineSnapshot(`
      "error template/missing-key  helmfile.yaml:5:11
        map has no entry for key "nope"
         3 |   chart: b/c
         4 |   values:
       > 5 |   - "x/{{ .Values.nope }}.yaml"
           |           ^^^^^^^^^^^^
        help: give "nope" a value, or read it with {{ .Values | get "nope" "default" }}"
    `);
  });
});

describe('identity and labels', () => {
  it('common labels beat own ones, the implicit three beat both', async () => {
    const text =
      'commonLabels: {a: common, name: n}\nreleases:\n- {name: x, chart: ../p/q, labels: {a: own, c: d}}\n';
    expect((await releasesOf(one(text)))[0]?.labels).toEqual({
      a: 'common',
      c: 'd',
      name: 'x',
      namespace: '',
      chart: 'q',
    });
  });

  it('the context of helmDefaults is part of the id, that of the environment is where the release goes', async () => {
    const environment = 'environments:\n  default: {kubeContext: env}\n---\n';
    const release = 'releases:\n- {name: x, namespace: n, chart: a/b}\n';
    const ids = async (text: string): Promise<unknown> =>
      (await releasesOf(one(text))).map((each) => [each.id, each.key.kubeContext]);
    expect(await ids(environment + release)).toEqual([['n/x', 'env']]);
    expect(await ids(`${environment}helmDefaults: {kubeContext: hd}\n${release}`)).toEqual([
      ['hd/n/x', 'hd'],
    ]);
  });

  it('a condition is a boolean or a path to an enabled flag', async () => {
    const text = (condition: string): string =>
      `values: [{on: {enabled: true}, off: {enabled: false}, odd: {enabled: "true"}, s: 1}]\nreleases:\n- {name: x, chart: a/b, condition: ${condition}}\n`;
    const isEnabled = async (condition: string): Promise<unknown> =>
      (await releasesOf(one(text(condition))))[0]?.isEnabled;
    expect(
      await Promise.all(['TRUE', '"false"', 'on.enabled', 'off.enabled', 'odd.enabled'].map(isEnabled)),
    ).toEqual([true, false, true, false, false]);
    const problem = async (condition: string): Promise<unknown> =>
      (await load(one(text(condition)))).diagnostics[0]?.message;
    expect(await problem('on')).toMatch(/Condition value must be in the form 'foo.enabled'/);
    expect(await problem('no.where.enabled')).toMatch(/environment values field '.no' not found/);
    expect(await problem('s.enabled')).toMatch(/environment values field '.s' is not a map/);
  });

  it('a need that is not to be installed gets a warning', async () => {
    const text =
      'releases:\n- {name: a, chart: a/b, needs: [b]}\n- {name: b, chart: a/b, installed: false}\n';
    const { diagnostics } = await load(one(text));
    expect(diagnostics.map((each) => each.referenceText)).toEqual([
      "WARNING: release a needs b, but b is not installed due to installed: false. Either mark b as installed or remove b from a's needs",
    ]);
  });
});
