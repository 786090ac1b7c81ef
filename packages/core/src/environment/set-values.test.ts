import { GoInt, toGoJson } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import { parseSetValues } from './set-values.ts';

function typed(...options: readonly string[]): string {
  const { value, diagnostics } = parseSetValues(options, 'typed');
  return diagnostics.length > 0 ? diagnostics.map((each) => each.message).join('; ') : toGoJson(value);
}

describe('--state-values-set', () => {
  it('types booleans, null and integers without a leading zero', () => {
    expect(typed('a=true,b=TRUE,c=0,d=007,e=-5,f=1.5,g=null,h=,j.k\\.l=1,k=1e3')).toBe(
      '{"a":true,"b":true,"c":0,"d":"007","e":-5,"f":"1.5","g":null,"h":"","j":{"k.l":1},"k":"1e3"}',
    );
    expect(parseSetValues(['a=5'], 'typed').value?.['a']).toEqual(new GoInt('int64', 5, undefined));
    expect(typed('a=9223372036854775807,b=9223372036854775808')).toBe(
      '{"a":9223372036854775807,"b":"9223372036854775808"}',
    );
  });

  it('fills missing list slots with null', () => {
    expect(typed('new[2].a=q')).toBe('{"new":[null,null,{"a":"q"}]}');
    expect(typed('arr[1]=X')).toBe('{"arr":[null,"X"]}');
  });

  it('keeps every element of a list that grows', () => {
    expect(typed('a[0].x=1,a[1].x=2', 'a[0].y=3')).toBe('{"a":[{"x":1,"y":3},{"x":2}]}');
  });

  it('takes the last of several options', () => {
    expect(typed('a=1', 'a=2')).toBe('{"a":2}');
  });

  it('reports what it cannot set', () => {
    expect(typed('novalue')).toBe('--state-values-set: "novalue" has no "="');
    expect(typed('a=1,a.b=2')).toBe('--state-values-set: "a.b" goes through "a", which is not a map');
    expect(typed('a=1,a[0]=2')).toBe('--state-values-set: "a[0]" goes through "a", which is not a list');
  });
});

it('--state-values-set-string keeps text, quotes included, and does not see empty values', () => {
  const { value } = parseSetValues(['a=true,b="x,y",c=,d=5'], 'string');
  expect(toGoJson(value)).toBe('{"a":"true","b":"\\"x,y\\"","d":"5"}');
});
