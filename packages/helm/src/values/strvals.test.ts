import { type Dict, GoError, parseGoJson, toGoJson } from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import { applySet, applySetFile, applySetJson, applySetLiteral, applySetString } from './strvals.ts';

type Apply = (expression: string, values: Dict) => void;

function after(apply: Apply, expression: string, base = '{}'): string {
  const values = parseGoJson(base, { numbers: 'float64' }) as Dict;
  try {
    apply(expression, values);
    return toGoJson(values);
  } catch (error) {
    if (error instanceof GoError) return error.message;
    throw error;
  }
}

describe('--set', () => {
  test.each([
    ['a=1,b=true,c=NULL,d=x', '{"a":1,"b":true,"c":null,"d":"x"}'],
    [
      'a=01,b=1.5,c=1e3,d= 1,e=9223372036854775808',
      '{"a":"01","b":"1.5","c":"1e3","d":" 1","e":"9223372036854775808"}',
    ],
    ['a=+1,b=-0', '{"a":1,"b":0}'],
    ['a.b.c=1,a.b.d=2', '{"a":{"b":{"c":1,"d":2}}}'],
    ['a={x,y\\,z},b={}', '{"a":["x","y,z"],"b":[""]}'],
    ['a[1]=x', '{"a":[null,"x"]}'],
    ['a[0][1].b=x', '{"a":[[null,{"b":"x"}]]}'],
    ['a=b=c', '{"a":"b=c"}'],
    ['a\\.b=1', '{"a.b":1}'],
    ['=b', '{}'],
    ['a[0', '{}'],
    ['a[0].b=', '{"a":[]}'],
  ])('%s gives %s', (expression, expected) => {
    expect(after(applySet, expression)).toBe(expected);
  });

  test.each([
    ['a', 'key "a" has no value'],
    ['a,b=1', 'key "a" has no value (cannot end with ,)'],
    ['a..b=1', 'key map "a" has no value'],
    ['a={x', "list must terminate with '}'"],
    ['a[x]=1', 'error parsing index: strconv.Atoi: parsing "x": invalid syntax'],
    ['a[-1]=1', 'negative -1 index not allowed'],
    ['a[65537]=1', 'index of 65537 is greater than maximum supported index of 65536'],
    ["a[0]x'=1", "unexpected data at end of array index: ['x' '\\'']"],
    [`${'a.'.repeat(31)}b=1`, 'value name nested level is greater than maximum supported nested level of 30'],
  ])('%s fails with %s', (expression, expected) => {
    expect(after(applySet, expression)).toBe(expected);
  });

  test('a path through something else names the Go types', () => {
    expect([after(applySet, 'a.b=1', '{"a":"s"}'), after(applySet, 'a[0]=1', '{"a":null}')]).toEqual([
      'unable to parse key: interface conversion: interface {} is string, not map[string]interface {}',
      'unable to parse key: interface conversion: interface {} is nil, not []interface {}',
    ]);
  });

  test('an item that is no table gives way to one', () => {
    expect(after(applySet, 'a[0].b=1', '{"a":["s",2]}')).toBe('{"a":[{"b":1},2]}');
  });

  test('Helm 3 reports an index that does not end', () => {
    expect(after((text, values) => applySet(text, values, { compat: 'v3' }), 'a[0')).toBe(
      'error parsing index: EOF',
    );
  });
});

test('--set-string keeps every value as text', () => {
  expect(after(applySetString, 'a=1,b={true,null}')).toBe('{"a":"1","b":["true","null"]}');
});

test('--set-file stores what the reader gives', () => {
  const apply: Apply = (text, values) =>
    applySetFile(text, values, { readText: (path) => `content of ${path}` });
  expect(after(apply, 'a=x.txt,b.c=y')).toBe('{"a":"content of x.txt","b":{"c":"content of y"}}');
});

test.each([
  ['a={"k":[1,2.50]}, b="x" c=null', '{" b":"x","a":{"k":[1,2.5]},"c":null}'],
  ['a= ,b=1', '{"a":null,"b":1}'],
  ['a[1]=true', '{"a":[null,true]}'],
  ['a=[1', 'unexpected EOF'],
  ['a=tru', 'unexpected EOF'],
  ['a=x', "invalid character 'x' looking for beginning of value"],
  ['a=1b', 'key "b" has no value'],
])('--set-json %s gives %s', (expression, expected) => {
  expect(after(applySetJson, expression)).toBe(expected);
});

test('--set-literal takes the rest as it is', () => {
  expect([after(applySetLiteral, 'a.b=x,y={1}\\'), after(applySetLiteral, 'a\\.b=c')]).toEqual([
    '{"a":{"b":"x,y={1}\\\\"}}',
    '{"a\\\\":{"b":"c"}}',
  ]);
});
