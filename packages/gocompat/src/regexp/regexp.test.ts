import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sprintf } from '../fmt/sprintf.ts';
import { GoError } from '../value/go-struct.ts';
import { compileRegexp, quoteMeta } from './go-regexp.ts';
import { parseRegexp } from './parse-regexp.ts';
import { compilePike } from './pike.ts';

/** Whether it matches, the match, all matches, replacement, pieces, groups, which groups took part, group names. */
function summary(pattern: string, text: string, template: string, limit: number): string {
  const regexp = compileRegexp(pattern);
  const groups = regexp.search(text)?.groups ?? [];
  return sprintf('%v %q %q %q %q %q %s %q', [
    regexp.matches(text),
    regexp.find(text),
    regexp.findAll(text, limit) ?? [],
    regexp.replaceAll(text, template),
    regexp.split(text, limit) ?? [],
    groups.map((group) => group ?? ''),
    groups.map((group) => (group === undefined ? '0' : '1')).join(''),
    regexp.groupNames,
  ]);
}

/** Recorded from Go 1.26. */
test.each([
  ['a*', 'baaac', '<$0>', -1, 'true "" ["" "aaa" ""] "<>b<aaa>c<>" ["b" "c"] [""] 1 [""]'],
  [
    '(\\w+)@(?P<host>\\w+)',
    'me@home you@work',
    '$' + '{host}:$1 $1x $' + '{1}x $$',
    -1,
    'true "me@home" ["me@home" "you@work"] "home:me  mex $ work:you  youx $" ["" " " ""] ["me@home" "me" "home"] 111 ["" "" "host"]',
  ],
  [',', 'a,b,,c', '', 2, 'true "," ["," ","] "abc" ["a" "b,,c"] [","] 1 [""]'],
  [',', '', '', -1, 'false "" [] "" [""] []  [""]'],
  ['', 'é日😀', '-', -1, 'true "" ["" "" "" ""] "-é-日-😀-" ["é" "日" "😀"] [""] 1 [""]'],
  ['', '', '-', -1, 'true "" [""] "-" [] [""] 1 [""]'],
  [
    '(?i)straße|k',
    'STRAßE KK',
    '_',
    -1,
    'true "STRAßE" ["STRAßE" "K" "K"] "_ __" ["" " " "" ""] ["STRAßE"] 1 [""]',
  ],
  ['(a)|b', 'ab', '[$1]', -1, 'true "a" ["a" "b"] "[a][]" ["" "" ""] ["a" "a"] 11 ["" ""]'],
  ['(?:(a)|b)*', 'ab', '$1', -1, 'true "ab" ["ab"] "a" ["" ""] ["ab" "a"] 11 ["" ""]'],
  ['(a*)*', 'b', '($1)', -1, 'true "" ["" ""] "()b()" ["b"] ["" ""] 11 ["" ""]'],
  ['(|a)+', 'aa', '($1)', -1, 'true "" ["" "" ""] "()a()a()" ["a" "a"] ["" ""] 11 ["" ""]'],
  ['^a$', 'b\na\nb', 'x', -1, 'false "" [] "b\\na\\nb" ["b\\na\\nb"] []  [""]'],
  ['(?m)^a$', 'b\na\nb', 'x', -1, 'true "a" ["a"] "b\\nx\\nb" ["b\\n" "\\nb"] ["a"] 1 [""]'],
  ['(?s)a.b', 'a\nb', 'x', -1, 'true "a\\nb" ["a\\nb"] "x" ["" ""] ["a\\nb"] 1 [""]'],
  ['a.b', 'a\nb', 'x', -1, 'false "" [] "a\\nb" ["a\\nb"] []  [""]'],
  ['(?U)a+', 'aaa', 'x', -1, 'true "a" ["a" "a" "a"] "xxx" ["" "" "" ""] ["a"] 1 [""]'],
  ['(?i:a)b', 'Ab aB', 'x', -1, 'true "Ab" ["Ab"] "x aB" ["" " aB"] ["Ab"] 1 [""]'],
  ['\\bfoo\\b', 'foo-foo_foo', 'x', -1, 'true "foo" ["foo"] "x-foo_foo" ["" "-foo_foo"] ["foo"] 1 [""]'],
  ['(?i)\\bK\\b', 'k K', 'x', -1, 'true "k" ["k"] "x K" ["" " K"] ["k"] 1 [""]'],
  ['\\B', 'a😀b', '-', -1, 'false "" [] "a😀b" ["a😀b"] []  [""]'],
  ['[[:upper:]]+[^[:space:]]', 'abCDe f', 'x', -1, 'true "CDe" ["CDe"] "abx f" ["ab" " f"] ["CDe"] 1 [""]'],
  ['\\p{Greek}+|\\pN', 'αβγ1x', 'x', -1, 'true "αβγ" ["αβγ" "1"] "xxx" ["" "" "x"] ["αβγ"] 1 [""]'],
  ['[]a-]+', 'x]-a', '_', -1, 'true "]-a" ["]-a"] "x_" ["x" ""] ["]-a"] 1 [""]'],
  ['\\Qa.b\\E+', 'a.bbb', '_', -1, 'true "a.bbb" ["a.bbb"] "_" ["" ""] ["a.bbb"] 1 [""]'],
  ['a{,3}x{2}', 'a{,3}xx', '_', -1, 'true "a{,3}xx" ["a{,3}xx"] "_" ["" ""] ["a{,3}xx"] 1 [""]'],
  ['\\x41\\x{1F600}\\101', 'A😀A', '_', -1, 'true "A😀A" ["A😀A"] "_" ["" ""] ["A😀A"] 1 [""]'],
  ['\\A\\w+?\\z', 'ab', '_', -1, 'true "ab" ["ab"] "_" ["" ""] ["ab"] 1 [""]'],
  ['in|int', 'int', '_', -1, 'true "in" ["in"] "_t" ["" "t"] ["in"] 1 [""]'],
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    'a-b.example.com',
    '$1|$2|$3',
    -1,
    'true "a-b.example.com" ["a-b.example.com"] "-b|.com|om" ["" ""] ["a-b.example.com" "-b" ".com" "om"] 1111 ["" "" "" ""]',
  ],
  [
    '(a+)+$',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
    'x',
    -1,
    'false "" [] "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"] []  ["" ""]',
  ],
  ['\\s+', ' a  b ', '_', -1, 'true " " [" " "  " " "] "_a_b_" ["" "a" "b" ""] [" "] 1 [""]'],
  ['x', 'abc', 'y', -1, 'false "" [] "abc" ["abc"] []  [""]'],
  ['b', 'abcbd', '$é$', 0, 'true "b" [] "a$c$d" [] ["b"] 1 [""]'],
] as [string, string, string, number, string][])('%s on %j', (...row) => {
  const [pattern, text, template, limit, expected] = row;
  expect(summary(pattern, text, template, limit)).toBe(expected);
});

test.each([
  ['a**', 'error parsing regexp: invalid nested repetition operator: `**`'],
  ['a{2}{3}', 'error parsing regexp: invalid nested repetition operator: `{2}{3}`'],
  ['(a', 'error parsing regexp: missing closing ): `(a`'],
  ['a)', 'error parsing regexp: unexpected ): `a)`'],
  ['[a', 'error parsing regexp: missing closing ]: `[a`'],
  ['x{1001}', 'error parsing regexp: invalid repeat count: `{1001}`'],
  ['(?:x{100}){100}', 'error parsing regexp: invalid repeat count: `{100}`'],
  ['\\8', 'error parsing regexp: invalid escape sequence: `\\8`'],
  ['\\1', 'error parsing regexp: invalid escape sequence: `\\1`'],
  ['(?<n', 'error parsing regexp: invalid named capture: `(?<n`'],
  ['(?P=n)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?P`'],
  ['(?P<a-b>x)', 'error parsing regexp: invalid named capture: `(?P<a-b>`'],
  ['\\Z', 'error parsing regexp: invalid escape sequence: `\\Z`'],
  ['a\\', 'error parsing regexp: trailing backslash at end of expression: ``'],
  ['\\x{110000}', 'error parsing regexp: invalid escape sequence: `\\x{110000`'],
  ['[[:foo:]]', 'error parsing regexp: invalid character class range: `[:foo:]`'],
  ['[z-a]', 'error parsing regexp: invalid character class range: `z-a`'],
  ['\\pX', 'error parsing regexp: invalid character class range: `\\pX`'],
  ['\\p{Old_Italic}', 'error parsing regexp: invalid character class range: `\\p{Old_Italic}`'],
  ['(?i-)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?i-)`'],
  ['(?=a)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
  ['(?<!a)', 'error parsing regexp: invalid named capture: `(?<!a)`'],
  ['*', 'error parsing regexp: missing argument to repetition operator: `*`'],
  ['a|*', 'error parsing regexp: missing argument to repetition operator: `*`'],
  ['{2}', 'error parsing regexp: missing argument to repetition operator: `{2}`'],
  ['[a-\\d]', 'error parsing regexp: invalid escape sequence: `\\d`'],
  ['\\C', 'error parsing regexp: invalid escape sequence: `\\C`'],
  ['a++', 'error parsing regexp: invalid nested repetition operator: `++`'],
  ['x{5,2}', 'error parsing regexp: invalid repeat count: `{5,2}`'],
  ['a\udcff', 'error parsing regexp: invalid UTF-8: `\udcff`'],
])('%s is refused', (pattern, message) => {
  expect(() => compileRegexp(pattern)).toThrow(new GoError(message));
});

test('both engines agree', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '.',
    'a?',
    'b*',
    '(a|b)',
    '(ab)?',
    '\\b',
    '$',
    'a+?',
    '(?:ba|b)',
  );
  const pattern = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', ' ') }), (source, text) => {
      const slots = compilePike(parseRegexp(source).root).search(text, 0);
      const match = compileRegexp(source).search(text);
      expect([slots?.[0], slots?.[1]]).toEqual([match?.start, match?.end]);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('a quoted text matches itself only', () => {
  expect(quoteMeta('a.b*[c]-/{}')).toBe('a\\.b\\*\\[c\\]-/\\{\\}');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(compileRegexp(`^${quoteMeta(text)}$`).find(text)).toBe(text);
    }),
    { seed: 1 },
  );
});

test('names of groups that took part win', () => {
  const regexp = compileRegexp('(?P<n>a)|(?P<n>b)');
  expect(regexp.replaceAll('ab', '<$n>')).toBe('<a><b>');
  expect(regexp.replaceAllLiteral('ab', '$n')).toBe('$n$n');
});
