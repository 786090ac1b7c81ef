import { Dict, encodeText, parseYaml } from '@flotilla/gocompat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLogRecord } from '../chart/log-record.ts';
import { findEntry } from './chart-index.ts';
import { quickYaml } from './quick-yaml.ts';
import { readIndex } from './read-index.ts';

const index = `apiVersion: v1
entries:
  web:
  - apiVersion: v2
    appVersion: "1.0"
    created: "2026-01-02T03:04:05Z"
    description: A chart with a long description that
      goes on in the next line
    digest: 4979e709036250068f9ee49fb330b7ac550185943b36d73d5a2f1623cc4bbeb6
    name: web
    urls:
    - web-1.2.0.tgz
    version: 1.2.0
  - name: web
    urls: [web-2.0.0-rc.1.tgz]
    version: 2.0.0-rc.1
  - name: web
    urls:
    - web-1.10.0.tgz
    version: 1.10.0
  bad:
  - null
  - name: bad
    version: nonsense
generated: "2026-01-02T03:04:05Z"
`;

function read(text: string, log: string[] = []): ReturnType<typeof readIndex> {
  return readIndex(encodeText(text), {
    source: 'test',
    checksAll: true,
    log: (record) => log.push(formatLogRecord(record)),
  });
}

describe('an index', () => {
  test('is sorted, bad entries are left out with warnings', () => {
    const log: string[] = [];
    const read1 = read(index, log);
    expect(read1.entriesOf('web')?.map(({ metadata }) => metadata.version)).toEqual([
      '2.0.0-rc.1',
      '1.10.0',
      '1.2.0',
    ]);
    expect(read1.entriesOf('bad')).toEqual([]);
    expect(log).toEqual([
      'level=WARN msg="skipping loading invalid entry for chart" name=bad version=nonsense source=test error="validation: chart.metadata.version \\"nonsense\\" is invalid"',
      'level=WARN msg="skipping loading invalid entry for chart: empty entry" name=bad source=test',
    ]);
    expect(findEntry(read1, 'web', { version: '1.2.0' })).toMatchObject({
      digest: '4979e709036250068f9ee49fb330b7ac550185943b36d73d5a2f1623cc4bbeb6',
      metadata: {
        description: 'A chart with a long description that goes on in the next line',
        appVersion: '1.0',
      },
    });
  });

  test.each([
    ['', '1.10.0'],
    ['^1', '1.10.0'],
    ['1.2', '1.2.0'],
    ['>0-0', '2.0.0-rc.1'],
    ['2.0.0-rc.1', '2.0.0-rc.1'],
  ])('version %s is %s', (version, expected) => {
    expect(findEntry(read(index), 'web', { version }).metadata.version).toBe(expected);
  });

  test.each([
    ['web', '3', 'no chart version found for web-3'],
    ['nope', '', 'no chart name found'],
    ['bad', '', 'no chart version found'],
    ['web', 'a b', 'improper constraint: "a b"'],
  ])('%s %s is refused', (name, version, message) => {
    expect(() => findEntry(read(index), name, { version })).toThrow(message);
  });

  test('may be JSON, with fields nobody knows', () => {
    const json =
      '{"apiVersion":"v1","zz":1,"entries":{"a":[{"name":"a","version":"1.0.0","zz":2,"urls":["u"]}]}}';
    expect(read(json).entriesOf('a')?.[0]?.urls).toEqual(['u']);
  });

  test.each([
    ['', 'empty index.yaml file'],
    ['entries: {}', 'no API version specified'],
    [
      'apiVersion: v1\nzz: 1\nentries: {}',
      'error unmarshaling JSON: while decoding JSON: json: unknown field "zz"',
    ],
    [
      'apiVersion: v1\nentries:\n  a:\n  - zz: 1\n    name: a\n    version: 1.0.0\n',
      'error unmarshaling JSON: while decoding JSON: json: unknown field "zz"',
    ],
    ['apiVersion: [', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
    [
      'apiVersion: v1\nentries: []',
      'json: cannot unmarshal array into Go struct field IndexFile.entries of type map[string]repo.ChartVersions',
    ],
    ['<html>', 'json: cannot unmarshal string into Go value of type repo.IndexFile'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('with anchors between charts is read as a whole', () => {
    const text = 'apiVersion: v1\nentries:\n  a:\n  - &x {name: a, version: 1.0.0}\n  b:\n  - *x\n';
    expect(read(text).entriesOf('b')?.[0]?.metadata.name).toBe('a');
  });

  test('of dependencies without aliases, as Artifactory writes them, is kept', () => {
    const text =
      'apiVersion: v1\nentries:\n  a:\n  - name: a\n    version: 1.0.0\n    dependencies:\n    - {name: d, version: "1", repository: ""}\n    - {name: d, version: "2", repository: ""}\n';
    expect(read(text).entriesOf('a')?.[0]?.metadata.dependencies).toHaveLength(2);
  });
});

describe('the quick reader', () => {
  test('reads what generators write', () => {
    const text = 'a:\n- b: "x"\n  c: 1.2.3\n  d:\n  - https://e/f\n  - its\n';
    expect(quickYaml(text)).toEqual(parseYaml(text, { dialect: 'v2', numbers: 'int' }));
  });

  test.each([
    'a: &x 1',
    'a: |\n  b',
    'a: {b: c}',
    'a: yes',
    'a: 1e3',
    'a: 0x1',
    'a: b # c',
    'a: "b\\n"',
    '? a',
    'a: 1.0',
  ])('leaves %j to the real one', (text) => expect(quickYaml(text)).toBeUndefined());

  test('never differs from the real one', () => {
    const scalar = fc.constantFrom(
      'x',
      '"y z"',
      "'it''s'",
      '1',
      '1.2.3',
      'a: b',
      '- c',
      '~',
      'v1',
      '2026-01-01',
      '#',
      'a#b',
      '"',
      "'",
      '[]',
      '{}',
      '',
      '0',
      '01',
      '-1',
      '.5',
      'a b',
      '1_0',
      '*a',
      'x:',
      ':',
    );
    const line = fc
      .tuple(
        fc.constantFrom('', '  ', '    '),
        fc.constantFrom('', '- ', 'k: ', 'l:', '- m: ', 'n: '),
        scalar,
      )
      .map(([indent, head, value]) => `${indent}${head}${head === 'l:' ? '' : value}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = `top:\n${lines.join('\n')}\n`;
        const quick = quickYaml(text);
        if (quick === undefined) return;
        expect(quick).toEqual(parseYaml(text, { dialect: 'v2', numbers: 'int' }));
      }),
      { seed: 7, numRuns: 3000 },
    );
  });

  test('gives tables', () => {
    expect(quickYaml('a: b\n')).toBeInstanceOf(Dict);
  });
});
