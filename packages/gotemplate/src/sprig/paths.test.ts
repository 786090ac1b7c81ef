import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('paths', () => {
  test.each([
    ['{{ base "" }} {{ base "/" }} {{ base "a/b.c" }} {{ base "a/b/" }}', '. / b.c b'],
    ['{{ dir "" }} {{ dir "/a" }} {{ dir "a/b/c" }} {{ dir "a" }} {{ dir "/" }}', '. / a/b . /'],
    [
      '{{ clean "" }} {{ clean "a/../../b" }} {{ clean "/../a/./b//c/" }} {{ clean "./a" }} {{ clean "a/.." }}',
      '. ../b /a/b/c a .',
    ],
    ['{{ ext "a.tar.gz" }} {{ ext ".bashrc" }} {{ ext "a.b/c" }}|', '.gz .bashrc |'],
    [
      '{{ isAbs "/a" }} {{ isAbs "a" }} {{ osBase "/x/y" }} {{ osDir "/x/y" }} {{ osClean "x//y" }} {{ osExt "y.z" }} {{ osIsAbs "/" }}',
      'true false y /x x/y .z true',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
