import { locationOf, source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { TemplateError } from '../errors.ts';
import type { TemplateTree } from './node.ts';
import { nodeText } from './node-text.ts';
import { parseTrees } from './parser.ts';

const functions = new Set(['print', 'printf', 'and', 'or', 'eq', 'len', 'index', 'now']);

function parse(text: string): ReadonlyMap<string, TemplateTree> {
  return parseTrees('t', source('t', text), (name) => functions.has(name));
}

function failure(text: string): TemplateError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`${text} parses`);
}

test.each([
  '{{if .a}}x{{else}}y{{end}}',
  '{{range $i, $v := .l}}{{break}}{{continue}}{{end}}',
  '{{with $x := .a.b | len}}{{$x.y}}{{end}}',
  '{{template "x" .a}}',
  '{{(index .a 1).b.c "d" | printf `%s` 1.5 nil true $ .}}',
  '{{now.Year}}',
])('the canonical text of %s is itself', (text) => {
  const root = parse(text).get('t')?.root;
  expect(root && nodeText(root)).toBe(text);
});

test.each([
  ['{{if .a}}x{{else if .b}}y{{end}}', '{{if .a}}x{{else}}{{if .b}}y{{end}}{{end}}'],
  [
    '{{with .a}}x{{else with .b}}y{{else}}z{{end}}',
    '{{with .a}}x{{else}}{{with .b}}y{{else}}z{{end}}{{end}}',
  ],
  ['{{ $v  :=  1|len }}', '{{$v := 1 | len}}'],
  ['{{ .a | }}', '{{.a}}'],
  ['a {{- /* c */ -}} b', 'ab'],
])('%s is read as %s', (text, canonical) => {
  const root = parse(text).get('t')?.root;
  expect(root && nodeText(root)).toBe(canonical);
});

test('define and block give trees of their own', () => {
  const trees = parse('{{define "a"}}A{{end}}x{{block "b" .}}B{{end}}{{define "e"}} {{/* */}}\n{{end}}');
  expect(Array.from(trees.values(), ({ name, root, isEmpty }) => [name, nodeText(root), isEmpty])).toEqual([
    ['a', 'A', false],
    ['b', 'B', false],
    ['e', ' \n', true],
    ['t', 'x{{template "b" .}}', false],
  ]);
});

test.each([
  ['{{if .a}}', 'unexpected EOF'],
  ['{{end}}', 'unexpected {{end}}'],
  ['{{if .a}}{{else}}{{else}}{{end}}', 'expected end; found {{else}}'],
  ['{{range .a}}{{else if .b}}{{end}}', 'unexpected <if> in input'],
  ['{{if .a}}{{define "x"}}{{end}}{{end}}', 'unexpected <define> in command'],
  ['{{define "x"}}{{else}}{{end}}', 'unexpected {{else}} in define clause'],
  ['{{}}', 'missing value for command'],
  ['{{if}}{{end}}', 'missing value for if'],
  ['{{print ()}}', 'missing value for parenthesized pipeline'],
  ['{{nope}}', 'function "nope" not defined'],
  ['{{$x}}', 'undefined variable "$x"'],
  ['{{$a, $b := 1}}', 'too many declarations in command'],
  ['{{range $a, .b}}{{end}}', 'range can only initialize variables'],
  ['{{1 | 2}}', 'non executable command in pipeline stage 2'],
  ['{{"s".a}}', 'unexpected . after term "\\"s\\""'],
  ['{{break}}', '{{break}} outside {{range}}'],
  ['{{range .l}}{{else}}{{continue}}{{end}}', '{{continue}} outside {{range}}'],
  ['{{range .l}}{{block "b" .}}{{break}}{{end}}{{end}}', '{{break}} outside {{range}}'],
  ['{{range .l}}{{break 1}}{{end}}', 'unexpected "1" in {{break}}'],
  ['{{define "x"}}a{{end}}{{define "x"}}b{{end}}', 'template: multiple definition of template "x"'],
  ['{{print "a""a rather long one"}}', 'unexpected "\\"a rather "... in operand'],
  ['{{template .x}}', 'unexpected ".x" in template clause'],
  ['{{08}}', 'integer overflow: "08"'],
  ['{{1e1000}}', 'illegal number syntax: "1e1000"'],
  ["{{'zz'}}", "malformed character constant: 'zz'"],
  ['{{"\\z"}}', 'invalid syntax'],
])('%s fails with %s', (text, reason) => {
  expect(failure(text).message).toBe(`template: t:1: ${reason}`);
});

test.each([
  ['\n{{.a\n\n"', 'template: t:4: unterminated quoted string in action started at t:2'],
  ['{{.a ', 'template: t:1: unclosed action'],
  ['{{.a\n\n', 'template: t:3: unclosed action started at t:1'],
  ['{{if\n.a}}\n{{print\n', 'template: t:4: unclosed action started at t:3'],
])('%j names the line of the token and the line the action began', (text, message) => {
  expect(failure(text).message).toBe(message);
});

test('the span of an error is in the file the text was cut from', () => {
  const file = source('helmfile.yaml', 'values:\n  - |\n    a: {{ nope }}\n');
  const part = source('inline', 'a: {{ nope }}\n', { source: file, line: 2, column: 4 });
  try {
    parseTrees('inline', part, () => false);
    expect.unreachable();
  } catch (error) {
    const { span } = error as TemplateError;
    expect(span && locationOf(span)).toBe('helmfile.yaml:3:11');
  }
});

test('nesting without end is an error of the template', () => {
  expect(failure(`{{${'('.repeat(200_000)}`).reason).toBe('max expression depth exceeded');
});
