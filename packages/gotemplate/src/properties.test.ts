import { source } from '@flotilla/diagnostics';
import { dict, GoError, int } from '@flotilla/gocompat';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TemplateError } from './errors.ts';
import { Lexer } from './lex/lexer.ts';
import type { Token } from './lex/token.ts';
import { parseTrees } from './parse/parser.ts';
import { TemplateSet } from './template-set.ts';

const pieces = [
  'text',
  ' \n ',
  '{{',
  '}}',
  '{{- ',
  ' -}}',
  '{{if .a}}',
  '{{range $i, $v := .l}}',
  '{{with .m}}',
  '{{else}}',
  '{{else if .b}}',
  '{{end}}',
  '{{break}}',
  '{{continue}}',
  '{{define "x"}}',
  '{{block "y" .}}',
  '{{template "x" .m}}',
  '{{$v := .a}}',
  '{{$v = 1}}',
  '{{$v}}',
  '{{.a.b.c}}',
  '{{(.m).k}}',
  '{{and .a (or .b 1)}}',
  '{{eq .a 1 "2" nil}}',
  '{{printf "%v" .m | len}}',
  '{{index .l 1}}',
  '{{/* c */}}',
  '"q"',
  '`r`',
  "'c'",
  ' ',
  '|',
  '(',
  ')',
  '.a',
  '$v',
  ':=',
  ',',
  '1.5',
  '-7',
  '0x1p2',
  'nil',
  'true',
  'é日\u{1f600}',
  '\udc80',
  '\r\n',
] as const;

/** Template text, well-formed and broken. */
const templateText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 4 })), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

function lex(text: string): Token[] {
  const lexer = new Lexer(text, { isBreakKeyword: true, isContinueKeyword: true });
  const tokens: Token[] = [];
  for (let token = lexer.next(); token.kind !== 'eof' && token.kind !== 'error'; token = lexer.next()) {
    tokens.push(token);
  }
  return tokens;
}

test('tokens tile the text: in order, and between them only what trimming and comments remove', () => {
  fc.assert(
    fc.property(templateText, (text) => {
      let at = 0;
      for (const token of lex(text)) {
        expect(token.start).toBeGreaterThanOrEqual(at);
        const gap = text.slice(at, token.start);
        expect(gap.replaceAll(/\{\{(?:- )?\/\*(?:.|\s)*?\*\/(?: -)?\}\}|[\s-]/g, '')).toBe('');
        expect(text.slice(token.start, token.end)).toBe(token.value);
        at = token.end;
      }
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});

test('whatever the text, the parser throws nothing but TemplateError', () => {
  fc.assert(
    fc.property(templateText, (text) => {
      try {
        parseTrees('t', source('t', text), (name) => name !== 'r');
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
      }
    }),
    { seed: 7, numRuns: 3000 },
  );
});

test('whatever the text, running it gives text or TemplateError, and a map that covers the text', () => {
  const data = dict([
    ['a', 'text'],
    ['b', null],
    ['l', [1, int(2), 'three', null]],
    ['m', dict([['k', dict()]])],
  ]);
  fc.assert(
    fc.property(templateText, fc.constantFrom('default', 'zero', 'error'), (text, missingKey) => {
      const set = new TemplateSet({ functions: new Map(), missingKey });
      try {
        set.parse('t', text);
        const rendered = set.execute('t', data);
        const { text: mapped, map } = set.executeWithMap('t', data);
        expect(mapped).toBe(rendered);
        let at = 0;
        for (const { outputStart, outputEnd, span, isVerbatim } of map.segments) {
          expect(outputStart).toBe(at);
          at = outputEnd;
          const from = span.source.text.slice(span.start, span.end);
          if (isVerbatim) expect(rendered.slice(outputStart, outputEnd)).toBe(from);
        }
        expect(at).toBe(rendered.length);
      } catch (error) {
        if (!(error instanceof TemplateError || error instanceof GoError)) throw error;
      }
    }),
    { seed: 11, numRuns: 3000 },
  );
});
