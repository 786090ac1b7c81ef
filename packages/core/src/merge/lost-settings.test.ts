import { formatDiagnostic, source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import type { StateSpec } from '../spec/state-spec.ts';
import { decodePart } from './decode-part.ts';
import { lostReleaseSettings, lostSettings } from './lost-settings.ts';

function spec(name: string, text: string): StateSpec {
  return decodePart(source(name, text)).value!;
}

test('a zero that merging loses is pointed out, with what beats it', () => {
  const base = spec(
    'base.yaml',
    'kubeVersion: "1.30"\nhelmDefaults:\n  wait: true\n  timeout: 5\n  force: false\n',
  );
  const main = spec(
    'main.yaml',
    'kubeVersion: ""\nhelmDefaults:\n  wait: false\n  timeout: 7\n  force: false\n  atomic: false\n',
  );
  expect(
    lostSettings(base, main)
      .map((each) => formatDiagnostic(each))
      .join('\n'),
  ).toMatchInlineSnapshot(`
    "warning state/lost-setting  main.yaml:1:14
      "kubeVersion" stays "1.30": "" cannot undo it
     > 1 | kubeVersion: ""
         |              ^^
       2 | helmDefaults:
       3 |   wait: false
      base.yaml:1:14: this one counts
     > 1 | kubeVersion: "1.30"
         |              ^^^^^^
       2 | helmDefaults:
       3 |   wait: true
      help: Helmfile never lets false, 0 or "" beat an earlier value: set it in one place only.
    warning state/lost-setting  main.yaml:3:9
      "helmDefaults.wait" stays true: false cannot undo it
       1 | kubeVersion: ""
       2 | helmDefaults:
     > 3 |   wait: false
         |         ^^^^^
       4 |   timeout: 7
       5 |   force: false
      base.yaml:3:9: this one counts
       1 | kubeVersion: "1.30"
       2 | helmDefaults:
     > 3 |   wait: true
         |         ^^^^
       4 |   timeout: 5
       5 |   force: false
      help: Helmfile never lets false, 0 or "" beat an earlier value: set it in one place only."
  `);
  expect(lostSettings(main, main)).toEqual([]);
});

test('a release cannot switch off what its template switches on', () => {
  const { templates, releases } = spec(
    'f',
    'templates: {t: {wait: true}}\nreleases: [{wait: false, installed: false}]\n',
  );
  expect(lostReleaseSettings(templates!['t']!, releases![0]!).map(({ message }) => message)).toEqual([
    '"wait" stays true: false cannot undo it',
  ]);
});
