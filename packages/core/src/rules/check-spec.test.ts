import { formatDiagnostic, source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { decodePart } from '../merge/decode-part.ts';
import { checkSpec } from './check-spec.ts';

function check(text: string): readonly string[] {
  return checkSpec(decodePart(source('f', text)).value!).map(
    ({ severity, code, message, hint }) =>
      `${severity} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

test('a usual file has nothing to complain about', () => {
  const text = `environments: {prod: {mergeStrategy: fallback, missingFileHandler: Warn}}
helmDefaults: {trackMode: helm, cascade: ""}
repositories: [{name: a, url: u}, {name: b, url: u}]
hooks: [{events: [prepare], command: echo}]
templates: {t: {cascade: "{{ .Values.cascade }}"}}
releases:
- {name: x, chart: a/x, needs: [y, n/x], set: [{name: a, value: "1"}, {name: b, values: [1]}], serverSide: auto}
`;
  expect(check(text)).toEqual([]);
});

test('hooks that never run or cannot run', () => {
  const text = `hooks:
- {name: one, events: [presnyc, whenever], command: echo}
- {name: two, command: echo}
releases:
- name: r
  hooks:
  - {name: three, events: [presync]}
  - {name: four, events: [presync], kubectlApply: {filename: a, kustomize: b}}
  - {name: five, events: [presync], kubectlApply: {}}
  - {name: six, events: [presync], kubectlApply: {filename: a}, command: echo}
`;
  expect(check(text)).toMatchInlineSnapshot(`
    [
      "warning hook/unknown-event: hook "one" waits for "presnyc", which never happens (did you mean "presync"?)",
      "warning hook/unknown-event: hook "one" waits for "whenever", which never happens (Events are prepare, preapply, presync, preuninstall, postuninstall, postsync, cleanup.)",
      "warning hook/no-events: hook "two" names no events, so it never runs (Name some of prepare, preapply, presync, preuninstall, postuninstall, postsync, cleanup.)",
      "warning hook/command: hook "three" has no command",
      "warning hook/command: hook "four" has both "filename" and "kustomize" under "kubectlApply", and will fail",
      "warning hook/command: hook "five" has neither "filename" nor "kustomize" under "kubectlApply", and will fail",
      "warning hook/command: hook "six" has "kubectlApply", so its "command" is ignored",
    ]
  `);
});

test('values out of closed sets', () => {
  const text = `missingFileHandler: warn
environments: {prod: {mergeStrategy: fallbak, missingFileHandler: Ignore}}
helmDefaults: {trackMode: kubdog}
releases: [{name: r, cascade: all, serverSide: "yes"}]
`;
  expect(check(text)).toMatchInlineSnapshot(`
    [
      "warning state/missing-file-handler: "warn" is no handler for missing files (did you mean "Warn"?)",
      "warning state/unknown-choice: "fallbak" is no mergeStrategy (did you mean "fallback"?)",
      "warning state/missing-file-handler: "Ignore" is no handler for missing files (Handlers are Error, Warn, Info, Debug.)",
      "warning state/unknown-choice: "kubdog" is no trackMode (did you mean "kubedog"?)",
      "warning state/unknown-choice: "all" is no cascade (It is one of background, foreground, orphan.)",
      "warning state/unknown-choice: "yes" is no serverSide (It is one of true, false, auto.)",
    ]
  `);
});

test('things given twice or not at all', () => {
  const text = `repositories: [{name: a, url: u}, {name: a, url: v}]
releases:
- {name: r, namespace: n, needs: [r, n/r, x, x], set: [{value: "1"}], setString: [{name: a, value: "1", file: f}]}
`;
  expect(check(text)).toMatchInlineSnapshot(`
    [
      "warning state/repeated-repository: repository "a" is given twice; the first counts",
      "warning needs/self: release "r" needs itself",
      "warning needs/self: release "r" needs itself",
      "warning needs/repeated: release "r" needs "x" twice",
      "warning state/set-item: release "r": an item of "set" has no name",
      "warning state/set-item: release "r": an item of "setString" ("a") has more than one of "value", "file" and "values"",
    ]
  `);
});

test('warnings point into the file', () => {
  const { value } = decodePart(
    source(
      'helmfile.yaml',
      'releases:\n- name: web\n  hooks:\n  - events:\n    - presnyc\n    command: echo\n',
    ),
  );
  expect(
    checkSpec(value!)
      .map((each) => formatDiagnostic(each))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "warning hook/unknown-event  helmfile.yaml:5:7
      hook "echo" waits for "presnyc", which never happens
       3 |   hooks:
       4 |   - events:
     > 5 |     - presnyc
         |       ^^^^^^^
       6 |     command: echo
      help: did you mean "presync"?"
  `);
});
