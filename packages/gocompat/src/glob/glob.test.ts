import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GoError } from '../value/go-struct.ts';
import { compileGlob } from './compile-glob.ts';
import { matchPath } from './match-path.ts';

const names = ['a', 'b', 'ab', 'a/b', 'a/b/c.yaml', 'c.yaml', 'x/c.yaml', '.a', 'é', '[a]', 'a*b', '!a', ''];

const outcome = (matches: (name: string) => boolean): readonly string[] | string => {
  try {
    return names.filter(matches);
  } catch (error) {
    return (error as GoError).message;
  }
};

/** The names a pattern matches, or its error; recorded from Go 1.26. */
test.each<[string, readonly string[] | string]>([
  ['*', ['a', 'b', 'ab', 'c.yaml', '.a', 'é', '[a]', 'a*b', '!a', '']],
  ['a*', ['a', 'ab', 'a*b']],
  ['*/*', ['a/b', 'x/c.yaml']],
  ['?', ['a', 'b', 'é']],
  ['[a-c]', ['a', 'b']],
  ['[^a]', ['b', 'é']],
  ['[!a]', ['a']],
  ['a\\*b', ['a*b']],
  ['*.yaml', ['c.yaml']],
  ['**/*.yaml', ['x/c.yaml']],
  ['\\[a\\]', ['[a]']],
  ['[a', 'syntax error in pattern'],
  ['[]', 'syntax error in pattern'],
  ['[]a]', 'syntax error in pattern'],
  ['[a-]', 'syntax error in pattern'],
  ['a\\', 'syntax error in pattern'],
  ['[b-a]', []],
  ['x[', 'syntax error in pattern'],
  ['é', ['é']],
  ['{a,b}', []],
  ['', ['']],
])('filepath.Match %s', (pattern, expected) => {
  expect(outcome((name) => matchPath(pattern, name))).toEqual(expected);
});

/** The same for gobwas/glob 0.2.3 with the separator `/`. */
test.each<[string, readonly string[] | string]>([
  ['*', ['a', 'b', 'ab', 'c.yaml', '.a', 'é', '[a]', 'a*b', '!a', '']],
  ['**', ['a', 'b', 'ab', 'a/b', 'a/b/c.yaml', 'c.yaml', 'x/c.yaml', '.a', 'é', '[a]', 'a*b', '!a', '']],
  ['**/*.yaml', ['a/b/c.yaml', 'x/c.yaml']],
  ['**.yaml', ['a/b/c.yaml', 'c.yaml', 'x/c.yaml']],
  ['*.yaml', ['c.yaml']],
  ['a/**', ['a/b', 'a/b/c.yaml']],
  ['?', ['a', 'b', 'é', '']],
  ['[abc]', ['a', 'b']],
  ['[a-c]', ['a', 'b']],
  ['[!a]', ['b', 'é', '']],
  ['[^a]', ['a']],
  ['{a,ab}', ['a', 'ab']],
  ['{a/b,x}/c.yaml', ['a/b/c.yaml', 'x/c.yaml']],
  ['a\\*b', ['a*b']],
  ['\\[a\\]', ['[a]']],
  ['!a', ['!a']],
  ['{a,{b,c}}', ['a', 'b']],
  ['{a', ['a']],
  ['[a', 'unexpected end of input'],
  ['[]', 'could not parse range'],
  ['[a-', 'unexpected end of input'],
  ['[a-cd]', 'expected close range character'],
  ['[c-a]', "hi character 'a' should be greater than lo 'c'"],
  ['é', ['é']],
  ['}', []],
  ['a,b', []],
  ['{,a}b', ['b', 'ab']],
  ['', ['']],
])('glob %s', (pattern, expected) => {
  expect(outcome((name) => compileGlob(pattern, '/').matches(name))).toEqual(expected);
});

test('an escaped text matches itself', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = text.replace(/[*?[\]{}\\]/g, '\\$&');
      expect(matchPath(escaped, text)).toBe(true);
    }),
    { seed: 1 },
  );
});

test('globs without separators cross slashes', () => {
  expect(compileGlob('a*c').matches('a/b/c')).toBe(true);
  expect(() => compileGlob('[c-a]')).toThrow(new GoError("hi character 'a' should be greater than lo 'c'"));
});
