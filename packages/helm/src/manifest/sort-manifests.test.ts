import { GoError } from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import { formatLogRecord } from '../chart/log-record.ts';
import { sortManifests } from './sort-manifests.ts';

const files = new Map([
  ['c/templates/b.yaml', 'kind: Service\nmetadata: {name: s}\n---\nkind: Secret\nmetadata: {name: x}\n'],
  ['c/templates/a.yaml', 'kind: Deployment\nmetadata: {name: d}\n'],
  ['c/templates/_p.yaml', 'kind: Ignored\n'],
  ['c/templates/empty.yaml', ' \n'],
  ['c/templates/comment.yaml', '# nothing here\n'],
]);

test('files by path, documents in their order, then by kind; comments alone are kept', () => {
  expect(sortManifests(files).manifests.map((each) => [each.path, each.kind, each.head.name])).toEqual([
    ['c/templates/b.yaml', 'Secret', 'x'],
    ['c/templates/b.yaml', 'Service', 's'],
    ['c/templates/a.yaml', 'Deployment', 'd'],
    ['c/templates/comment.yaml', '', ''],
  ]);
});

describe('hooks', () => {
  const hook = (annotations: string): string =>
    `kind: Job\nmetadata:\n  name: j\n  annotations: {${annotations}}\n`;

  test('carry events, weight and policies', () => {
    const text = hook(
      '"helm.sh/hook": " Pre-Install,test-success", "helm.sh/hook-weight": 5, "helm.sh/hook-delete-policy": "Hook-Succeeded, other"',
    );
    expect(sortManifests(new Map([['c/h.yaml', text]])).hooks).toEqual([
      {
        name: 'j',
        kind: 'Job',
        path: 'c/h.yaml',
        content: text,
        events: ['pre-install', 'test'],
        weight: 5,
        deletePolicies: ['hook-succeeded', 'other'],
        outputLogPolicies: [],
      },
    ]);
  });

  test('with an unknown event are dropped, and said so', () => {
    const log: string[] = [];
    const sorted = sortManifests(new Map([['c/h.yaml', hook('"helm.sh/hook": "crd-install"')]]), {
      log: (record) => log.push(formatLogRecord(record)),
    });
    expect([sorted, log]).toEqual([
      { hooks: [], manifests: [] },
      ['level=INFO msg="skipping unknown hooks" hookTypes=crd-install'],
    ]);
  });

  test('with a weight that is no number have none', () => {
    const text = hook('"helm.sh/hook": test, "helm.sh/hook-weight": "1.5"');
    expect(sortManifests(new Map([['h', text]])).hooks[0]?.weight).toBe(0);
  });
});

test.each([
  ['a: [\n', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
  [
    '- a\n',
    'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type util.SimpleHead',
  ],
  [
    'kind: {a: b}\n',
    'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go struct field SimpleHead.kind of type string',
  ],
  [
    'metadata: {annotations: {a: {b: c}}}\n',
    'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go struct field .metadata.annotations of type string',
  ],
])('%j is refused', (text, reason) => {
  expect(() => sortManifests(new Map([['c/t.yaml', text]]))).toThrow(
    new GoError(`YAML parse error on c/t.yaml: ${reason}`),
  );
});
