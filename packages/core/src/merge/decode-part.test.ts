import { formatDiagnostic, locationOf, source, span } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { splitParts } from '../source/split-parts.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { keySpanOf, spanOf } from '../yaml/provenance.ts';
import { decodePart, readFailureText } from './decode-part.ts';

function decode(text: string): StateSpec | string {
  const { value, diagnostics } = decodePart(source('helmfile.yaml', text));
  return value ?? diagnostics.map((each) => each.message).join('\n');
}

function failureOf(text: string): string | undefined {
  return decodePart(source('helmfile.yaml', text)).failure?.text;
}

test('scalars become what Go would make of them', () => {
  const text = `releases:
- {name: 1, version: 1.10, namespace: 012, labels: {a: 1, b: true, c: ~, 3: x}}
- {name: ~, wait: yes, atomic: "on", installed: off, timeout: 1.5, historyMax: 0x10, kubedogQPS: 2}
- {set: [{name: c, value: 1.10}, {name: d, values: [1, true, {a: b}, ~]}, {name: e, value: ~}]}
`;
  expect(decode(text)).toMatchInlineSnapshot(`
    {
      "releases": [
        {
          "labels": {
            "3": "x",
            "a": "1",
            "b": "true",
            "c": "",
          },
          "name": "1",
          "namespace": "012",
          "version": "1.10",
        },
        {
          "atomic": true,
          "historyMax": 16,
          "installed": false,
          "kubedogQPS": 2,
          "timeout": 1,
          "wait": true,
        },
        {
          "set": [
            {
              "name": "c",
              "value": "1.10",
            },
            {
              "name": "d",
              "values": [
                GoInt {
                  "big": undefined,
                  "kind": "int",
                  "n": 1,
                },
                true,
                {
                  "a": "b",
                },
                null,
              ],
            },
            {
              "name": "e",
            },
          ],
        },
      ],
    }
  `);
});

test('null items are left out of typed lists and stay in free ones', () => {
  expect(
    decode('releases: [~, {name: a, needs: [~, b]}]\nvalues: [~, a.yaml]\nenvironments: {prod: ~}\n'),
  ).toEqual({
    releases: [{ name: 'a', needs: ['b'] }],
    values: [null, 'a.yaml'],
    environments: { prod: {} },
  });
  expect(decode('')).toEqual({});
  expect(decode('---\n# nothing\n')).toEqual({});
});

test('anchors and merge keys work as in go-yaml', () => {
  const text = `templates:
  a: &a {namespace: x, values: [one], labels: {k: 1}}
  b: &b {chart: c/d, namespace: y}
releases:
- {<<: *a, name: r, values: [two]}
- {name: s, <<: [*b, *a]}
`;
  expect(decode(text)).toMatchObject({
    releases: [
      { namespace: 'x', values: ['two'], labels: { k: '1' }, name: 'r' },
      { name: 's', chart: 'c/d', namespace: 'y', values: ['one'] },
    ],
  });
});

test('anchors that contain themselves, or grow without end, are refused', () => {
  expect(failureOf('releases:\n- &a {<<: *a, name: b}\n')).toBe("yaml: anchor 'a' value contains itself");
  const levels = Array.from(
    { length: 12 },
    (_, i) => `  t${i + 1}: &t${i + 1} {<<: [${`*t${i}, `.repeat(9)}]}`,
  );
  const bomb = `templates:\n  t0: &t0 {name: x}\n${levels.join('\n')}\n`;
  expect(failureOf(bomb)).toBe('yaml: document contains excessive aliasing');
});

test('forms that Helmfile accepts beside the usual ones', () => {
  expect(decode('helmfiles: [a.yaml, {path: b.yaml, selectors: []}]\ndefaultInherit: " t "\n')).toEqual({
    helmfiles: [{ path: 'a.yaml' }, { path: 'b.yaml', selectors: [] }],
    defaultInherit: ['t'],
  });
  expect(decode('releases:\n- inherit: {template: a}\nfilepath: x\n')).toEqual({
    releases: [{ inherit: [{ template: 'a' }] }],
  });
});

test('all problems of a document are shown at once, with Helmfile’s words beside ours', () => {
  const { diagnostics, failure } = decodePart(
    source(
      'helmfile.yaml',
      'relaeses: []\nreleases:\n- name: a\n  bogus: 1\n  timeout: "5"\n  needs: foo\n  hooks:\n  - events: presync\n- web\n',
    ),
  );
  expect(readFailureText('helmfile.yaml', failure!)).toMatchInlineSnapshot(`
    "failed to read helmfile.yaml: reading document at index 1. Started seeing this since Helmfile v1? Add the .gotmpl file extension: yaml: unmarshal errors:
      line 1: field relaeses not found in type state.helmStateAlias
      line 4: field bogus not found in type state.ReleaseSpec
      line 5: cannot unmarshal !!str \`5\` into int
      line 6: cannot unmarshal !!str \`foo\` into []string
      line 8: cannot unmarshal !!str \`presync\` into []string
      line 9: cannot unmarshal !!str \`web\` into state.ReleaseSpec"
  `);
  expect(diagnostics.map((each) => formatDiagnostic(each)).join('\n')).toMatchInlineSnapshot(`
    "error spec/unknown-key  helmfile.yaml:1:1
      a helmfile has no key "relaeses"
     > 1 | relaeses: []
         | ^^^^^^^^
       2 | releases:
       3 | - name: a
      help: did you mean "releases" or "bases"?
    error spec/unknown-key  helmfile.yaml:4:3
      a release has no key "bogus"
       2 | releases:
       3 | - name: a
     > 4 |   bogus: 1
         |   ^^^^^
       5 |   timeout: "5"
       6 |   needs: foo
      help: did you mean "hooks"?
    error spec/wrong-type  helmfile.yaml:5:12
      "releases[0].timeout" must be a whole number, but it is text ("5")
       3 | - name: a
       4 |   bogus: 1
     > 5 |   timeout: "5"
         |            ^^^
       6 |   needs: foo
       7 |   hooks:
      help: Leave out the quotes.
    error spec/wrong-type  helmfile.yaml:6:10
      "releases[0].needs" must be a list, but it is text ("foo")
       4 |   bogus: 1
       5 |   timeout: "5"
     > 6 |   needs: foo
         |          ^^^
       7 |   hooks:
       8 |   - events: presync
      help: Write it as a list: [foo]
    error spec/wrong-type  helmfile.yaml:8:13
      "releases[0].hooks[0].events" must be a list, but it is text ("presync")
        6 |   needs: foo
        7 |   hooks:
     >  8 |   - events: presync
          |             ^^^^^^^
        9 | - web
      help: Write it as a list: [presync]
    error spec/wrong-type  helmfile.yaml:9:3
      "releases[1]" must be a map, but it is text ("web")
        7 |   hooks:
        8 |   - events: presync
     >  9 | - web
          |   ^^^"
  `);
});

test('old keys load with a deprecation', () => {
  const { value, diagnostics } = decodePart(
    source(
      'helmfile.yaml',
      'context: c\nhelmDefaults: {tillerNamespace: t}\ncharts:\n- {name: a, recreatePods: true}\n',
    ),
  );
  expect(value).toEqual({
    kubeContext: 'c',
    helmDefaults: {},
    releases: [{ name: 'a', recreatePods: true }],
  });
  expect(
    diagnostics.map(({ severity, message, hint }) => `${severity}: ${message}. ${hint}`),
  ).toMatchInlineSnapshot(`
    [
      "deprecation: "context" is out of use. Rename it to "kubeContext".",
      "deprecation: "tillerNamespace" is out of use. Remove it: helm has no Tiller since version 3.",
      "deprecation: "charts" is out of use. Rename it to "releases".",
      "deprecation: "recreatePods" is out of use. Remove it: helm has no --recreate-pods since version 3.",
    ]
  `);
});

test('keys that people look for have a hint', () => {
  const text = `x-anchors: {}
environments: {p: {defaults: {}}}
helmDefaults: {namespace: a, hooks: []}
helmfiles: [{path: a, environment: b}]
releases: [{name: a, dependsOn: [b], namespaceTemplate: c, constructor: d}]
`;
  const { diagnostics } = decodePart(source('f', text));
  expect(diagnostics.map(({ message, hint }) => `${message}. ${hint ?? ''}`)).toMatchInlineSnapshot(`
    [
      "a helmfile has no key "x-anchors". Helmfiles have no extension keys: keep anchors under "templates".",
      "an environment has no key "defaults". Put default values under "values" at the top level.",
      "the helmDefaults block has no key "namespace". Use "namespace" at the top level, or set it per release.",
      "the helmDefaults block has no key "hooks". Set it per release. Put it in a release template and name that in "defaultInherit".",
      "a sub-helmfile has no key "environment". Sub-helmfiles run in the environment of this file; pass "values" instead.",
      "a release has no key "dependsOn". Use "needs".",
      "a release has no key "namespaceTemplate". Use "namespace": it is rendered as it is.",
      "a release has no key "constructor". ",
    ]
  `);
});

test('Helmfile’s texts for what it refuses', () => {
  const cases = [
    'releases: {a: 1}\n',
    'releases:\n- name: [a]\n  chart: {x: y}\n',
    'releases:\n- inherit: foo\n',
    'releases:\n- inherit: [foo]\n',
    'releases:\n- timeout: 99999999999999999999999\n',
    'releases:\n- wait: !!str maybe\n',
    'llm: {timeout: 60}\n',
    'defaultInherit: {a: 1}\n',
    'helmfiles: foo\n',
    'helmfiles: [{path: x, slectors: []}]\n',
    'helmfiles: [{selectors: [a, b]}]\n',
    'helmfiles: [{path: x, selectors: [a], selectorsInherited: true}]\n',
    'helmfiles: [{inherits: [values]}]\n',
    'helmfiles: [{path: x, inherits: [values]}]\nbogus: 1\n',
    'environments: {prod: [], dev: {vales: []}}\n',
    'environments: {prod: {values: {a: 1}}}\n',
    'releases:\n- name: a\n  name: b\n  bogus: 1\n',
    'releases:\n- &a {chart: *a}\n',
    'releases:\n- chart: *b\n',
    'releases:\n- name: a: b\n',
    'releases:\n- <<: 1\n',
    'a: 1\n---\nreleases: [\n',
    'releases: []\n--- \nbogus: 1\n',
    '- a\n',
    'foo\n',
  ];
  expect(
    cases.map((text) => `${JSON.stringify(text)}\n${failureOf(text)}`).join('\n'),
  ).toMatchInlineSnapshot(`
    ""releases: {a: 1}\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!map into []state.ReleaseSpec
    "releases:\\n- name: [a]\\n  chart: {x: y}\\n"
    yaml: unmarshal errors:
      line 2: cannot unmarshal !!seq into string
      line 3: cannot unmarshal !!map into string
    "releases:\\n- inherit: foo\\n"
    yaml: unmarshal errors:
      line 2: cannot unmarshal !!str \`foo\` into state.Inherit
    "releases:\\n- inherit: [foo]\\n"
    yaml: unmarshal errors:
      line 2: cannot unmarshal !!seq into state.Inherit
    "releases:\\n- timeout: 99999999999999999999999\\n"
    yaml: unmarshal errors:
      line 2: cannot unmarshal !!float \`9999999...\` into int
    "releases:\\n- wait: !!str maybe\\n"
    yaml: unmarshal errors:
      line 2: cannot unmarshal !!str \`maybe\` into bool
    "llm: {timeout: 60}\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!int \`60\` into time.Duration
    "defaultInherit: {a: 1}\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!map into string
    "helmfiles: foo\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!str \`foo\` into []state.SubHelmfileSpec
    "helmfiles: [{path: x, slectors: []}]\\n"
    yaml: unmarshal errors:
      line 1: field slectors not found in type struct { Path string "yaml:\\"path\\""; Selectors []string "yaml:\\"selectors\\""; SelectorsInherited bool "yaml:\\"selectorsInherited\\""; Inherits []string "yaml:\\"inherits\\""; Environment state.SubhelmfileEnvironmentSpec "yaml:\\",inline\\"" }
    "helmfiles: [{selectors: [a, b]}]\\n"
    found 'selectors' definition without path: [a b]
    "helmfiles: [{path: x, selectors: [a], selectorsInherited: true}]\\n"
    you cannot use 'SelectorsInherited: true' along with and explicit selector for path: x
    "helmfiles: [{inherits: [values]}]\\n"
    found 'inherits' definition without path: [values]
    "helmfiles: [{path: x, inherits: [values]}]\\nbogus: 1\\n"
    invalid inherits entry "values" for path "x": allowed values are [repositories helmDefaults commonLabels apiVersions kubeVersion templates environments]
    "environments: {prod: [], dev: {vales: []}}\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!seq into state.EnvironmentSpec
      line 1: field vales not found in type state.EnvironmentSpec
    "environments: {prod: {values: {a: 1}}}\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!map into []interface {}
    "releases:\\n- name: a\\n  name: b\\n  bogus: 1\\n"
    yaml: unmarshal errors:
      line 3: mapping key "name" already defined at line 2
    "releases:\\n- &a {chart: *a}\\n"
    yaml: anchor 'a' value contains itself
    "releases:\\n- chart: *b\\n"
    yaml: unknown anchor 'b' referenced
    "releases:\\n- name: a: b\\n"
    yaml: line 2: mapping values are not allowed in this context
    "releases:\\n- <<: 1\\n"
    yaml: map merge requires map or sequence of maps as the value
    "a: 1\\n---\\nreleases: [\\n"
    yaml: unmarshal errors:
      line 1: field a not found in type state.helmStateAlias
    "releases: []\\n--- \\nbogus: 1\\n"
    yaml: unmarshal errors:
      line 3: field bogus not found in type state.helmStateAlias
    "- a\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!seq into map[string]interface {}
    "foo\\n"
    yaml: unmarshal errors:
      line 1: cannot unmarshal !!str \`foo\` into map[string]interface {}"
  `);
});

test('a problem in printed text shows the action and what it printed', () => {
  const file = source(
    'helmfile.yaml.gotmpl',
    'releases:\n- name: {{ .Values.name }}\n  wait: {{ .Values.wait }}\n  bogus: 1\n',
  );
  const part = splitParts(file)[0]!.source;
  const rendered = source(part.name, 'releases:\n- name: web\n  wait: maybe\n  bogus: 1\n');
  const at = file.text.indexOf('{{ .Values.wait');
  const printed = rendered.text.indexOf('maybe');
  const { diagnostics } = decodePart(rendered, (start, end) => {
    if (start === printed) return span(part, at, at + 18);
    const from = file.text.indexOf('bogus');
    return span(part, from, from + end - start);
  });
  expect(diagnostics.map((each) => formatDiagnostic(each)).join('\n')).toMatchInlineSnapshot(`
    "error spec/wrong-type  helmfile.yaml.gotmpl:3:9
      "releases[0].wait" must be true or false, but it is text ("maybe")
       1 | releases:
       2 | - name: {{ .Values.name }}
     > 3 |   wait: {{ .Values.wait }}
         |         ^^^^^^^^^^^^^^^^^^
       4 |   bogus: 1
      helmfile.yaml.gotmpl.part.0:3:9: the template printed this
       1 | releases:
       2 | - name: web
     > 3 |   wait: maybe
         |         ^^^^^
       4 |   bogus: 1
    error spec/unknown-key  helmfile.yaml.gotmpl:4:3
      a release has no key "bogus"
       2 | - name: {{ .Values.name }}
       3 |   wait: {{ .Values.wait }}
     > 4 |   bogus: 1
         |   ^^^^^
      help: did you mean "hooks"?"
  `);
});

test('what is no map at all is no helmfile', () => {
  expect([decode('foo\n'), decode('- a\n'), decode('~\n')]).toEqual([
    'a helmfile must be a map, but it is text ("foo")',
    'a helmfile must be a map, but this is a list',
    {},
  ]);
});

test('documents in one part append', () => {
  expect(decode('releases: [{name: a}]\n--- \nreleases: [{name: b}]\nhelmDefaults: {args: [x]}\n')).toEqual({
    releases: [{ name: 'a' }, { name: 'b' }],
    helmDefaults: { args: ['x'] },
  });
});

test('every field knows its place in the file', () => {
  const file = source(
    'helmfile.yaml',
    'a:\n---\nreleases:\n- ~\n- name: a\n  needs: [~, b]\n--- \nreleases: [{name: c}]\n',
  );
  const { value } = decodePart(splitParts(file)[1]!.source);
  const place = (...path: readonly (string | number)[]): string => locationOf(spanOf(value!, ...path)!);
  expect([
    place('releases', 0, 'name'),
    place('releases', 0, 'needs', 0),
    place('releases', 1),
    place('releases', 1, 'name'),
    locationOf(spanOf(value!.releases![1]!)!),
    locationOf(keySpanOf(value!, 'releases', 0, 'needs')!),
    locationOf(keySpanOf(value!, 'releases')!),
  ]).toEqual([
    'helmfile.yaml:5:9',
    'helmfile.yaml:6:14',
    'helmfile.yaml:8:12',
    'helmfile.yaml:8:19',
    'helmfile.yaml:8:12',
    'helmfile.yaml:6:3',
    'helmfile.yaml:8:1',
  ]);
  expect(spanOf(value!, 'releases', 7)).toBe(undefined);
});
