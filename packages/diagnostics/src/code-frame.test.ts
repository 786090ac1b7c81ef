import { expect, test } from 'vitest';
import { errorDiagnostic, formatDiagnostic, source, span } from './index.ts';

test('a frame shows the place, two lines of context, the marked text and the help', () => {
  const text =
    'releases:\n  - name: web\n    chart: ./charts/web\n    needs:\n      - databse/postgres\n  - name: postgres\n';
  const file = source('helmfile.yaml', text);
  const start = text.indexOf('databse/postgres');
  const diagnostic = errorDiagnostic(
    'needs/undefined-release',
    'release "web" needs "databse/postgres", which is not defined',
    {
      span: span(file, start, start + 'databse/postgres'.length),
      hint: 'did you mean "database/postgres"?',
    },
  );
  expect(formatDiagnostic(diagnostic)).toMatchInlineSnapshot(`
    "error needs/undefined-release  helmfile.yaml:5:9
      release "web" needs "databse/postgres", which is not defined
       3 |     chart: ./charts/web
       4 |     needs:
     > 5 |       - databse/postgres
         |         ^^^^^^^^^^^^^^^^
       6 |   - name: postgres
      help: did you mean "database/postgres"?"
  `);
});

test('a span inside a part is shown in the file it was cut from', () => {
  const file = source('helmfile.yaml', 'a: 1\n---\nb: [\nc: 2\n');
  const part = source('helmfile.yaml', 'b: [\nc: 2\n', { source: file, line: 2, column: 0 });
  const diagnostic = errorDiagnostic('yaml/syntax', 'unclosed list', { span: span(part, 3, 4) });
  expect(formatDiagnostic(diagnostic)).toMatchInlineSnapshot(`
    "error yaml/syntax  helmfile.yaml:3:4
      unclosed list
       1 | a: 1
       2 | ---
     > 3 | b: [
         |    ^
       4 | c: 2"
  `);
});

test('long spans are folded and long lines are cut around the mark', () => {
  const long = `${'x'.repeat(200)}HERE${'y'.repeat(200)}`;
  const file = source('f', `1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n${long}\n`);
  expect(
    formatDiagnostic(errorDiagnostic('yaml/syntax', 'folded', { span: span(file, 0, 16) })),
  ).toMatchInlineSnapshot(`
    "error yaml/syntax  f:1:1
      folded
     >  1 | 1
          | ^
     >  2 | 2
          | ^
          | … 4 more lines
     >  7 | 7
          | ^
     >  8 | 8
          | ^
        9 | 9
       10 | 10"
  `);
  const at = file.text.indexOf('HERE');
  expect(
    formatDiagnostic(errorDiagnostic('yaml/syntax', 'cut', { span: span(file, at, at + 4) })),
  ).toMatchInlineSnapshot(`
    "error yaml/syntax  f:11:201
      cut
        9 | 9
       10 | 10
     > 11 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxHEREyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
          |                                                              ^^^^"
  `);
});
