import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('trimming', () => {
  test.each([
    ['{{ trim " \\t\\u0085 a b\\u3000\\n" }}|', 'a b|'],
    ['{{ trim "\\ufeffa" | printf "%q" }}', '"\\ufeffa"'],
    ['{{ trimAll "$-" "-$5.00$-" }}', '5.00'],
    ['{{ trimall "é" "éaé" }}', 'a'],
    ['{{ trimSuffix "-" "a--" }}', 'a-'],
    ['{{ trimPrefix "-" "--a" }}', '-a'],
    ['{{ trimSuffix "" "abc" }}', 'abc'],
    ['{{ nospace " a\tb c " }}', 'abc'],
    ['{{ nospace "é b" }}', 'Ã©b'],
    ['{{ nospace "日本" }}', '日本'],
    ['{{ initials "First Try" }}', 'FT'],
    ['{{ initials "émile zola" }}', 'Ãz'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('cutting by bytes', () => {
  test.each([
    ['{{ trunc 5 "hello world" }}', 'hello'],
    ['{{ trunc -5 "hello world" }}', 'world'],
    ['{{ trunc -20 "abc" }}', 'abc'],
    ['{{ trunc 0 "abc" }}|', '|'],
    ['{{ trunc 4 "日本" | printf "%q" }}', '"日\\xe6"'],
    ['{{ trunc -1 "é" | printf "%q" }}', '"\\xa9"'],
    ['{{ substr 0 5 "hello world" }}', 'hello'],
    ['{{ substr -1 3 "hello" }}', 'hel'],
    ['{{ substr 2 -1 "hello" }}', 'llo'],
    ['{{ substr 1 99 "hello" }}', 'ello'],
    [
      '{{ substr 5 2 "hello world" }}',
      'template: t:1:3: executing "t" at <substr 5 2 "hello world">: error calling substr: runtime error: slice bounds out of range [5:2]',
    ],
    [
      '{{ substr -1 20 "hello" }}',
      'template: t:1:3: executing "t" at <substr -1 20 "hello">: error calling substr: runtime error: slice bounds out of range [:20] with length 5',
    ],
    [
      '{{ substr 10 -1 "hello" }}',
      'template: t:1:3: executing "t" at <substr 10 -1 "hello">: error calling substr: runtime error: slice bounds out of range [10:5]',
    ],
    ['{{ abbrev 5 "hello world" }}', 'he...'],
    ['{{ abbrev 3 "hello" }}', 'hello'],
    ['{{ abbrev 11 "hello world" }}', 'hello world'],
    ['{{ abbrevboth 5 10 "1234 5678 9123" }}', '...5678...'],
    ['{{ abbrevboth 1 6 "1234 5678" }}', '1234 5678'],
    ['{{ abbrevboth 20 10 "1234 5678 9123" }}', '...78 9123'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('wrapping', () => {
  test.each([
    ['{{ wrap 5 "Hello World" }}', 'Hello\nWorld'],
    ['{{ wrap 80 "short" }}', 'short'],
    ['{{ wrap 5 "averylongword and more" }}', 'averylongword\nand\nmore'],
    ['{{ wrapWith 5 "\\t" "HelloWorld x" }}', 'Hello\tWorld\tx'],
    ['{{ wrapWith 4 "" "日本語" | printf "%q" }}', '"日\\xe6\\n\\x9c\\xac\\xe8\\xaa\\n\\x9e"'],
    ['{{ wrap 0 "a b" }}', 'a\nb'],
    ['{{ wrap 5 "" }}|', '|'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('case', () => {
  test.each([
    ['{{ upper "straße ŉ ﬁ" }}', 'STRAßE ŉ ﬁ'],
    ['{{ lower "İSTANBUL ΑΣ" }}', 'istanbul ασ'],
    ['{{ title "don\'t x-ray foo_bar 2nd" }}', "Don'T X-Ray Foo_bar 2nd"],
    ['{{ title "ǆ" }}', 'ǅ'],
    ['{{ untitle "First Second" }}', 'first second'],
    ['{{ swapcase "This Is A.b 1a" }}', 'tHIS iS a.B 1A'],
    ['{{ upper "\\xff" }}', '�'],
    ['{{ camelcase "http_server" }}', 'HttpServer'],
    ['{{ camelcase "FOOBar" }}', 'Foobar'],
    ['{{ camelcase "HTTP_SERVER x" }}', 'HttpServerX'],
    ['{{ camelcase "_complex__case_" }}', '_Complex_Case_'],
    ['{{ camelcase "_" }}', '__'],
    ['{{ snakecase "APIVersion" }}', 'api_version'],
    ['{{ snakecase "http2xx" }}', 'http_2xx'],
    ['{{ snakecase "Bld4Floor3rd" }}', 'bld4_floor_3rd'],
    ['{{ snakecase "a.bC" }}', 'a.b_c'],
    ['{{ snakecase "日本Foo" }}', '日本_foo'],
    ['{{ kebabcase "HTTPServerID" }}', 'http-server-id'],
    ['{{ kebabcase "Duration2m3s" }}', 'duration-2m3s'],
    ['{{ kebabcase "x1Y aB1c" }}', 'x1-y-a-b-1c'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('shaping', () => {
  test.each([
    ['{{ hello }}', 'Hello!'],
    ['{{ repeat 3 "ab" }}', 'ababab'],
    [
      '{{ repeat -1 "ab" }}',
      'template: t:1:3: executing "t" at <repeat -1 "ab">: error calling repeat: strings: negative Repeat count',
    ],
    ['{{ indent 2 "a\\nb\\n" }}|', '  a\n  b\n  |'],
    ['{{ indent 2 "" }}|', '  |'],
    ['{{ nindent 4 "a\\n\\nb" }}', '\n    a\n    \n    b'],
    [
      '{{ indent -1 "a" }}',
      'template: t:1:3: executing "t" at <indent -1 "a">: error calling indent: strings: negative Repeat count',
    ],
    ['{{ replace "a" "$&" "banana" }}', 'b$&n$&n$&'],
    ['{{ replace "" "-" "aé" }}', '-a-é-'],
    ['{{ plural "one" "many" 1 }} {{ plural "one" "many" 2 }}', 'one many'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('quoting', () => {
  test.each([
    ['{{ quote "a\\"b" 1 nil true 1000000.0 }}', '"a\\"b" "1" "true" "1e+06"'],
    ['{{ quote nil }}|{{ quote }}|', '||'],
    ['{{ quote "é\\u2028\\xff😀\\n" }}', '"é\\u2028\\xff😀\\n"'],
    ['{{ squote "it\'s" 1 nil (list 1 "a") }}', "'it's' '1' '[1 a]'"],
    ['{{ cat "a" nil 1 (list) true }}', 'a 1 [] true'],
    ['{{ cat }}|', '|'],
    ['{{ toString (list 1 "a" nil) }} {{ toString nil }} {{ toString 1e6 }}', '[1 a <nil>] <nil> 1e+06'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('search', () => {
  test.each([
    ['{{ contains "ell" "hello" }} {{ contains "" "" }} {{ contains "x" "hello" }}', 'true true false'],
    ['{{ hasPrefix "he" "hello" }} {{ hasSuffix "lo" "hello" }}', 'true true'],
    [
      '{{ contains (trunc 1 "日") "日" }} {{ hasPrefix (trunc 2 "日") "日" }} {{ hasSuffix (trunc -1 "日") "日" }}',
      'true true true',
    ],
    ['{{ trimSuffix (trunc -1 "日") "日" | printf "%q" }}', '"\\xe6\\x97"'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('lists of strings', () => {
  test.each([
    ['{{ split "," "a,b" }} {{ (split "," "a,b")._1 }} {{ (split "," "a")._9 }}|', 'map[_0:a _1:b] b |'],
    [
      '{{ splitn "," 2 "a,b,c" }} {{ splitn "," 0 "a,b" }} {{ splitn "" 2 "日本語" }}',
      'map[_0:a _1:b,c] map[] map[_0:日 _1:本語]',
    ],
    [
      '{{ splitList "," "a,,b" | toJson }} {{ splitList "," "" | toJson }} {{ splitList "" "aé" | toJson }} {{ splitList "" "" | toJson }}',
      '["a","","b"] [""] ["a","é"] []',
    ],
    ['{{ join "-" (list 1 nil "a" true) }} {{ join "-" "x" }} {{ join "-" nil }}|', '1-a-true x |'],
    [
      '{{ toStrings (list 1 nil "a") | toJson }} {{ toStrings nil | toJson }} {{ toStrings 5 | toJson }}',
      '["1","a"] [] ["5"]',
    ],
    [
      '{{ sortAlpha (list "b" "B" "10" "9" "a") }} {{ sortAlpha 3 }} {{ sortAlpha nil }}',
      '[10 9 B a b] [3] [<nil>]',
    ],
    ['{{ $l := splitList "," "b,a" }}{{ sortAlpha $l }} {{ $l }}', '[a b] [a b]'],
    [
      '{{ range sortAlpha (list "é" "z" "😀" "\\uffff") }}{{ . | printf "%q" }}{{ end }}',
      '"z""é""\\uffff""😀"',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
