import { gzipSync } from 'node:zlib';
import { decodeBytes, encodeText, GoError, toGoJson } from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import type { Chart } from './chart.ts';
import { memoryChartFiles } from './chart-files.ts';
import { type LoadChartOptions, loadChart } from './load-chart.ts';
import { formatLogRecord } from './log-record.ts';

const chartYaml = 'apiVersion: v2\nname: app\nversion: 1.0.0\n';

type Files = Readonly<Record<string, string>>;

function loadFiles(files: Files, options?: LoadChartOptions): Chart {
  return loadChart({ kind: 'directory', files: memoryChartFiles(files, '/c') }, options);
}

interface TarMember {
  readonly name: string;
  readonly content?: string;
  readonly type?: string;
  /** A size other than that of the content. */
  readonly size?: number;
}

function tarHeader({ name, content = '', type = '0', size }: TarMember): Uint8Array {
  const block = new Uint8Array(512);
  const put = (text: string, at: number): void => block.set(encodeText(text), at);
  put(name, 0);
  put('0000644\0', 100);
  put(`${(size ?? encodeText(content).length).toString(8).padStart(11, '0')}\0`, 124);
  put('14524770400\0', 136);
  put('        ', 148);
  put(type, 156);
  put('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function tgz(members: readonly TarMember[]): Uint8Array {
  const blocks = members.flatMap((member) => {
    const content = encodeText(member.content ?? '');
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [tarHeader(member), padded];
  });
  return gzipSync(Buffer.concat([...blocks, new Uint8Array(1024)]));
}

function loadArchive(members: readonly TarMember[], options?: LoadChartOptions): Chart {
  return loadChart({ kind: 'archive', name: 'app.tgz', bytes: tgz(members) }, options);
}

function archiveError(members: readonly TarMember[]): string {
  try {
    loadArchive(members, { compat: 'v3' });
  } catch (error) {
    if (error instanceof GoError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('files', () => {
  test('are told apart by their place', () => {
    const chart = loadFiles({
      'Chart.yaml': chartYaml,
      'Chart.lock':
        'digest: sha256:0\ngenerated: "2020-01-01T00:00:00Z"\ndependencies: [{name: db, version: 1.0.0, repository: ""}]\n',
      'values.yaml': '\ufeffa: 1\n',
      'values.schema.json': '{}',
      'README.md': 'x',
      'crds/a.yaml': 'x',
      'templates/a.yaml': 'x',
      'templates/tests/t.yaml': 'x',
      'charts/db.prov': 'x',
      'charts/_off/Chart.yaml': 'x',
    });
    expect({
      templates: chart.templates.map((file) => file.name),
      files: chart.files.map((file) => file.name),
      values: toGoJson(chart.values),
      schema: decodeBytes(chart.schema?.data ?? new Uint8Array()),
      lock: chart.lock?.dependencies?.map((each) => each.name),
      dependencies: chart.dependencies,
    }).toEqual({
      templates: ['templates/a.yaml', 'templates/tests/t.yaml'],
      files: ['README.md', 'charts/db.prov', 'crds/a.yaml'],
      values: '{"a":1}',
      schema: '{}',
      lock: ['db'],
      dependencies: [],
    });
  });

  test('.helmignore leaves files out, and dotfiles of templates always stay out', () => {
    const chart = loadFiles({
      'Chart.yaml': chartYaml,
      '.helmignore': '# comment\n*.md\n/top.txt\nsecret/\n',
      'README.md': '',
      'docs/x.md': '',
      'top.txt': '',
      'docs/top.txt': '',
      'secret/a/b': '',
      'templates/.hidden.yaml': '',
    });
    expect(chart.raw.map((file) => file.name)).toEqual(['.helmignore', 'Chart.yaml', 'docs/top.txt']);
  });

  test('sub-charts of any depth come from directories and archives', () => {
    const inner = tgz([{ name: 'x/Chart.yaml', content: 'apiVersion: v2\nname: inner\nversion: 2.0.0\n' }]);
    const source = memoryChartFiles({
      'Chart.yaml': chartYaml,
      'charts/db/Chart.yaml': 'apiVersion: v1\nname: db\nversion: 1.0.0\n',
      'charts/db/charts/inner.tgz': inner,
    });
    const [db] = loadChart({ kind: 'directory', files: source }).dependencies;
    expect([db?.metadata.name, db?.dependencies[0]?.metadata.name]).toEqual(['db', 'inner']);
  });

  test('requirements.yaml is part of a v1 chart and a warning in a v2 one', () => {
    const log: string[] = [];
    const sink: LoadChartOptions = { log: (record) => log.push(formatLogRecord(record)) };
    const requirements = 'dependencies: [{name: db, version: 1.0.0, repository: ""}]\n';
    const v1 = loadFiles(
      { 'Chart.yaml': 'name: app\nversion: 1.0.0\n', 'requirements.yaml': requirements },
      sink,
    );
    expect([v1.metadata.apiVersion, v1.metadata.dependencies?.length, v1.files.length, log]).toEqual([
      'v1',
      1,
      1,
      [],
    ]);
    const v2 = loadFiles({ 'Chart.yaml': chartYaml, 'requirements.yaml': requirements }, sink);
    expect([v2.metadata.dependencies?.length, v2.files.length, log]).toEqual([
      1,
      0,
      [
        'level=INFO msg="Warning: Dependencies are handled in Chart.yaml since apiVersion \\"v2\\". We recommend migrating dependencies to Chart.yaml."',
      ],
    ]);
  });
});

describe('what is no chart', () => {
  test.each<[string, Files, string]>([
    ['nothing', {}, 'unable to detect chart at /c/Chart.yaml: open /c/Chart.yaml: no such file or directory'],
    [
      'a Chart.yaml that is ignored',
      { 'Chart.yaml': chartYaml, '.helmignore': '*.yaml' },
      'Chart.yaml file is missing',
    ],
    ['another API version', { 'Chart.yaml': 'apiVersion: v9\n' }, 'unsupported chart version'],
    [
      'values that are no table',
      { 'Chart.yaml': chartYaml, 'values.yaml': '- a' },
      'cannot load values.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'a stray file in charts/',
      { 'Chart.yaml': chartYaml, 'charts/README.md': '' },
      'error unpacking subchart README.md in app: Chart.yaml file is missing',
    ],
    [
      'a double star',
      { 'Chart.yaml': chartYaml, '.helmignore': 'a/**' },
      'double-star (**) syntax is not supported',
    ],
  ])('%s', (_name, files, message) => {
    expect(() => loadFiles(files)).toThrow(new GoError(message));
  });

  test.each([
    [
      'name: [a]\n',
      'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field Metadata.name of type string',
    ],
    ['apiVersion: v2\nversion: 1.0.0\n', 'validation: chart.metadata.name is required'],
    ['apiVersion: v2\nname: a/b\nversion: 1.0.0\n', 'validation: chart.metadata.name "a/b" is invalid'],
    ['apiVersion: v2\nname: a\nversion: one\n', 'validation: chart.metadata.version "one" is invalid'],
    [
      'apiVersion: v2\nname: a\nversion: 1.0.0\ntype: x\n',
      'validation: chart.metadata.type must be application or library',
    ],
    [
      'apiVersion: v2\nname: a\nversion: 1.0.0\nmaintainers: [null]\n',
      'validation: maintainers must not contain empty or null nodes',
    ],
    [
      'apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{name: d, alias: "x y"}]\n',
      'validation: dependency "d" has disallowed characters in the alias',
    ],
    [
      'apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{name: d}, {name: e, alias: d}]\n',
      'validation: more than one dependency with name or alias "d"',
    ],
  ])('%j', (yaml, message) => {
    expect(() => loadFiles({ 'Chart.yaml': yaml })).toThrow(new GoError(message));
  });

  test('text in Chart.yaml may be written as a number, keys in any case', () => {
    const { metadata } = loadFiles({
      'Chart.yaml': 'APIVersion: v2\nname: app\nversion: 1\nappVersion: 1.10\nannotations: {a: yes}\n',
    });
    expect([metadata.apiVersion, metadata.version, metadata.appVersion, metadata.annotations]).toEqual([
      'v2',
      '1',
      '1.1',
      new Map([['a', 'true']]),
    ]);
  });
});

describe('archives', () => {
  test('drop the first directory, whatever its name', () => {
    const chart = loadArchive([
      { name: 'any/', type: '5' },
      { name: 'any/Chart.yaml', content: chartYaml },
      { name: 'any\\templates\\a.yaml', content: 'a: 1' },
      { name: 'pax_global_header', type: 'g', content: '' },
    ]);
    expect([chart.metadata.name, chart.templates[0]?.name, chart.modTime?.seconds]).toEqual([
      'app',
      'templates/a.yaml',
      1700000000,
    ]);
  });

  test.each<[string, readonly TarMember[], string]>([
    ['an absolute path', [{ name: 'a//etc/passwd' }], 'chart illegally contains absolute paths'],
    ['a path above', [{ name: 'a/../../x' }], 'chart illegally references parent directory'],
    [
      'the directory itself',
      [{ name: 'a/.' }],
      'chart illegally contains content outside the base directory: "a/."',
    ],
    ['a drive', [{ name: 'a/c:/x' }], 'chart contains illegally named files'],
    ['no directory', [{ name: 'Chart.yaml/x', content: chartYaml }], 'chart yaml not in base directory'],
    ['no files', [], 'no files in chart archive'],
    ['a cut archive', [{ name: 'a/x', size: 5_000_000 }], 'unexpected EOF'],
    [
      'a large file, in Helm 3',
      [{ name: 'a/x', size: 6_000_000 }],
      'decompressed chart file "a/x" is larger than the maximum file size 5242880',
    ],
    [
      'more than 100 MiB',
      [{ name: 'a/x', size: 104_857_601 }],
      'decompressed chart is larger than the maximum file size 104857600',
    ],
  ])('%s is refused', (_name, members, message) => {
    expect(archiveError(members)).toBe(message);
  });

  test('links are empty files', () => {
    const members = [
      { name: 'a/Chart.yaml', content: chartYaml },
      { name: 'a/link', type: '2', size: 700 },
    ];
    expect(loadArchive(members).files.map((file) => [file.name, file.data.length])).toEqual([['link', 0]]);
  });

  test.each([
    ['values.yaml', 'a: 1', "file 'values.yaml' seems to be a YAML file, but expected a gzipped archive"],
    ['x', 'short text', "file 'x' does not appear to be a gzipped archive; got 'application/octet-stream'"],
    [
      'x',
      `<html>${' '.repeat(600)}`,
      "file 'x' does not appear to be a gzipped archive; got 'text/html; charset=utf-8'",
    ],
  ])('%s holding %j is none', (name, text, message) => {
    const source = { kind: 'archive', name, bytes: encodeText(text) } as const;
    expect(() => loadChart(source)).toThrow(new GoError(message));
  });
});
