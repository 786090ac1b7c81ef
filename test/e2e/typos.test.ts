import { describe, expect, test } from 'vitest';
import { chart, type RunOptions, TempProject } from '../support/built-cli.ts';

/** Slips of people who are new here: what both bins answer, to the last line of standard error. */
const files = {
  ...chart('web'),
  'helmfile.yaml': 'releases:\n- name: web\n  chart: ./web\n',
};

async function typed(
  command: string,
  more: Readonly<Record<string, string>> = {},
  program: RunOptions['program'] = 'flotilla',
): Promise<string> {
  using project = new TempProject({ ...files, ...more });
  const { stdout, stderr, code } = await project.run(command.split(' '), { program });
  expect(stdout).toBe('');
  return `${stderr.trimEnd()}\nexit ${code}`;
}

function release(...lines: readonly string[]): Readonly<Record<string, string>> {
  return { 'helmfile.yaml': ['releases:', '- name: web', ...lines, ''].join('\n') };
}

describe('command lines', () => {
  test('a command', async () => {
    expect(await typed('lits')).toMatchInlineSnapshot(`
      "unknown command "lits" for "flotilla"

      Did you mean this?
      	list
      	lint
      exit 3"
    `);
    expect(await typed('lits', {}, 'helmfile')).toMatchInlineSnapshot(`
      "unknown command "lits" for "helmfile"

      Did you mean this?
      	list
      	lint
      exit 3"
    `);
  });

  test('a flag', async () => {
    expect(await typed('--enviroment x list')).toMatchInlineSnapshot(`
      "unknown flag: --enviroment
        help: did you mean "--environment"?
      exit 3"
    `);
    expect(await typed('--enviroment x list', {}, 'helmfile')).toMatchInlineSnapshot(`
      "unknown flag: --enviroment
      exit 3"
    `);
  });

  test('a flag without its value', async () => {
    expect(await typed('list -e')).toMatchInlineSnapshot(`
      "flag needs an argument: 'e' in -e
      exit 3"
    `);
  });

  test('a word for a number', async () => {
    expect(await typed('sync --concurrency many')).toMatchInlineSnapshot(`
      "invalid argument "many" for "--concurrency" flag: strconv.ParseInt: parsing "many": invalid syntax
      exit 3"
    `);
  });

  test('the name of the state file', async () => {
    expect(await typed('-f helmfle.yaml list')).toMatchInlineSnapshot(`
      "error source/not-found
        specified state file helmfle.yaml is not found
        help: did you mean "helmfile.yaml"?
      exit 1"
    `);
    expect(await typed('-f helmfle.yaml list', {}, 'helmfile')).toMatchInlineSnapshot(`
      "specified state file helmfle.yaml is not found
      exit 1"
    `);
  });

  test('an environment', async () => {
    const environments = { 'helmfile.yaml': 'environments:\n  production:\n---\nreleases: []\n' };
    expect(await typed('-e prodution list', environments)).toMatchInlineSnapshot(`
      "warning environment/undefined  helmfile.yaml:2:3
        environment "prodution" is not defined in helmfile.yaml, which is skipped
         1 | environments:
       > 2 |   production:
           |   ^^^^^^^^^^^
         3 | ---
         4 | releases: []
        help: did you mean "production"?
      err: no releases found that matches specified selector() and environment(prodution), in any helmfile
      exit 3"
    `);
  });

  test('a selector without a value', async () => {
    expect(await typed('-l name list')).toMatchInlineSnapshot(`
      "error selector/malformed
        the selector term "name" is not LABEL=VALUE or LABEL!=VALUE
        help: write terms such as name=web or tier!=backend, joined by commas without blanks
      exit 1"
    `);
  });
});

describe('selectors', () => {
  const labelled = release('  chart: ./web', '  labels: {tier: front}');

  test('a value no release has', async () => {
    expect(await typed('-l tier=fornt template', labelled)).toMatchInlineSnapshot(`
      "nothing to do: no release matches
        help: did you mean "tier=front"?
      exit 3"
    `);
    expect(await typed('-l tier=fornt template', labelled, 'helmfile')).toMatchInlineSnapshot(`
      "err: no releases found that matches specified selector(tier=fornt) and environment(default), in any helmfile
        help: did you mean "tier=front"?
      exit 3"
    `);
  });

  test('a label no release has', async () => {
    using project = new TempProject({ ...files, ...labelled });
    const { stderr, code } = await project.run(['-l', 'teir=front', 'list']);
    expect(`${stderr}exit ${code}`).toMatchInlineSnapshot(`
      "err: no releases found that matches specified selector(teir=front) and environment(default), in any helmfile
        help: did you mean "tier=front"?
      exit 3"
    `);
  });

  test('nothing like it', async () => {
    expect(await typed('-l area=51 template', labelled)).toMatchInlineSnapshot(`
      "nothing to do: no release matches
      exit 3"
    `);
  });
});

describe('state files', () => {
  test('an empty one', async () => {
    expect(await typed('list', { 'helmfile.yaml': '' })).toMatchInlineSnapshot(`
      "error state/no-top-level-keys  helmfile.yaml:1:1
        no top-level config keys are found in helmfile.yaml
       > 1 |
           | ^
        help: Write at least one key such as "releases:" at the start of a line.
      exit 1"
    `);
  });

  test('a list at the top', async () => {
    expect(await typed('list', { 'helmfile.yaml': '- name: web\n' })).toMatchInlineSnapshot(`
      "error state/no-top-level-keys  helmfile.yaml:1:1
        no top-level config keys are found in helmfile.yaml
       > 1 | - name: web
           | ^
        help: Write at least one key such as "releases:" at the start of a line.
      exit 1"
    `);
  });

  test('a map of releases', async () => {
    const map = { 'helmfile.yaml': 'releases:\n  web:\n    chart: ./web\n' };
    expect(await typed('list', map)).toMatchInlineSnapshot(`
      "error spec/wrong-type  helmfile.yaml:2:3
        "releases" must be a list, but it is a map
         1 | releases:
       > 2 |   web:
           |   ^^^^
       > 3 |     chart: ./web
           |     ^^^^^^^^^^^^
        help: Put "- " in front of it.
      exit 1"
    `);
    expect(await typed('list', map, 'helmfile')).toMatchInlineSnapshot(`
      "in ./helmfile.yaml: failed to read helmfile.yaml: reading document at index 1. Started seeing this since Helmfile v1? Add the .gotmpl file extension: yaml: unmarshal errors:
        line 2: cannot unmarshal !!map into []state.ReleaseSpec
      error spec/wrong-type  helmfile.yaml:2:3
        "releases" must be a list, but it is a map
         1 | releases:
       > 2 |   web:
           |   ^^^^
       > 3 |     chart: ./web
           |     ^^^^^^^^^^^^
        help: Put "- " in front of it.
      exit 1"
    `);
  });

  test('a release without a chart', async () => {
    expect(await typed('list', release())).toMatchInlineSnapshot(`
      "error state/empty-chart  helmfile.yaml:2:9
        release "web" has no chart
         1 | releases:
       > 2 | - name: web
           |         ^^^
        help: add chart: repository/name, or the path of a local chart such as ./charts/name
      exit 1"
    `);
  });

  test('text where a list belongs', async () => {
    expect(await typed('list', release('  chart: ./web', '  values: web.yaml'))).toMatchInlineSnapshot(`
      "error spec/wrong-type  helmfile.yaml:4:11
        "releases[0].values" must be a list, but it is text ("web.yaml")
         2 | - name: web
         3 |   chart: ./web
       > 4 |   values: web.yaml
           |           ^^^^^^^^
        help: Write it as a list: [web.yaml]
      exit 1"
    `);
  });
});

describe('paths', () => {
  test('of a chart', async () => {
    expect(await typed('template', release('  chart: ./wbe'))).toMatchInlineSnapshot(`
      "web: failed (0s)
      error executor/chart-not-found  helmfile.yaml:3:10
        web: path "./wbe" not found
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./wbe
           |          ^^^^^
        help: did you mean "./web"?
      1 failed
      exit 1"
    `);
  });

  test('of a chart that stands nowhere', async () => {
    expect(await typed('template', release('  chart: redis'))).toMatchInlineSnapshot(`
      "web: failed (0s)
      error executor/chart-not-found  helmfile.yaml:3:10
        web: non-absolute URLs should be in form of repo_name/path_to_chart, got: redis
         1 | releases:
         2 | - name: web
       > 3 |   chart: redis
           |          ^^^^^
        help: check its name and version; a path starts with ./
      1 failed
      exit 1"
    `);
  });

  test('of the repository of a chart', async () => {
    const text =
      'repositories:\n- name: bitnami\n  url: http://127.0.0.1:1/\nreleases:\n- name: web\n  chart: bitnmi/redis\n';
    expect(await typed('template --skip-deps', { 'helmfile.yaml': text })).toMatchInlineSnapshot(`
      "web: failed (0s)
      error executor/chart-not-found  helmfile.yaml:6:10
        web: repo bitnmi not found
         4 | releases:
         5 | - name: web
       > 6 |   chart: bitnmi/redis
           |          ^^^^^^^^^^^^
        help: did you mean "bitnami"?
      1 failed
      exit 1"
    `);
  });

  test('of values, with another name, another folder, another ending', async () => {
    const there = { 'values/web.yaml': '', 'stage.yaml.gotmpl': '' };
    const lines = [
      '  chart: ./web',
      '  values:',
      '  - values/wbe.yaml',
      '  - vals/web.yaml',
      '  - stage.yaml',
    ];
    expect(await typed('template', { ...release(...lines), ...there })).toMatchInlineSnapshot(`
      "web: failed (0s)
      error environment/values-file-missing  helmfile.yaml:5:5
        values file matching "values/wbe.yaml" does not exist in "."
         3 |   chart: ./web
         4 |   values:
       > 5 |   - values/wbe.yaml
           |     ^^^^^^^^^^^^^^^
         6 |   - vals/web.yaml
         7 |   - stage.yaml
        help: did you mean "values/web.yaml"?
      error environment/values-file-missing  helmfile.yaml:6:5
        values file matching "vals/web.yaml" does not exist in "."
         4 |   values:
         5 |   - values/wbe.yaml
       > 6 |   - vals/web.yaml
           |     ^^^^^^^^^^^^^
         7 |   - stage.yaml
        help: did you mean "values/web.yaml"?
      error environment/values-file-missing  helmfile.yaml:7:5
        values file matching "stage.yaml" does not exist in "."
         5 |   - values/wbe.yaml
         6 |   - vals/web.yaml
       > 7 |   - stage.yaml
           |     ^^^^^^^^^^
        help: did you mean "stage.yaml.gotmpl"?
      1 failed
      exit 1"
    `);
  });

  test('of a base and of a sub-helmfile', async () => {
    const base = { 'helmfile.yaml': 'bases: [bas.yaml]\n', 'base.yaml': '' };
    expect(await typed('list', base)).toMatchInlineSnapshot(`
      "error source/unreadable  helmfile.yaml:1:9
        cannot read "bas.yaml": open bas.yaml: no such file or directory
       > 1 | bases: [bas.yaml]
           |         ^^^^^^^^
        help: did you mean "base.yaml"?
      exit 1"
    `);
    const sub = { 'helmfile.yaml': 'helmfiles: [sub/helmfle.yaml]\n', 'sub/helmfile.yaml': '' };
    expect(await typed('list', sub)).toMatchInlineSnapshot(`
      "error state/helmfiles-missing  helmfile.yaml:1:13
        no sub-helmfile matches "sub/helmfle.yaml"
       > 1 | helmfiles: [sub/helmfle.yaml]
           |             ^^^^^^^^^^^^^^^^
        help: did you mean "sub/helmfile.yaml"?
      exit 1"
    `);
  });

  test('of a need in another namespace', async () => {
    const lines = ['  chart: ./web', '  namespace: shop', '- name: api', '  chart: ./web', '  needs: [web]'];
    expect(await typed('template', release(...lines))).toMatchInlineSnapshot(`
      "error needs/undefined-release  helmfile.yaml:7:11
        release "api" needs "web", which is not defined
         5 | - name: api
         6 |   chart: ./web
       > 7 |   needs: [web]
           |           ^^^
        help: did you mean "shop/web"?
      exit 1"
    `);
  });
});

describe('values that are no map', () => {
  test('of a release', async () => {
    const more = { ...release('  chart: ./web', '  values: [v.yaml]'), 'v.yaml': '- a\n- b\n' };
    expect(await typed('template', more)).toMatchInlineSnapshot(`
      "web: failed (0s)
      error environment/values-invalid  v.yaml:1:1
        values must be a map, but they are a list
       > 1 | - a
           | ^^^
       > 2 | - b
           | ^^^
        helmfile.yaml:3:10: in release "web"
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 |   values: [v.yaml]
        help: write KEY: VALUE
      1 failed
      exit 1"
    `);
  });

  test('with tabs, printed by a template', async () => {
    const more = {
      ...release('  chart: ./web', '  values: [v.yaml.gotmpl]'),
      'v.yaml.gotmpl': 'a:\n{{ "\\t" }}b: 1\n',
    };
    expect(await typed('template', more)).toMatchInlineSnapshot(`
      "web: failed (0s)
      error yaml/syntax  v.yaml.gotmpl (rendered):2:1
        found character that cannot start any token
         1 | a:
       > 2 | 	b: 1
           | ^
        helmfile.yaml:3:10: in release "web"
         1 | releases:
         2 | - name: web
       > 3 |   chart: ./web
           |          ^^^^^
         4 |   values: [v.yaml.gotmpl]
        help: Indent with spaces: YAML takes no tabs.
      1 failed
      exit 1"
    `);
  });

  test('of an environment', async () => {
    const more = {
      'helmfile.yaml': 'environments:\n  default:\n    values: [v.yaml]\n---\nreleases: []\n',
      'v.yaml': 'a:\n\tb: 1\n',
    };
    expect(await typed('list', more)).toMatchInlineSnapshot(`
      "error yaml/syntax  v.yaml:2:1
        found character that cannot start any token
         1 | a:
       > 2 | 	b: 1
           | ^
        helmfile.yaml:3:14: the file is read for this entry
         1 | environments:
         2 |   default:
       > 3 |     values: [v.yaml]
           |              ^^^^^^
         4 | ---
         5 | releases: []
        help: Indent with spaces: YAML takes no tabs.
      exit 1"
    `);
    expect(await typed('list', more, 'helmfile')).toMatchInlineSnapshot(`
      "in ./helmfile.yaml: failed to read helmfile.yaml: failed to load environment values file "v.yaml": yaml: line 2: found character that cannot start any token

      Offending YAML:
      a:
      	b: 1

      error yaml/syntax  v.yaml:2:1
        found character that cannot start any token
         1 | a:
       > 2 | 	b: 1
           | ^
        helmfile.yaml:3:14: the file is read for this entry
         1 | environments:
         2 |   default:
       > 3 |     values: [v.yaml]
           |              ^^^^^^
         4 | ---
         5 | releases: []
        help: Indent with spaces: YAML takes no tabs.
      exit 1"
    `);
  });
});

describe('hooks', () => {
  test('a command that fails, and one that is not there', async () => {
    const hook = (command: string, args: string): Readonly<Record<string, string>> =>
      release(
        '  chart: ./web',
        '  hooks:',
        '  - events: [prepare]',
        `    command: ${command}`,
        `    args: ${args}`,
      );
    expect(await typed('template', hook('sh', '[-c, "echo bad >&2; exit 3"]'))).toMatchInlineSnapshot(`
      "web: hook sh (prepare)
      error hook/failed  helmfile.yaml:6:14
        hook[sh]: command \`sh\` failed
         4 |   hooks:
         5 |   - events: [prepare]
       > 6 |     command: sh
           |              ^^
         7 |     args: [-c, "echo bad >&2; exit 3"]
        it printed:
          bad
      exit 1"
    `);
    expect(await typed('template', hook('nosuch', '[]'))).toMatchInlineSnapshot(`
      "web: hook nosuch (prepare)
      error hook/failed  helmfile.yaml:6:14
        hook[nosuch]: command \`nosuch\` failed: unexpected error: exec: "nosuch": executable file not found in $PATH
         4 |   hooks:
         5 |   - events: [prepare]
       > 6 |     command: nosuch
           |              ^^^^^^
         7 |     args: []
      exit 1"
    `);
  });
});
