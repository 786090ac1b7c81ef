import { toGoJson } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import { errorsOf, type Given, load, releasesOf } from '../load/load.test-support.ts';

/** A helmfile template with one release whose label holds what the action prints, as JSON. */
function printing(action: string, given: Partial<Given> = {}): Given {
  const text = `values: [{a: 1, n: null, m: {x: 1, l: [1, 2]}}]
---
releases:
- name: r
  chart: a/b
  labels: {v: {{ ${action} | toJson | squote }}}
`;
  return { ...given, files: { 'helmfile.yaml.gotmpl': text, ...given.files } };
}

async function print(action: string, given?: Partial<Given>): Promise<unknown> {
  const [release] = await releasesOf(printing(action, given));
  return JSON.parse(release?.labels['v'] ?? '');
}

/** What the function said. */
async function failure(action: string, given?: Partial<Given>): Promise<string | undefined> {
  const [text] = await errorsOf(printing(action, given));
  return text?.replace(/^.*?error calling \w+: /s, '');
}

describe('files', () => {
  const files = { 'd/b.txt': 'B\n', 'd/a.txt': 'A\n', 'd/sub/c.txt': 'C' };

  it('are read relative to the state file', async () => {
    expect(await print('readFile "d/a.txt"', { files })).toBe('A\n');
    expect(await failure('readFile "d/nope"', { files })).toBe('open d/nope: no such file or directory');
    expect(await print('readDir "d"', { files })).toEqual(['d/a.txt', 'd/b.txt']);
    expect(await failure('readDir "x"', { files })).toBe('ReadDir "x": open x: no such file or directory');
    expect(await print('(index (readDirEntries "d") 2).Name', { files })).toBe('sub');
    expect(await print('(index (readDirEntries "d") 2).IsDir', { files })).toBe(true);
    expect(await print('readDirEntries "d" | join " "', { files })).toBe('- a.txt - b.txt d sub/');
    expect(await print('list (isFile "d/a.txt") (isFile "d") (isDir "d") (isDir "x")', { files })).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('of helpers are known to include and tpl, each directory its own', async () => {
    const helpers = {
      '_h.tpl': '{{ define "hi" }}hi {{ . }}{{ end }}',
      'v/_h.tpl': '{{ define "hi" }}there {{ . }}{{ end }}',
      'v/v.yaml.gotmpl': 'v: {{ include "hi" "b" }}\n',
    };
    expect(await print('include "hi" "a"', { files: helpers })).toBe('hi a');
    expect(await print('tpl "{{ include `hi` .x }}!" (dict "x" "a")', { files: helpers })).toBe('hi a!');
    const text =
      'environments:\n  default:\n    values: [v/v.yaml.gotmpl]\n---\nreleases:\n- {name: "{{ .Values.v }}", chart: a/b}\n';
    expect((await releasesOf({ files: { ...helpers, 'helmfile.yaml': text } }))[0]?.id).toBe('there b');
    expect(
      await failure('include "hi" 1', {
        files: { '_h.tpl': '{{ define "hi" }}{{ include "hi" . }}{{ end }}' },
      }),
    ).toMatch(/rendering template has a nested reference name: hi: unable to execute template$/);
    expect(await errorsOf(printing('1', { files: { '_h.tpl': '{{ nope }}' } }))).toEqual([
      'in ./helmfile.yaml.gotmpl: error during helmfile.yaml.gotmpl.part.0 parsing: failed to parse helper template _h.tpl: template: stringTemplate:1: function "nope" not defined',
    ]);
  });
});

describe('programs', () => {
  const programs = { 'echo a b': 'out\n', 'cat -': '<stdin>' };

  it('give their stdout, run once each and take stdin last', async () => {
    expect(await print('exec "echo" (list "a" "b")', { programs })).toBe('out\n');
    expect(await print('"text" | exec "cat" (list "-")', { programs })).toBe('text');
    expect(await print('envExec (dict "K" "v") "echo" (list "a" "b")', { programs })).toBe('out\n');
    const twice =
      'list (exec "echo" (list "a" "b")) (exec "cat" (list "-") "x") (exec "echo" (list "a" "b"))';
    expect((await load(printing(twice, { programs }))).ran).toEqual(['echo a b', 'cat -', 'echo a b']);
  });

  it('that fail are dumped', async () => {
    expect(await failure('exec "false" (list "x")')).toBe(`command "/bin/false" exited with non-zero status:

PATH:
  /bin/false

ARGS:
  0: false (5 bytes)
  1: x (1 bytes)

ERROR:
  exit status 1

EXIT STATUS
  1

STDERR:
  no such call

COMBINED OUTPUT:
  no such call`);
    expect(await failure('exec "echo" (list 1)')).toBe('unexpected type of arg "int" in args [1] at index 0');
    expect(await failure('envExec (dict "K" 1) "echo" (list)')).toBe(
      'unexpected type of env "int" in envs map[K:1] at index K',
    );
  });

  it('can be denied', async () => {
    expect(await failure('exec "echo" (list)', { options: { deny: ['exec'] } })).toBe(
      'cannot run "echo": --deny exec is active',
    );
    expect(await failure('readFile "/etc/passwd"', { options: { deny: ['read'] } })).toBe(
      '"/etc/passwd" is outside the project and --deny read is active',
    );
    const environment = { HELMFILE_DISABLE_INSECURE_FEATURES: '1' };
    expect(await failure('readDir "."', { environment })).toBe(
      'HELMFILE_DISABLE_INSECURE_FEATURES or HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS is active, insecure function calls are disabled',
    );
  });
});

describe('values', () => {
  it.each([
    ['.Values | get "m.x"', 1],
    ['.Values | get "m.y" 5', 5],
    ['.Values | get "n" 5', null],
    ['.Values | get ""', { a: 1, m: { l: [1, 2], x: 1 }, n: null }],
    ['.Values | getOrNil "m.y.z"', null],
    ['.Values | getOrNil "n.z"', null],
    ['.Environment | get "Name"', 'default'],
    ['sprigGet .Values "a"', 1],
    ['setValueAtPath "m.new" 2 .Values | get "m.new"', 2],
    ['fromYaml "a: [1, {b: c}]"', { a: [1, { b: 'c' }] }],
    ['fromYaml ""', null],
    ['toYaml .Values.m', 'l:\n  - 1\n  - 2\nx: 1\n'],
    ['required "no" 0', 0],
    ['env "NOPE"', ''],
  ])('%s', async (action, expected) => {
    expect(await print(action)).toEqual(expected);
  });

  it.each([
    ['.Values | get "nope"', 'no value exist for key "nope" in map[a:1 m:map[l:[1 2] x:1] n:<nil>]'],
    [
      '.Values | get "n.z" 5',
      'unexpected type(<nil>) of value for key "z": it must be either map[string]any or any struct',
    ],
    [
      '.Values | get "a.z" 5',
      'unexpected type(int) of value for key "z": it must be either map[string]any or any struct',
    ],
    [
      'get "a" 1 2 3',
      'unexpected number of args passed to the template function get(path, [def, ]obj): expected 1 or 2, got 3, args was [1 2 3]',
    ],
    ['setValueAtPath "x.y" 1 .Values', 'failed to set value at path "x.y": value for key "x" does not exist'],
    ['setValueAtPath "a.y" 1 .Values', 'failed to set value at path "a.y": value for key "a" was not a map'],
    ['required "give a name" ""', 'give a name'],
    ['requiredEnv "NOPE"', 'required env var `NOPE` is not set'],
    [
      'fromYaml "a: {1: b}"',
      'unexpected type of key in map: expected string, got int: value=1, map=map[1:b], offending yaml: a: {1: b}',
    ],
  ])('%s fails', async (action, text) => {
    expect(await failure(action)).toBe(text);
  });

  it('that a template changes stay as they are for the next one', async () => {
    const text = `values: [{m: {x: 1}}]
---
{{ $_ := set .Values.m "x" 2 }}
commonLabels: {x: "{{ .Values.m.x }}"}
---
releases: [{name: r, chart: a/b, labels: {y: "{{ .Values.m.x }}"}}]
`;
    const [release] = await releasesOf({ files: { 'helmfile.yaml.gotmpl': text } });
    expect([release?.labels['x'], release?.labels['y']]).toEqual(['2', '1']);
  });
});

it('what a release changes in the values is seen by the next one of its file only', async () => {
  const release = (name: string, template: string): string =>
    `- {name: ${name}, chart: a/b, labels: {y: '${template}'}}\n`;
  const read = '{{ .Values.m.x }}';
  const files = {
    'helmfile.yaml': `values: [v.yaml]\nhelmfiles: [s.yaml]\nreleases:\n${release('b', '{{ $_ := set .Values.m "x" 2 }}')}${release('c', read)}`,
    's.yaml': `values: [v.yaml]\nreleases:\n${release('a', '{{ $_ := set .Values.m "x" 3 }}')}`,
    'v.yaml': 'm: {x: 1}\n',
  };
  expect((await releasesOf({ files })).map((each) => each.labels['y'])).toEqual(['', '', '2']);
  const { state } = await load({ files });
  expect(state?.files.map((file) => toGoJson(file.values))).toEqual(['{"m":{"x":1}}', '{"m":{"x":1}}']);
});

describe('secret references', () => {
  const secrets = { 'ref+vault://a#/x': 'hunter22', 'ref+vault://num': 7, 'ref+vault://hunter22': 'inner' };

  it('are resolved, keep their type when they stand alone, and are redacted', async () => {
    expect(await print('fetchSecretValue "ref+vault://a#/x"', { secrets })).toBe('hunter22');
    expect(await print('fetchSecretValue "plain"', { secrets })).toBe('plain');
    expect(
      await print('expandSecretRefs (dict "a" "ref+vault://num" "b" (list "x ref+vault://a#/x+ y") "c" 1)', {
        secrets,
      }),
    ).toEqual({ a: 7, b: ['x hunter22 y'], c: 1 });
    const { redactor } = await load(printing('fetchSecretValue "ref+vault://a#/x"', { secrets }));
    expect(redactor.redact('hunter22')).toBe('***');
  });

  it('may stand inside each other', async () => {
    expect(await print('fetchSecretValue "ref+vault://ref+vault://a#/x"', { secrets })).toBe('inner');
  });

  it('that cannot be resolved fail, and so do other types than text', async () => {
    expect(await failure('fetchSecretValue "ref+vault://nope"', { secrets })).toBe(
      'expand vault://nope: no such secret',
    );
    expect(await failure('fetchSecretValue "ref+vault://num"', { secrets })).toBe('expected 7 to be string');
    expect(
      await failure('fetchSecretValue "ref+vault://num"', { secrets, options: { deny: ['secrets'] } }),
    ).toBe('cannot read ref+vault://num: --deny secrets is active');
  });
});
