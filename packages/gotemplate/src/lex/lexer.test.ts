import { expect, test } from 'vitest';
import { Lexer } from './lexer.ts';
import type { Token } from './token.ts';

function lex(text: string): Token[] {
  const lexer = new Lexer(text, { isBreakKeyword: true, isContinueKeyword: true });
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === 'eof' || token.kind === 'error') return tokens;
  }
}

function show(text: string): string {
  return lex(text)
    .map(({ kind, value }) => `${kind} ${JSON.stringify(value)}`)
    .join('\n');
}

test('an action is cut into words, fields, literals and the spaces between them', () => {
  expect(show('a {{- if and .x.y $v (eq "s" `r`) -}} b')).toMatchInlineSnapshot(`
    "text "a"
    left-delimiter "{{"
    if "if"
    space " "
    identifier "and"
    space " "
    field ".x"
    field ".y"
    space " "
    variable "$v"
    space " "
    left-paren "("
    identifier "eq"
    space " "
    string "\\"s\\""
    space " "
    raw-string "\`r\`"
    right-paren ")"
    right-delimiter "}}"
    text "b"
    eof """
  `);
});

test('trim markers and comments lie between tokens', () => {
  expect(show('one \n {{- /* gone\n */ -}} \n two')).toMatchInlineSnapshot(`
    "text "one"
    text "two"
    eof """
  `);
});

test('numbers are read greedily, signs included', () => {
  expect(show("{{ 1 -2 +0x1F 1_0.5e-3 3+4i 'c' .5 }}")).toMatchInlineSnapshot(`
    "left-delimiter "{{"
    space " "
    number "1"
    space " "
    number "-2"
    space " "
    number "+0x1F"
    space " "
    number "1_0.5e-3"
    space " "
    complex "3+4i"
    space " "
    char-constant "'c'"
    space " "
    number ".5"
    space " "
    right-delimiter "}}"
    eof """
  `);
});

test.each([
  ['{{/* x', 'unclosed comment'],
  ['{{/* x */ }}', 'comment ends before closing delimiter'],
  ['{{ "a\n" }}', 'unterminated quoted string'],
  ["{{ 'a }}", 'unterminated character constant'],
  ['{{ `a }}', 'unterminated raw quoted string'],
  ['{{ .a', 'unclosed action'],
  ['{{ (1 }}', 'unclosed left paren'],
  ['{{ 1) }}', 'unexpected right paren'],
  ['{{ $x=1 }}', "bad character U+003D '='"],
  ['{{ .a-b }}', "bad character U+002D '-'"],
  ['{{ x : y }}', 'expected :='],
  ['{{ 12ab }}', 'bad number syntax: "12a"'],
  ['{{ 1+2 }}', 'bad number syntax: "1+2"'],
  ['{{ “x” }}', "unrecognized character in action: U+201C '“'"],
  ['{{ \u0001 }}', 'unrecognized character in action: U+0001'],
  ['{{ \udc80 }}', "unrecognized character in action: U+FFFD '\ufffd'"],
])('%j stops with %j', (text, message) => {
  expect(lex(text).at(-1)).toMatchObject({ kind: 'error', value: message });
});

test('break and continue are names where functions are called so', () => {
  const lexer = new Lexer('{{break}}', { isBreakKeyword: false, isContinueKeyword: true });
  lexer.next();
  expect(lexer.next().kind).toBe('identifier');
});
