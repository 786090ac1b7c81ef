import { expect, test } from 'vitest';
import { mergeFiles, splitStream } from './manifest-stream.ts';

const file = `# a comment
apiVersion: v1
kind: ConfigMap
metadata:
    name:   "a"   # named
    labels: {x: y,   z: 'w'}

data:
    empty:
    off: "no"
    list:
      - 1.50
      - 0x10
---
kind: Plain
`;

const stream = `\
# a comment
apiVersion: v1
kind: ConfigMap
metadata:
  name: "a" # named
  labels: {x: y, z: 'w'}
  annotations:
    postrenderer.helm.sh/postrender-filename: 'app/templates/a.yaml'
data:
  empty:
  off: "no"
  list:
  - 1.50
  - 0x10
---
kind: Plain
metadata:
  annotations:
    postrenderer.helm.sh/postrender-filename: 'app/templates/a.yaml'
`;

test('documents say which file they are of, and keep comments, order and quotes', () => {
  const files = new Map([
    ['app/templates/a.yaml', file],
    ['app/templates/_names.tpl', '{{ define "x" }}{{ end }}'],
    ['app/templates/blank.yaml', '\n \n'],
  ]);
  expect(mergeFiles(files)).toBe(stream);
});

test('a stream becomes files again, without a trace of the annotation', () => {
  expect(splitStream(stream)).toEqual(
    new Map([
      [
        'app/templates/a.yaml',
        `\
# a comment
apiVersion: v1
kind: ConfigMap
metadata:
  name: "a" # named
  labels: {x: y, z: 'w'}
data:
  empty:
  off: "no"
  list:
  - 1.50
  - 0x10
---
kind: Plain
`,
      ],
    ]),
  );
});

test('a document that a post-renderer added has a file of its own', () => {
  expect(splitStream('kind: One\n---\n# nothing\n---\nkind: Two\n')).toEqual(
    new Map([
      ['generated-by-postrender-0.yaml', 'kind: One\n'],
      ['generated-by-postrender-1.yaml', 'kind: Two\n'],
    ]),
  );
});

test.each([
  ['a: [1', 'error parsing YAML: '],
  ['a: b: c', 'error parsing YAML: '],
])('%j is no stream', (text, message) => {
  expect(() => splitStream(text)).toThrow(message);
});
