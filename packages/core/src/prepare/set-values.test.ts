import { GoError } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import { environmentValues, setStringValues, setValues } from './set-values.ts';

const asIs = (path: string): string => path;

describe('set', () => {
  it('takes text, then a file, then a list, and escapes what helm would read as its own', () => {
    expect(
      setValues(
        [
          { name: 'a', value: 'x,y' },
          { name: 'f', file: 'ca.pem' },
          { name: 'l{', values: ['p', true, 'q,r'] },
          { name: 'nothing', value: '' },
        ],
        (path) => `/base/${path}`,
      ),
    ).toEqual([
      { kind: 'set', expression: 'a=x\\,y' },
      { kind: 'set-file', expression: 'f=/base/ca.pem' },
      { kind: 'set', expression: 'l\\{={p,true,q\\,r}' },
    ]);
    expect(setValues([], asIs)).toEqual([]);
  });
});

describe('setString', () => {
  it('knows no files', () => {
    expect(
      setStringValues([
        { name: 'a', value: '1' },
        { name: 'f', file: 'x' },
        { name: 'l', values: ['1'] },
      ]),
    ).toEqual([
      { kind: 'set-string', expression: 'a=1' },
      { kind: 'set-string', expression: 'l={1}' },
    ]);
  });
});

describe('env', () => {
  const items = [
    { name: 'a.b', value: 'ONE' },
    { name: 'c', value: 'TWO' },
  ];

  it('becomes one expression', () => {
    expect(environmentValues(items, { ONE: '1', TWO: 'x,y' })).toEqual([
      { kind: 'set', expression: 'a.b=1,c=x\\,y' },
    ]);
  });

  it('names every variable that is not set', () => {
    expect(() => environmentValues(items, {})).toThrow(
      new GoError(
        'Environment Variables not found. Please make sure they are set and try again:\n\tONE\n\tTWO',
      ),
    );
  });
});
