import { describe, expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';

/** What the helmfile bin says of YAML that is none in values files, of a release and of an environment; exit codes are Helmfile's. */
const release = 'releases:\n- name: web\n  chart: ./web\n';

async function run(command: string, files: Readonly<Record<string, string>>): Promise<string> {
  using project = new TempProject({ ...chart('web'), ...files });
  const { stderr, code } = await project.run([command], { program: 'helmfile' });
  return `${stderr.trimEnd()}\nexit ${code}`;
}

const ofRelease = (text: string): Promise<string> =>
  run('template', { 'helmfile.yaml': `${release}  values: [v.yaml]\n`, 'v.yaml': text });

const ofEnvironment = (text: string): Promise<string> =>
  run('list', {
    'helmfile.yaml': `environments:\n  default:\n    values: [v.yaml]\n---\n${release}`,
    'v.yaml': text,
  });

describe('a key twice', () => {
  const text = 'a: 1\nb: 2\na: 3\n';
  test('in values of an environment', async () => {
    expect(await ofEnvironment(text)).toMatchInlineSnapshot(`
      "in ./helmfile.yaml: failed to read helmfile.yaml: failed to load environment values file "v.yaml": yaml: unmarshal errors:
        line 3: mapping key "a" already defined at line 1

      Offending YAML:
      a: 1
      b: 2
      a: 3

      error yaml/duplicate-key  v.yaml:3:1
        the key "a" is given twice
         1 | a: 1
         2 | b: 2
       > 3 | a: 3
           | ^
        v.yaml:1:1: it is given here first
       > 1 | a: 1
           | ^
         2 | b: 2
         3 | a: 3
        helmfile.yaml:3:14: the file is read for this entry
         1 | environments:
         2 |   default:
       > 3 |     values: [v.yaml]
           |              ^^^^^^
         4 | ---
         5 | releases:
      exit 1"
    `);
  });

  test('in values of a release, where Helm takes the last', async () => {
    expect(await ofRelease(text)).toMatchInlineSnapshot(`
      "Building dependency release=web, chart=web
      Templating release=web, chart=web
      exit 0"
    `);
  });
});

describe('an anchor that is not defined', () => {
  test('in values of an environment', async () => {
    expect(await ofEnvironment('a: *x\n')).toMatchInlineSnapshot(`
      "in ./helmfile.yaml: failed to read helmfile.yaml: failed to load environment values file "v.yaml": yaml: unknown anchor 'x' referenced

      Offending YAML:
      a: *x

      error yaml/syntax  v.yaml:1:4
        unknown anchor 'x' referenced
       > 1 | a: *x
           |    ^
        helmfile.yaml:3:14: the file is read for this entry
         1 | environments:
         2 |   default:
       > 3 |     values: [v.yaml]
           |              ^^^^^^
         4 | ---
         5 | releases:
      exit 1"
    `);
  });

  test('in values of a release', async () => {
    expect(await ofRelease('a: *x\n')).toMatchInlineSnapshot(`
      "Building dependency release=web, chart=web
      Templating release=web, chart=web
      in ./helmfile.yaml: command "helm" exited with non-zero status:

      PATH:
        helm

      ARGS:
        0: helm (4 bytes)
        1: template (8 bytes)
        2: web (3 bytes)
        3: web (3 bytes)

      ERROR:
        exit status 1

      EXIT STATUS
        1

      STDERR:
        Error: failed to parse v.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: unknown anchor 'x' referenced
      error yaml/syntax  v.yaml:1:4
        unknown anchor 'x' referenced
       > 1 | a: *x
           |    ^
        helmfile.yaml:3:10: in release "web"
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 |   values: [v.yaml]
      exit 1"
    `);
  });
});
