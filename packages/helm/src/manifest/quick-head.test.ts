import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ManifestHead } from './manifest.ts';
import { parseManifestHead } from './manifest-head.ts';
import { quickManifestHead } from './quick-head.ts';

const plain = `# Source: c/templates/a.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "web"
  labels: {}
  annotations:
    helm.sh/hook: pre-install,post-install
    "helm.sh/hook-weight": "5"
spec:
  containers:
  - name: web
    args: ["--a", b]
    command:
    - /bin/sh
    - -ec
  script: |-
    if [ "$a" = b ]; then
      echo "kind: c"
    fi
  empty:
`;

test('reads the head of plain YAML', () => {
  expect(quickManifestHead(plain)).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    annotations: new Map([
      ['helm.sh/hook', 'pre-install,post-install'],
      ['helm.sh/hook-weight', '5'],
    ]),
  });
});

describe('leaves to the parser', () => {
  test.each([
    ['numbers and booleans where text is wanted', 'metadata:\n  annotations:\n    a: 1\n'],
    ['keys of another case', 'Kind: A\n'],
    ['keys written twice', 'kind: A\nkind: B\n'],
    ['anchors, tags and flow maps', 'a: &x 1\n'],
    ['text over several lines', 'a: b\n  c\n'],
    ['comments behind values', 'kind: A # b\n'],
    ['tabs', 'a:\n\tb: c\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['lists at the top', '- a: b\n'],
    ['broken indentation', 'a:\n  b: c\n d: e\n'],
    ['a value that is no mapping', 'a: b: c\n'],
  ])('%s', (_name, document) => {
    expect(quickManifestHead(document)).toBeUndefined();
  });
});

function parsed(document: string): ManifestHead | string {
  try {
    return parseManifestHead(document);
  } catch (error) {
    return (error as Error).message;
  }
}

const pieces = [
  '  ',
  ' ',
  '- ',
  ': ',
  ':',
  '#',
  '"',
  "'",
  '|',
  '\n',
  '\n  ',
  '\n- ',
  'null',
  '[]',
  '&a ',
  '1.10',
  '.inf',
  '---',
  '\t',
  'Kind: z',
  '-',
  '{',
  ']',
];

test('never differs from the parser, whatever is done to the text', () => {
  const edit = fc.record({
    at: fc.nat(plain.length),
    drop: fc.nat(3),
    insert: fc.constantFrom('', ...pieces),
  });
  const mutant = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce((text, { at, drop, insert }) => text.slice(0, at) + insert + text.slice(at + drop), plain),
    );
  fc.assert(
    fc.property(mutant, (document) => {
      const quick = quickManifestHead(document);
      if (quick !== undefined) expect(quick).toEqual(parsed(document));
    }),
    { seed: 4, numRuns: 2000 },
  );
});
