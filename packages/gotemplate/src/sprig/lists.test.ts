import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('building', () => {
  test.each([
    ['{{ list 1 "a" nil | toJson }} {{ tuple 1 2 }} {{ list | toJson }}', '[1,"a",null] [1 2] []'],
    [
      '{{ append (list 1) 2 }} {{ push (list 1) nil | toJson }} {{ prepend (list 1) 0 }} {{ mustAppend (until 1) "x" | toJson }}',
      '[1 2] [1,null] [0 1] [0,"x"]',
    ],
    [
      '{{ concat (list 1) (until 2) (list) }} {{ concat | toJson }} {{ concat (list) (list) | toJson }}',
      '[1 0 1] null null',
    ],
    [
      '{{ chunk 2 (list 1 2 3) }} {{ chunk 2 (list) | toJson }} {{ chunk 5 (list 1) }} {{ chunk -2 (list 1) }}',
      '[[1 2] [3]] [] [[1]] [[1]]',
    ],
    [
      '{{ chunk 0 (list 1) }}',
      'template: t:1:3: executing "t" at <chunk 0 (list 1)>: error calling chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{ chunk -1 (list 1) }}',
      'template: t:1:3: executing "t" at <chunk -1 (list 1)>: error calling chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{ append "a" 1 }}',
      'template: t:1:3: executing "t" at <append "a" 1>: error calling append: Cannot push on type string',
    ],
    [
      '{{ prepend nil 1 }}',
      'template: t:1:3: executing "t" at <prepend nil 1>: error calling prepend: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{ concat (list) "a" }}',
      'template: t:1:3: executing "t" at <concat (list) "a">: error calling concat: Cannot concat type string as list',
    ],
    [
      '{{ concat nil }}',
      'template: t:1:3: executing "t" at <concat nil>: error calling concat: runtime error: invalid memory address or nil pointer dereference',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('reading', () => {
  test.each([
    [
      '{{ first (list 1 2) }} {{ first (list) }} {{ last (list 1 2) }} {{ mustLast (splitList "," "a,b") }}',
      '1 <no value> 2 b',
    ],
    [
      '{{ rest (list 1 2 3) }} {{ rest (list) | toJson }} {{ initial (list 1 2 3) }} {{ initial (list) | toJson }}',
      '[2 3] null [1 2] null',
    ],
    [
      '{{ slice (list 1 2 3) 1 }} {{ slice (list 1 2 3) 1 2 }} {{ slice (list 1 2 3) "1" 2.9 }} {{ slice (list) 5 }} {{ slice (until 3) 1 | typeOf }}',
      '[2 3] [2] [2] <no value> []int',
    ],
    [
      '{{ slice (list 1 2 3) 2 1 }}',
      'template: t:1:3: executing "t" at <slice (list 1 2 3) 2 1>: error calling slice: reflect.Value.Slice: slice index out of bounds',
    ],
    [
      '{{ slice "abc" 1 }}',
      'template: t:1:3: executing "t" at <slice "abc" 1>: error calling slice: list should be type of slice or array but string',
    ],
    [
      '{{ has 1 (list 1 2) }} {{ has 1 (list 1.0) }} {{ has 1.0 (list 1.0) }} {{ has "a" nil }} {{ has nil (list nil) }} {{ has (list 1) (list (list 1)) }} {{ has (dict "a" 1) (list (dict "a" 1)) }}',
      'true false true false true true true',
    ],
    [
      '{{ has 1 "a" }}',
      'template: t:1:3: executing "t" at <has 1 "a">: error calling has: Cannot find has on type string',
    ],
    [
      '{{ first 5 }}',
      'template: t:1:3: executing "t" at <first 5>: error calling first: Cannot find first on type int',
    ],
    [
      '{{ first nil }}',
      'template: t:1:3: executing "t" at <first nil>: error calling first: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{ mustRest (dict) }}',
      'template: t:1:3: executing "t" at <mustRest (dict)>: error calling mustRest: Cannot find rest on type map',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('filtering', () => {
  test.each([
    ['{{ reverse (list 1 2 3) }} {{ reverse (until 2) | typeOf }}', '[3 2 1] []interface {}'],
    [
      '{{ uniq (list 1 1.0 "a" "a" 1 nil nil) | toJson }} {{ uniq (list "b" "a" "b") }} {{ uniq (list (float64 "nan") (float64 "nan")) }}',
      '[1,1,"a",null] [b a] [NaN NaN]',
    ],
    [
      '{{ without (list 1 2 3 "a") 2 "a" }} {{ without (list 1 2) }} {{ without (splitList "," "a,b") "a" | typeOf }}',
      '[1 3] [1 2] []interface {}',
    ],
    ['{{ compact (list 0 1 "" "a" nil (list) (dict) false) }} {{ compact (list "") | toJson }}', '[1 a] []'],
    [
      '{{ compact 1 }}',
      'template: t:1:3: executing "t" at <compact 1>: error calling compact: Cannot compact on type int',
    ],
    [
      '{{ without "a" 1 }}',
      'template: t:1:3: executing "t" at <without "a" 1>: error calling without: Cannot find without on type string',
    ],
    [
      '{{ reverse nil }}',
      'template: t:1:3: executing "t" at <reverse nil>: error calling reverse: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{ uniq true }}',
      'template: t:1:3: executing "t" at <uniq true>: error calling uniq: Cannot find uniq on type bool',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
