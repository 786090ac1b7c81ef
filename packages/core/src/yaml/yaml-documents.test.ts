import { formatDiagnostic, source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { splitParts } from '../source/split-parts.ts';
import { readDocuments, writtenIn } from './yaml-documents.ts';

test('a syntax error is shown where it is, with what Helmfile says', () => {
  const file = source('helmfile.yaml', 'a: 1\n---\nreleases:\n- name: "web\n  chart: x\n');
  const part = splitParts(file)[1]!.source;
  const { documents, problem } = readDocuments(part, writtenIn(part));
  expect([documents.length, problem?.index, problem?.text]).toEqual([
    0,
    1,
    'yaml: line 2: found unexpected end of stream',
  ]);
  expect(formatDiagnostic(problem!.diagnostic)).toMatchInlineSnapshot(`
    "error yaml/syntax  helmfile.yaml:6:1
      found unexpected end of stream
       4 | - name: "web
       5 |   chart: x
     > 6 |
         | ^
      helmfile.yaml:4:1: the quote is opened here
       2 | ---
       3 | releases:
     > 4 | - name: "web
         | ^^^^^^^^^^^^
       5 |   chart: x"
  `);
});

test('documents in front of the error are read', () => {
  const file = source('f', 'a: 1\n--- \nb: 1\n--- \n[\n');
  const { documents, problem } = readDocuments(file, writtenIn(file));
  expect([documents.length, problem?.index, problem?.text]).toEqual([
    2,
    3,
    'yaml: line 5: did not find expected node content',
  ]);
});

test('usual slips have a hint', () => {
  const slips = ['a:\n\tb: 1\n', 'a: @b\n', 'a: b: c\n', '{{- if x }}\na: 1\n'];
  const shown = slips.map((text) => {
    const file = source('f', text);
    const diagnostic = readDocuments(file, writtenIn(file)).problem!.diagnostic;
    return `${diagnostic.message}. ${diagnostic.hint ?? ''}`;
  });
  expect(shown).toMatchInlineSnapshot(`
    [
      "found character that cannot start any token. Indent with spaces: YAML takes no tabs.",
      "found character that cannot start any token. Put the value in quotes.",
      "mapping values are not allowed in this context. Put a value with ": " in it in quotes, or check the indentation.",
      "did not find expected node content. It looks like a template action: name the file *.gotmpl to have it rendered.",
    ]
  `);
});
