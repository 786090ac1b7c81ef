import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('kinds and types', () => {
  test.each([
    [
      '{{ kindOf nil }} {{ kindOf 1 }} {{ kindOf 1.5 }} {{ kindOf "" }} {{ kindOf (list) }} {{ kindOf (dict) }} {{ kindOf now }} {{ kindOf true }}',
      'invalid int float64 string slice map struct bool',
    ],
    [
      '{{ typeOf nil }} {{ typeOf (list) }} {{ typeOf (dict) }} {{ typeOf (split "," "") }} {{ typeOf (splitList "," "") }} {{ typeOf (until 1) }} {{ typeOf (chunk 1 (list 1)) }} {{ typeOf now }}',
      '<nil> []interface {} map[string]interface {} map[string]string []string []int [][]interface {} time.Time',
    ],
    [
      '{{ kindIs "map" (dict) }} {{ kindIs "invalid" nil }} {{ typeIs "string" "a" }} {{ typeIsLike "time.Time" now }} {{ typeIs "[]interface {}" (list) }}',
      'true true true true true',
    ],
    [
      '{{ deepEqual (list 1 (dict "a" 2)) (list 1 (dict "a" 2)) }} {{ deepEqual 1 1.0 }} {{ deepEqual (list) (rest (list)) }} {{ deepEqual nil nil }}',
      'true false false true',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
