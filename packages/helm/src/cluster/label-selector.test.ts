import { expect, test } from 'vitest';
import { parseLabelSelector } from './label-selector.ts';

const labelSets = {
  none: {},
  web: { app: 'web' },
  old: { app: 'web', 'example.com/age': '5' },
  empty: { app: '' },
};

function passing(selector: string): readonly string[] {
  const passes = parseLabelSelector(selector);
  return Object.entries(labelSets).flatMap(([name, labels]) => (passes(labels) ? [name] : []));
}

test.each([
  ['', ['none', 'web', 'old', 'empty']],
  ['app', ['web', 'old', 'empty']],
  ['!app', ['none']],
  ['app=web', ['web', 'old']],
  ['app == web', ['web', 'old']],
  ['app!=web', ['none', 'empty']],
  ['app=', ['empty']],
  ['app in (web, api)', ['web', 'old']],
  ['app in (,api)', ['empty']],
  ['app notin (web)', ['none', 'empty']],
  ['example.com/age>4', ['old']],
  ['example.com/age<5', []],
  ['app=web,!example.com/age', ['web']],
  ['in in (in)', []],
])('the selector %j passes %j', (selector, names) => {
  expect(passing(selector)).toEqual(names);
});

test.each([
  ['=', "found '=', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a in b', "unable to parse requirement: found 'b' expected: '('"],
  [
    'a>b',
    `unable to parse requirement: values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`,
  ],
  [
    '-a',
    `unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  ],
])('the text %j is no selector', (text, message) => {
  expect(() => parseLabelSelector(text)).toThrow(message);
});
