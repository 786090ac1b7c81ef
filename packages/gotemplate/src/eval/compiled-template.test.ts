import { fromJs } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { TemplateSet } from '../template-set.ts';

function runs(text: string, ...data: readonly unknown[]): string[] {
  const set = new TemplateSet({ functions: new Map() });
  set.parse('t', text);
  return data.map((each) => set.execute('t', fromJs(each, 'int')));
}

test('a branch that first runs later sees the variables declared before it, and no later ones', () => {
  const text =
    '{{$a := "outer"}}{{if .now}}{{$b := $a}}{{$a = "changed"}}{{$a := "inner"}}{{$a}} {{$b}} {{end}}{{$c := "c"}}{{$a}} {{$c}}';
  expect(runs(text, { now: false }, { now: true }, { now: false })).toEqual([
    'outer c',
    'inner outer changed c',
    'outer c',
  ]);
});

test('a branch may first run while its template runs already, further down', () => {
  const text =
    '{{define "r"}}{{$n := .n}}{{if .next}}{{template "r" .next}}{{end}}{{if .leaf}}{{$m := .leaf}}{{$m}}{{end}}{{$n}}{{end}}{{template "r" .}}';
  expect(runs(text, { n: 1, next: { n: 2, leaf: 'x', next: { n: 3 } } })).toEqual(['3x21']);
});

test('dot and what it is an element of are those of the place', () => {
  const text = '{{range .list}}{{if .}}{{with .a}}{{.}}{{else}}{{.b}}{{end}}{{end}}{{end}}';
  expect(runs(text, { list: [{}, { a: 1 }, { b: 2 }] })).toEqual(['12']);
  expect(() => runs(text, { list: ['text'] })).toThrow(
    `template: t:1:30: executing "t" at <.a>: can't evaluate field a in type interface {}`,
  );
});
