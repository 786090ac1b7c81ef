import { describe, expect, it } from 'vitest';
import { errorsOf, framesOf, load, releasesOf } from './load.test-support.ts';

const classic = `environments:
  dev:
    values: [{replicas: 1}]
  production:
    values: [{replicas: 5}]

releases:
  - name: myapp
    namespace: {{ .Environment.Name }}
    chart: ./charts/myapp
    values:
      - values/{{ .Environment.Name }}.yaml
      - |
          size: {{ .Environment.Values.size | default "10Gi" }}
          password: {{ requiredEnv "DB_PASSWORD" }}
    set:
      - name: replicaCount
        value: {{ .Environment.Values.replicas }}
`;

describe('a classic file: plain YAML with actions outside of strings', () => {
  const given = { files: { 'helmfile.yaml': classic }, environment: { DB_PASSWORD: 'hunter22' } };

  it('is rendered with the environment that it declares itself', async () => {
    for (const [environment, replicas] of [
      ['dev', '1'],
      ['production', '5'],
    ] as const) {
      const [release] = await releasesOf({ ...given, options: { environment } });
      expect(release?.id).toBe(`${environment}/myapp`);
      expect(release?.spec.values).toEqual([
        `values/${environment}.yaml`,
        'size: 10Gi\npassword: hunter22\n',
      ]);
      expect(release?.spec.set).toEqual([{ name: 'replicaCount', value: replicas }]);
    }
  });

  it('is skipped for an environment that it does not declare, before its templates can fail', async () => {
    const { state, diagnostics } = await load({ ...given, options: { environment: 'devel' } });
    expect(state?.files).toEqual([]);
    expect(diagnostics.map((each) => [each.code, each.hint])).toEqual([
      ['environment/undefined', 'did you mean "dev"?'],
    ]);
  });

  it('takes any environment when it declares none', async () => {
    const text = 'releases:\n- name: myapp\n  chart: ./myapp\n  namespace: {{ .Environment.Name }}\n';
    const options = { environment: 'production' };
    const [release] = await releasesOf({ files: { 'helmfile.yaml': text }, options });
    expect(release?.id).toBe('production/myapp');
    const { state } = await load({ files: { 'helmfile.yaml.gotmpl': text }, options });
    expect(state?.files, 'Helmfile skips such a file').toEqual([]);
  });

  it('keeps variables named like secrets out of messages', async () => {
    const { redactor } = await load({ ...given, options: { environment: 'dev' } });
    expect(redactor.redact('is hunter22')).toBe('is ***');
  });

  it('fails where a variable is missing, at its place', async () => {
    expect(await framesOf({ files: given.files, options: { environment: 'dev' } })).toMatchInlineSnapshot(`
      "error template/execute  helmfile.yaml:15:24
        required env var \`DB_PASSWORD\` is not set
         13 |       - |
         14 |           size: {{ .Environment.Values.size | default "10Gi" }}
       > 15 |           password: {{ requiredEnv "DB_PASSWORD" }}
            |                        ^^^^^^^^^^^^^^^^^^^^^^^^^
         16 |     set:
         17 |       - name: replicaCount"
    `);
  });

  it('finds environments in bases and in ranges over values', async () => {
    const files = {
      'helmfile.yaml': `bases: [envs.yaml]
releases:
{{- range .Values.names }}
  - name: {{ . }}
    chart: a/{{ exec "echo" (list "hi") | trim }}
{{- end }}
`,
      'envs.yaml': 'environments:\n  default:\n    values:\n      - names: [x, y]\n',
    };
    const programs = { 'echo hi': 'hi\n' };
    expect((await releasesOf({ files, programs })).map((each) => [each.id, each.spec.chart])).toEqual([
      ['x', 'a/hi'],
      ['y', 'a/hi'],
    ]);
    expect((await load({ files, programs })).ran).toEqual(['echo hi', 'echo hi']);
  });

  it('can be forced and forbidden', async () => {
    const files = { 'helmfile.yaml': 'releases:\n- name: x\n  chart: "a/{{ .Environment.Name }}"\n' };
    const charts = async (options: object): Promise<unknown> =>
      (await releasesOf({ files, options })).map((each) => each.spec.chart);
    expect(await charts({ dialect: 'classic' })).toEqual(['a/default']);
    expect(await errorsOf({ ...given, options: { dialect: 'v1', environment: 'dev' } })).toEqual([
      'in ./helmfile.yaml: environments and releases cannot be defined within the same YAML part. Use --- to extract the environments into a dedicated part',
    ]);
  });
});

describe('inline YAML in the values of a release', () => {
  it('is rendered with the data of the release', async () => {
    const files = {
      'helmfile.yaml': `releases:
  - name: myapp
    namespace: ns
    chart: ./myapp
    values:
      - |
          environment: {{ .Environment.Name }}
          namespace: {{ .Release.Namespace }}
          size: {{ .Values.size | default "small" }}
          at: {{ now | date "2006-01-02" }}
`,
    };
    expect((await releasesOf({ files }))[0]?.spec.values).toEqual([
      'environment: default\nnamespace: ns\nsize: small\nat: 1970-01-01\n',
    ]);
  });
});

describe('a file ending in .eta', () => {
  const files = (chart: string): Record<string, string> => ({
    'helmfile.yaml.eta': `environments:
  default:
    values: [v.yaml.eta]
---
releases:
<% for (const name of it.Values.names) { %>
  - name: <%= name %>
    chart: a/<%= ${chart} %>
    labels: {home: <%= requiredEnv('HOME') %>, upper: <%= sprig.upper(name) %>}
<% } %>
`,
    'v.yaml.eta': "names: <%= fromYaml(readFile('names.yaml')) %>\n",
    'names.yaml': '[x, y]\n',
  });

  it('is JavaScript with the same data and functions', async () => {
    const given = {
      files: files("exec('echo', [name]).trim()"),
      environment: { HOME: 'h' },
      programs: { 'echo x': 'X\n', 'echo y': 'Y\n' },
    };
    expect((await releasesOf(given)).map((each) => [each.id, each.spec.chart, each.labels['upper']])).toEqual(
      [
        ['x', 'a/X', 'X'],
        ['y', 'a/Y', 'Y'],
      ],
    );
  });

  it('fails at the line of an expression that gives nothing', async () => {
    expect(await framesOf({ files: files('it.Environment.Nme') })).toMatchInlineSnapshot(`
      "error template/execute  helmfile.yaml.eta:8:1
        the expression gives no value
          6 | <% for (const name of it.Values.names) { %>
          7 |   - name: <%= name %>
       >  8 |     chart: a/<%= it.Environment.Nme %>
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          9 |     labels: {home: <%= requiredEnv('HOME') %>, upper: <%= sprig.upper(name) %>}
         10 | <% } %>"
    `);
  });
});
