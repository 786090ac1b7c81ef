// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Go's replacement syntax
import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('matching', () => {
  test.each([
    [
      '{{ regexMatch "^a+$" "aaa" }} {{ regexMatch "[z" "z" }} {{ mustRegexMatch "b" "abc" }}',
      'true false true',
    ],
    ['{{ regexFind "[a-z]+" "12ab3cd" }} {{ regexFind "x" "ab" | quote }}', 'ab ""'],
    [
      '{{ regexFindAll "a*" "baaac" -1 | toJson }} {{ regexFindAll "[0-9]" "1a2b3" 2 }} {{ regexFindAll "x" "abc" -1 | toJson }} {{ regexFindAll "a" "aa" 0 | toJson }}',
      '["","aaa",""] [1 2] null null',
    ],
    ['{{ mustRegexFind "é+" "caféé" }} {{ mustRegexFindAll "." "日本" -1 }}', 'éé [日 本]'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('replacing', () => {
  test.each([
    [
      '{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }} {{ regexReplaceAll "a(x*)b" "-ab-axxb-" "$1W" }}',
      '-W-xxW- ---',
    ],
    [
      '{{ regexReplaceAll "(?P<n>o+)" "foo boo" "<$n>$$" }} {{ regexReplaceAll "" "ab" "-" }}',
      'f<oo>$ b<oo>$ -a-b-',
    ],
    [
      '{{ regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}" }} {{ mustRegexReplaceAll "[^a-z]+" "a1-b" "_" }} {{ mustRegexReplaceAllLiteral "a" "aa" "$0" }}',
      '-${1}-${1}- a_b $0$0',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('splitting', () => {
  test.each([
    [
      '{{ regexSplit "z+" "pizza" -1 | toJson }} {{ regexSplit "z" "pizza" 2 | toJson }} {{ regexSplit "a" "" -1 | toJson }} {{ regexSplit "" "" -1 | toJson }} {{ regexSplit "" "abc" -1 | toJson }} {{ regexSplit "a" "banana" 0 | toJson }}',
      '["pi","a"] ["pi","za"] [""] [] ["a","b","c"] null',
    ],
    ['{{ mustRegexSplit "[,;]" "a,b;c" -1 }}', '[a b c]'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('quoting and errors', () => {
  test.each([
    ['{{ regexQuoteMeta "a.b-[c]/$" }}', 'a\\.b-\\[c\\]/\\$'],
    [
      '{{ regexFind "[z" "z" }}',
      'template: t:1:3: executing "t" at <regexFind "[z" "z">: error calling regexFind: regexp: Compile(`[z`): error parsing regexp: missing closing ]: `[z`',
    ],
    [
      '{{ regexSplit "a`(" "z" 1 }}',
      'template: t:1:3: executing "t" at <regexSplit "a`(" "z" 1>: error calling regexSplit: regexp: Compile("a`("): error parsing regexp: missing closing ): `a`(`',
    ],
    [
      '{{ mustRegexFind "(a" "z" }}',
      'template: t:1:3: executing "t" at <mustRegexFind "(a" "z">: error calling mustRegexFind: error parsing regexp: missing closing ): `(a`',
    ],
    [
      '{{ mustRegexMatch "a{1001}" "z" }}',
      'template: t:1:3: executing "t" at <mustRegexMatch "a{1001}" "z">: error calling mustRegexMatch: error parsing regexp: invalid repeat count: `{1001}`',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
