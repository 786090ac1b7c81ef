import { describe, expect, test } from 'vitest';
import { type CliResult, chart, TempProject } from '../support/built-cli.ts';

/** What people see when their files are wrong: the whole of standard error, and the exit code. */
async function run(
  files: Readonly<Record<string, string | Uint8Array>>,
  command = 'list',
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  using project = new TempProject({ ...chart('web'), ...files });
  return shown(await project.run(command.split(' '), { env }));
}

function shown({ stderr, code }: CliResult): string {
  return `${stderr.trimEnd()}\nexit ${code}`;
}

const release = 'releases:\n- name: web\n  chart: ./web\n';

describe('absent things', () => {
  test('an environment variable in a nested file', async () => {
    const files = {
      'helmfile.yaml': 'helmfiles:\n- sub/helmfile.yaml.gotmpl\n',
      'sub/helmfile.yaml.gotmpl':
        'releases:\n- name: web\n  chart: ../web\n  namespace: {{ requiredEnv "TEAM_NAMESPACE" }}\n',
    };
    expect(await run(files)).toMatchInlineSnapshot(`
      "error template/execute  sub/helmfile.yaml.gotmpl:4:17
        required env var \`TEAM_NAMESPACE\` is not set
         2 | - name: web
         3 |   chart: ../web
       > 4 |   namespace: {{ requiredEnv "TEAM_NAMESPACE" }}
           |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      exit 1"
    `);
  });

  test('a values file of a release', async () => {
    expect(
      await run({ 'helmfile.yaml': `${release}  values: [values/web.yaml]\n` }, 'template'),
    ).toMatchInlineSnapshot(`
      "web: failed (0s)
      error environment/values-file-missing  helmfile.yaml:4:12
        values file matching "values/web.yaml" does not exist in "."
         2 | - name: web
         3 |   chart: ./web
       > 4 |   values: [values/web.yaml]
           |            ^^^^^^^^^^^^^^^
        help: create the file, or allow it to be absent with missingFileHandler: Warn
      1 failed
      exit 1"
    `);
  });

  test('an environment', async () => {
    const files = { 'helmfile.yaml': `environments:\n  production:\n---\n${release}` };
    expect(await run(files, '-e staging list')).toMatchInlineSnapshot(`
      "warning environment/undefined  helmfile.yaml:2:3
        environment "staging" is not defined in helmfile.yaml, which is skipped
         1 | environments:
       > 2 |   production:
           |   ^^^^^^^^^^^
         3 | ---
         4 | releases:
        help: add it under environments, or use one of production
      err: no releases found that matches specified selector() and environment(staging), in any helmfile
      exit 3"
    `);
  });

  test('a key of the environment values, deep inside', async () => {
    const files = {
      'helmfile.yaml.gotmpl': `environments:\n  default:\n    values:\n    - image: {tag: v1}\n---\n${release}  version: {{ .Values.image.tga }}\n`,
    };
    expect(await run(files)).toMatchInlineSnapshot(`
      "error template/missing-key  helmfile.yaml.gotmpl:9:15
        map has no entry for key "tga"
          7 | - name: web
          8 |   chart: ./web
       >  9 |   version: {{ .Values.image.tga }}
            |               ^^^^^^^^^^^^^^^^^
        help: give "tga" a value, or read it with {{ .Values | get "tga" "default" }}
      exit 1"
    `);
  });

  test('several things at once: all are reported', async () => {
    const files = {
      'helmfile.yaml': 'helmfiles:\n- a.yaml\n- b.yaml\n',
      'a.yaml': 'releases:\n- name: web\n  chrat: ./web\n',
      'b.yaml': 'releases:\n- name: api\n  chart: ./web\n  updateStrategy: never\n',
    };
    expect(await run(files)).toMatchInlineSnapshot(`
      "error spec/unknown-key  a.yaml:3:3
        a release has no key "chrat"
         1 | releases:
         2 | - name: web
       > 3 |   chrat: ./web
           |   ^^^^^
        help: did you mean "chart"?
      error state/update-strategy  b.yaml:4:19
        updateStrategy "never" is not known
         2 | - name: api
         3 |   chart: ./web
       > 4 |   updateStrategy: never
           |                   ^^^^^
        help: use reinstallIfForbidden, or leave it out
      exit 1"
    `);
  });
});

describe('YAML', () => {
  test('tabs', async () => {
    expect(await run({ 'helmfile.yaml': 'releases:\n- name: web\n\tchart: ./web\n' })).toMatchInlineSnapshot(`
      "error yaml/syntax  helmfile.yaml:3:1
        found a tab character that violates indentation
         1 | releases:
         2 | - name: web
       > 3 | 	chart: ./web
           | ^
        help: Indent with spaces: YAML takes no tabs.
      exit 1"
    `);
  });

  test('a bad indentation', async () => {
    expect(
      await run({ 'helmfile.yaml': 'releases:\n- name: web\n   chart: ./web\n' }),
    ).toMatchInlineSnapshot(`
      "error yaml/syntax  helmfile.yaml:3:9
        mapping values are not allowed in this context
         1 | releases:
         2 | - name: web
       > 3 |    chart: ./web
           |         ^
        help: Put a value with ": " in it in quotes, or check the indentation.
      exit 1"
    `);
  });

  test('a key twice', async () => {
    expect(await run({ 'helmfile.yaml': `${release}  chart: ./api\n` })).toMatchInlineSnapshot(`
      "error yaml/duplicate-key  helmfile.yaml:4:3
        the key "chart" is given twice
         2 | - name: web
         3 |   chart: ./web
       > 4 |   chart: ./api
           |   ^^^^^
        helmfile.yaml:3:3: it is given here first
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |   ^^^^^
         4 |   chart: ./api
      exit 1"
    `);
  });

  test('an anchor that is not defined', async () => {
    expect(await run({ 'helmfile.yaml': `${release}  <<: *defaults\n` })).toMatchInlineSnapshot(`
      "error yaml/syntax  helmfile.yaml:4:7
        unknown anchor 'defaults' referenced
         2 | - name: web
         3 |   chart: ./web
       > 4 |   <<: *defaults
           |       ^
      exit 1"
    `);
  });

  test('a quote that is not closed', async () => {
    expect(
      await run({ 'helmfile.yaml': 'releases:\n- name: "web\n  chart: ./web\n' }),
    ).toMatchInlineSnapshot(`
      "error yaml/syntax  helmfile.yaml:4:1
        found unexpected end of stream
         2 | - name: "web
         3 |   chart: ./web
       > 4 |
           | ^
        helmfile.yaml:2:1: the quote is opened here
         1 | releases:
       > 2 | - name: "web
           | ^^^^^^^^^^^^
         3 |   chart: ./web
      exit 1"
    `);
  });

  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      [...'bcdefghi'].map(
        (name, index) => `${name}: &${name} [${'*'.concat('abcdefgh'[index] ?? '', ',').repeat(9)}]`,
      ),
    )
    .join('\n');

  test('aliases that multiply, in values of an environment', async () => {
    const files = {
      'helmfile.yaml': `environments:\n  default:\n    values: [bomb.yaml]\n---\n${release}`,
      'bomb.yaml': bomb,
    };
    expect(await run(files)).toMatchInlineSnapshot(`
      "error environment/values-invalid  helmfile.yaml:3:14
        failed to load environment values file "bomb.yaml": yaml: document contains excessive aliasing
         1 | environments:
         2 |   default:
       > 3 |     values: [bomb.yaml]
           |              ^^^^^^^^^
         4 | ---
         5 | releases:
      exit 1"
    `);
  });

  test('aliases that multiply, in values of a release', async () => {
    const files = { 'helmfile.yaml': `${release}  values: [bomb.yaml]\n`, 'bomb.yaml': bomb };
    expect(await run(files, 'template')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error executor/render-failed  helmfile.yaml:3:10
        web: failed to parse bomb.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: document contains excessive aliasing
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 |   values: [bomb.yaml]
      1 failed
      exit 1"
    `);
  });
});

describe('templates', () => {
  test('every text on the way to an error has its frame', async () => {
    const files = {
      'helmfile.yaml': 'helmfiles:\n- sub/helmfile.yaml\n',
      'sub/helmfile.yaml': 'releases:\n- name: web\n  chart: ../web\n  values:\n  - web.yaml.gotmpl\n',
      'sub/web.yaml.gotmpl': 'host: {{ tpl (readFile "host.tpl") . }}\n',
      'sub/host.tpl': '{{- /* chosen by stage */ -}}\n{{ fail "no stage is set" }}\n',
    };
    expect(await run(files, 'template')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error template/execute  sub/web.yaml.gotmpl:1:10
        no stage is set
       > 1 | host: {{ tpl (readFile "host.tpl") . }}
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        stringTemplate:2:4: in the text it renders
         1 | {{- /* chosen by stage */ -}}
       > 2 | {{ fail "no stage is set" }}
           |    ^^^^^^^^^^^^^^^^^^^^^^
        sub/helmfile.yaml:5:5: in values[0] of "web"
         3 |   chart: ../web
         4 |   values:
       > 5 |   - web.yaml.gotmpl
           |     ^^^^^^^^^^^^^^^
      1 failed
      exit 1"
    `);
  });

  test('an action that is not closed', async () => {
    expect(
      await run({ 'helmfile.yaml.gotmpl': `${release}  version: {{ .Values.version\n` }),
    ).toMatchInlineSnapshot(`
      "error template/parse  helmfile.yaml.gotmpl:5:1
        unclosed action started at stringTemplate:4
         3 |   chart: ./web
         4 |   version: {{ .Values.version
       > 5 |
           | ^
      exit 1"
    `);
  });

  test('YAML that a template made wrong points at the action', async () => {
    const files = {
      'helmfile.yaml.gotmpl': 'releases:\n- name: web\n  chart: ./web\n  labels: {{ "a: b: c" }}\n',
    };
    expect(await run(files)).toMatchInlineSnapshot(`
      "error yaml/syntax  helmfile.yaml.gotmpl:4:11
        mapping values are not allowed in this context
         2 | - name: web
         3 |   chart: ./web
       > 4 |   labels: {{ "a: b: c" }}
           |           ^^^^^^^^^^^^^^^
        helmfile.yaml.gotmpl.part.0:4:12: the template printed this
         2 | - name: web
         3 |   chart: ./web
       > 4 |   labels: a: b: c
           |            ^
        help: Put a value with ": " in it in quotes, or check the indentation.
      exit 1"
    `);
  });

  test('a template of the chart', async () => {
    const files = {
      'helmfile.yaml': release,
      'web/templates/map.yaml': 'kind: {{ required "kind is required" .Values.kind }}\n',
    };
    expect(await run(files, 'template')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error template/required-value  web/templates/map.yaml:1:10
        kind is required
       > 1 | kind: {{ required "kind is required" .Values.kind }}
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        helmfile.yaml:3:10: in release "web"
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
      1 failed
      exit 1"
    `);
  });
});

describe('files that cannot be read', () => {
  test('a directory in the place of a values file', async () => {
    const files = { 'helmfile.yaml': `${release}  values: [values]\n`, 'values/web.yaml': '' };
    expect(await run(files, 'template')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error environment/values-failed  helmfile.yaml:4:12
        read <DIR>/values: is a directory
         2 | - name: web
         3 |   chart: ./web
       > 4 |   values: [values]
           |            ^^^^^^
      1 failed
      exit 1"
    `);
  });

  test('a path below a file', async () => {
    expect(await run({ 'helmfile.yaml': release }, '-f helmfile.yaml/x list')).toMatchInlineSnapshot(`
      "error source/not-found
        specified state file helmfile.yaml/x is not found
      exit 1"
    `);
  });

  test('not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('releases:\n- name: w'),
      Buffer.from([0xff]),
      Buffer.from('b\n'),
    ]);
    expect(await run({ 'helmfile.yaml': bytes })).toMatchInlineSnapshot(`
      "error source/encoding  helmfile.yaml:2:10
        "helmfile.yaml" is not valid UTF-8
         1 | releases:
       > 2 | - name: w�b
           |          ^
        help: Save it as UTF-8 text.
      exit 1"
    `);
  });

  test('UTF-16', async () => {
    const bytes = Buffer.from(`\ufeff${release}`, 'utf16le');
    expect(await run({ 'helmfile.yaml': bytes })).toMatchInlineSnapshot(`
      "error source/encoding
        "helmfile.yaml" is UTF-16LE text
        help: Save it as UTF-8.
      exit 1"
    `);
  });

  test('a NUL character', async () => {
    expect(await run({ 'helmfile.yaml': 'releases:\n- name: "w\0b"\n' })).toMatchInlineSnapshot(`
      "error source/encoding  helmfile.yaml:2:11
        "helmfile.yaml" contains a NUL character
         1 | releases:
       > 2 | - name: "w�b"
           |           ^
        help: Save it as UTF-8 text.
      exit 1"
    `);
  });

  test('fifty megabytes', async () => {
    const start = performance.now();
    const text = `releases:\n${'- name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'.repeat(1_250_000)}`;
    expect(await run({ 'helmfile.yaml': text })).toMatchInlineSnapshot(`
      "error source/too-large
        "helmfile.yaml" has 51250010 bytes; a state file may have 32 MiB
        help: Move data into values files.
      exit 1"
    `);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('files that cannot be written', () => {
  test('a folder below a file', async () => {
    const files = { 'helmfile.yaml': release, taken: '' };
    expect(await run(files, 'write-values --output-file-template taken/here.yaml')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error cli/file-failed
        mkdir taken: not a directory
      1 failed
      exit 1"
    `);
  });

  test('a path whose template fails', async () => {
    const files = { 'helmfile.yaml': release };
    expect(await run(files, 'write-values --output-file-template {{.Name}}.yaml')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error template/execute  --output-file-template:1:3
        can't evaluate field Name in type struct { State state.state; Release *state.ReleaseSpec; Environment *environment.Environment }
       > 1 | {{.Name}}.yaml
           |   ^^^^^
      1 failed
      exit 1"
    `);
  });
});

describe('values that cannot be merged', () => {
  test('YAML that is none', async () => {
    const files = { 'helmfile.yaml': `${release}  values: [web.yaml]\n`, 'web.yaml': 'replicas: [1\n' };
    expect(await run(files, 'write-values')).toMatchInlineSnapshot(`
      "web: failed (0s)
      error environment/values-failed  helmfile.yaml:4:11
        unmarshalling yaml web.yaml: yaml: line 1: did not find expected ',' or ']'
         2 | - name: web
         3 |   chart: ./web
       > 4 |   values: [web.yaml]
           |           ^^^^^^^^^^
      1 failed
      exit 1"
    `);
  });
});

describe('releases', () => {
  test('the shortest circle is shown, not the longest', async () => {
    const files = {
      'helmfile.yaml':
        'releases:\n- name: a\n  chart: ./web\n  needs: [b]\n- name: b\n  chart: ./web\n  needs: [c]\n- name: c\n  chart: ./web\n  needs: [a, d]\n- name: d\n  chart: ./web\n  needs: [c]\n',
    };
    expect(await run(files, 'template')).toMatchInlineSnapshot(`
      "error needs/cycle  helmfile.yaml:10:14
        releases need each other in a circle: c needs d needs c
          8 | - name: c
          9 |   chart: ./web
       > 10 |   needs: [a, d]
            |              ^
         11 | - name: d
         12 |   chart: ./web
        helmfile.yaml:13:11: "d" needs "c"
         11 | - name: d
         12 |   chart: ./web
       > 13 |   needs: [c]
            |           ^
        help: remove one of these needs
      exit 1"
    `);
  });

  test('a release that is defined twice', async () => {
    expect(
      await run({ 'helmfile.yaml': `${release}- name: web\n  chart: ./web\n` }, 'template'),
    ).toMatchInlineSnapshot(`
      "error state/duplicate-release  helmfile.yaml:4:9
        release "web" is defined 2 times in helmfile.yaml
         2 | - name: web
         3 |   chart: ./web
       > 4 | - name: web
           |         ^^^
         5 |   chart: ./web
        helmfile.yaml:2:9: also defined here
         1 | releases:
       > 2 | - name: web
           |         ^^^
         3 |   chart: ./web
         4 | - name: web
        help: rename one, give it another namespace, or select at most one of them
      exit 1"
    `);
  });
});
