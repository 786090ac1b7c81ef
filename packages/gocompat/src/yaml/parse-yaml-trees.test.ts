import { expect, test } from 'vitest';
import { nodeToValue, parseYamlTrees } from './parse-yaml.ts';

const options = { dialect: 'v3' } as const;

test('every document has its tree, and anchors live on', () => {
  const text = 'a: &x 1\n---\nb: *x\n--- \n';
  const { roots, problem } = parseYamlTrees(text, options);
  expect(roots.map((root) => nodeToValue(root, text, { ...options, numbers: 'float64' }))).toEqual([
    { a: 1 },
    { b: 1 },
    null,
  ]);
  expect([problem, roots.map((root) => root.line)]).toEqual([undefined, [0, 2, 4]]);
});

test('documents in front of a problem are there', () => {
  const { roots, problem } = parseYamlTrees('a: 1\n---\nb: 1\n---\n[\n', options);
  expect([roots.length, problem?.message]).toEqual([2, 'yaml: line 5: did not find expected node content']);
  expect(parseYamlTrees('# nothing\n', options)).toEqual({ roots: [] });
});
