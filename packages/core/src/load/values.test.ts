// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates look like those of JavaScript.
import { locationOf } from '@flotilla/diagnostics';
import { describe, expect, it } from 'vitest';
import { spanOf } from '../yaml/provenance.ts';
import { errorsOf, load, releasesOf, valuesOf } from './load.test-support.ts';

const releases = 'releases:\n- {name: r, chart: a/b}\n';

/** One environment list with these entries. */
function list(...entries: readonly string[]): string {
  return `environments:\n  default:\n    values:\n${entries.map((each) => `    - ${each}\n`).join('')}---\n${releases}`;
}

const one = (text: string): { files: Record<string, string> } => ({ files: { 'helmfile.yaml': text } });

describe('the entries of one values list', () => {
  it.each([
    [
      '{a: true, b: 5, c: x, d: [1,2], e: {k: 1}, f: {k: 1}}',
      '{a: false, b: 0, c: "", d: [], e: {}, f: null}',
      '{"a":false,"b":0,"c":"","d":[],"e":{"k":1},"f":null}',
    ],
    ['{arr: [1,2,3]}', '{arr: [null, 9]}', '{"arr":[null,9]}'],
    ['{x: {a: 1}}', '{x: {a: null, b: 2}}', '{"x":{"a":null,"b":2}}'],
    [
      '{a: {x: 1}, b: 1, c: [1], d: {y: 1}}',
      '{a: 1, b: {x: 1}, c: {z: 1}, d: [1]}',
      '{"a":1,"b":{"x":1},"c":{"z":1},"d":[1]}',
    ],
  ])('%s then %s', async (first, second, expected) => {
    expect(await valuesOf(one(list(first, second)))).toBe(expected);
  });

  it('may be files, read up to their first document, and globs in the order of names', async () => {
    const files = {
      'helmfile.yaml': list('g/*.yaml'),
      'g/b.yaml': 'g: b\n',
      'g/a.yaml': 'g: a\nx: 1\n---\ny: 2\n',
    };
    expect(await valuesOf({ files })).toBe('{"g":"b","x":1}');
  });

  it('may be inline YAML text with templates', async () => {
    expect(await valuesOf(one(list('|\n        env: {{ .Environment.Name }}\n        n: 1')))).toBe(
      '{"env":"default","n":1}',
    );
  });

  it('do not see each other, except under the fallback strategy, where the first wins', async () => {
    const files = {
      'helmfile.yaml': list('{q: 1}', 'r.yaml.gotmpl'),
      'r.yaml.gotmpl': 'r: "{{ .Values.q }}"\n',
    };
    expect(await errorsOf({ files })).toEqual([
      'in ./helmfile.yaml: failed to read helmfile.yaml: failed to load environment values file "r.yaml.gotmpl": failed to render [r.yaml.gotmpl], because of template: stringTemplate:1:14: executing "stringTemplate" at <.Values.q>: map has no entry for key "q"',
    ]);
    const fallback = `environments:
  default:
    mergeStrategy: fallback
    values:
    - {a: false, b: null, m: {x: 1}, arr: [], s: f1}
    - t.yaml.gotmpl
    - {arr: [5], late: y}
    secrets: [s.yaml]
---
${releases}`;
    const template = '{a: true, b: 2, m: {x: 2, y: 3}, ref: "{{ .Values.m.x }}", late: f2}\n';
    expect(
      await valuesOf({
        files: { 'helmfile.yaml': fallback, 't.yaml.gotmpl': template, 's.yaml': 's: secret\n' },
      }),
    ).toBe('{"a":false,"arr":[],"b":2,"late":"f2","m":{"x":1,"y":3},"ref":"1","s":"secret"}');
  });
});

it('HCL files count last, secret ones in front of plain ones', async () => {
  const files = {
    'helmfile.yaml': `environments:
  default:
    values: [v.hcl, {after: yaml}]
    secrets: [s.hcl]
---
${releases}`,
    'v.hcl': 'values {\n  after = "hcl-${hv.secret}"\n  n = 1\n}\n',
    's.hcl': 'sops',
  };
  const encrypted = { '/p/s.hcl': 'values {\n  secret = "hunter22"\n  n = 2\n}\n' };
  expect(await valuesOf({ files, encrypted })).toBe('{"after":"hcl-hunter22","n":1,"secret":"hunter22"}');
  expect((await load({ files, encrypted })).redactor.redact('hunter22')).toBe('***');
});

describe('layers', () => {
  const twoParts = (a: string, b: string): string => `${a}\n---\n${b}\n---\n${releases}`;
  const environment = (values: string): string => `environments:\n  default:\n    values:\n    - ${values}`;

  it('null erases nothing between the parts of a file, and does in top-level values', async () => {
    const first = '{a: 1, m: {x: 1}, l: [1,2]}';
    const second = '{a: null, m: {y: 2, x: null}, l: [null,3]}';
    expect(await valuesOf(one(twoParts(environment(first), environment(second))))).toBe(
      '{"a":1,"l":[1,3],"m":{"x":1,"y":2}}',
    );
    expect(await valuesOf(one(twoParts(`values: [${first}]`, `values: [${second}]`)))).toBe(
      '{"a":null,"l":[null,3],"m":{"x":null,"y":2}}',
    );
  });

  it('environment values lie over top-level ones, the command line over both, by element', async () => {
    const text = `values: [{arr: [1,2,3], m: {x: 1}}]\n${environment('{arr: [null,9], m: null}')}\n---\n${releases}`;
    expect(await valuesOf(one(text))).toBe('{"arr":[1,9,3],"m":{"x":1}}');
    expect(await valuesOf({ ...one(text), options: { stateValuesSet: ['arr[1]=X,m.x=null'] } })).toBe(
      '{"arr":[1,"X",3],"m":{"x":1}}',
    );
    expect(
      await valuesOf({
        ...one(text),
        options: { stateValuesSet: ['a=1'], stateValuesSetString: ['a=2,b=3'] },
      }),
    ).toBe('{"a":1,"arr":[1,9,3],"b":"3","m":{"x":1}}');
  });

  it('a templated file sees top-level values of earlier parts only', async () => {
    const file = 'environments:\n  default:\n    values: [r.yaml.gotmpl]\n';
    const template = { 'r.yaml.gotmpl': 'r: "{{ .Values.q }}"\n' };
    expect(
      await errorsOf({ files: { 'helmfile.yaml': `values: [{q: 1}]\n${file}`, ...template } }),
    ).toHaveLength(1);
    expect(
      await valuesOf({ files: { 'helmfile.yaml': `values: [{q: 1}]\n---\n${file}`, ...template } }),
    ).toBe('{"q":1,"r":"1"}');
  });

  it('environment values of the same part beat --state-values-file, those of earlier parts do not', async () => {
    const body = (separator: string): string => `bases: [env.yaml]
${separator}releases:
- name: r
  chart: c/{{ .Values.foo }}
  labels: {l: "{{\`{{ .Values.foo }}\`}}"}
`;
    const given = (separator: string, options: object): Parameters<typeof releasesOf>[0] => ({
      files: {
        'helmfile.yaml.gotmpl': body(separator),
        'env.yaml': environment('{foo: env}'),
        'f.yaml': 'foo: file\n',
      },
      options,
    });
    const seen = async (separator: string, options: object): Promise<unknown> =>
      (await releasesOf(given(separator, options))).map((each) => [each.spec.chart, each.labels['l']]);
    expect(await seen('', { stateValuesFiles: ['f.yaml'] })).toEqual([['c/file', 'env']]);
    expect(await seen('---\n', { stateValuesFiles: ['f.yaml'] })).toEqual([['c/file', 'file']]);
    expect(await seen('', { stateValuesSet: ['foo=set'] })).toEqual([['c/set', 'set']]);
  });
});

describe('secrets', () => {
  const file = `environments:\n  default:\n    values: [{a: 1, b: 1}]\n    secrets: [s.yaml]\n---\n${releases}`;

  it('lie over values and are redacted from then on', async () => {
    const given = {
      files: { 'helmfile.yaml': file, 's.yaml': 'sops: {}' },
      encrypted: { '/p/s.yaml': 'b: hunter22\n' },
    };
    expect(await valuesOf(given)).toBe('{"a":1,"b":"hunter22"}');
    expect((await load(given)).redactor.redact('the hunter22')).toBe('the ***');
  });

  it('that are not encrypted are used with a warning', async () => {
    const { diagnostics } = await load({ files: { 'helmfile.yaml': file, 's.yaml': 'b: 2\n' } });
    expect(diagnostics.map((each) => `${each.severity} ${each.code}`)).toEqual([
      'warning environment/secret-not-encrypted',
    ]);
  });

  it('that cannot be decrypted end the load', async () => {
    const given = {
      files: { 'helmfile.yaml': file, 's.yaml': 'sops: {}' },
      encrypted: { '/p/s.yaml': 'broken' },
    };
    expect(await errorsOf(given)).toEqual([
      'in ./helmfile.yaml: failed to read helmfile.yaml: failed loading environment secrets with 1 errors',
    ]);
  });
});

describe('missing files', () => {
  const file = (handler: string, entry: string): string =>
    `environments:\n  default:\n    ${handler}\n    ${entry}\n---\n${releases}`;

  it('are errors unless the handler of the environment says otherwise', async () => {
    expect(await errorsOf(one(file('values: [nope.yaml]', '')))).toEqual([
      'in ./helmfile.yaml: failed to read helmfile.yaml: environment values file matching "nope.yaml" does not exist in "."',
    ]);
    expect(await valuesOf(one(file('missingFileHandler: Debug', 'values: [nope.yaml]')))).toBe('{}');
    const { diagnostics } = await load(one(file('missingFileHandler: Warn', 'values: [nope.yaml]')));
    expect(diagnostics.map((each) => each.referenceText)).toEqual([
      'skipping missing environment values file matching "nope.yaml"',
    ]);
    expect(await errorsOf(one(file('missingFileHandler: warn', 'values: [nope.yaml]')))).toEqual([
      'in ./helmfile.yaml: failed to read helmfile.yaml: invalid missing file handler "warn" while processing "nope.yaml" in "helmfile.yaml": it must be one of [Error Warn Info Debug]',
    ]);
  });

  it('of secrets fall back to the handler of the file', async () => {
    expect(await errorsOf(one(`missingFileHandler: Info\n${file('secrets: [nope.yaml]', '')}`))).toEqual([]);
    expect(await errorsOf(one(`missingFileHandler: Info\n${file('values: [nope.yaml]', '')}`))).toHaveLength(
      1,
    );
  });
});

it('remote values files come through the fetcher', async () => {
  const url = 'git::https://host/org/repo.git@dir/v.yaml?ref=main';
  const given = { files: { 'helmfile.yaml': list(`"${url}"`), '/cache/v.yaml': 'v: 1\n' } };
  expect(await valuesOf({ ...given, remote: { [url]: ['/cache/v.yaml'] } })).toBe('{"v":1}');
  expect(await errorsOf(given)).toEqual([
    `in ./helmfile.yaml: failed to read helmfile.yaml: cannot fetch ${url}`,
  ]);
  expect((await load({ ...given, options: { deny: ['remote'] } })).diagnostics[0]?.code).toBe(
    'source/remote-denied',
  );
});

it('every value knows where it was written', async () => {
  const files = {
    'helmfile.yaml': `values: [{a: {x: 1}, d: 1}]
---
environments:
  default:
    values:
    - {a: {y: 2}}
    - v.yaml
    - t.yaml.gotmpl
---
${releases}`,
    'v.yaml': 'a:\n  z: [1, two]\n',
    't.yaml.gotmpl': 'a: {t: {{ .Values.d }}}\n',
  };
  const { state } = await load({ files });
  const values = state?.files[0]?.values ?? {};
  const at = (...path: readonly (string | number)[]): string => {
    const span = spanOf(values, ...path);
    return span === undefined
      ? 'nowhere'
      : `${locationOf(span)} ${span.source.text.slice(span.start, span.end)}`;
  };
  expect([at('d'), at('a', 'x'), at('a', 'y'), at('a', 'z', 1), at('a', 't')]).toEqual([
    'helmfile.yaml:1:25 1',
    'helmfile.yaml:1:18 1',
    'helmfile.yaml:6:15 2',
    'v.yaml:2:10 two',
    't.yaml.gotmpl:1:8 {{ .Values.d }}',
  ]);
});
