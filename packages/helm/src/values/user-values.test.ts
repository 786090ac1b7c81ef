import { GoError, toGoJson } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { type UserValuesSources, userValues } from './user-values.ts';

test('kinds of flags follow each other, whatever their order on the command line', () => {
  const values = userValues({
    files: [
      { name: 'a.yaml', text: 'a: {x: 1}\nb: file\nc: null\n' },
      { name: 'b.yaml', text: 'a: {z: 2}\n' },
    ],
    setJson: ['{"a":{"w":3}}', 'b=[1]'],
    set: ['b[1]=2', 's=1'],
    setString: ['s=1'],
    setFile: ['f=x.txt'],
    setLiteral: ['l=a,b'],
    readText: (path) => `text of ${path}`,
  });
  expect(toGoJson(values)).toBe(
    '{"a":{"w":3,"x":1,"z":2},"b":[1,2],"c":null,"f":"text of x.txt","l":"a,b","s":"1"}',
  );
});

test.each<[UserValuesSources, string]>([
  [
    { files: [{ name: 'v.yaml', text: 'a: [' }] },
    'failed to parse v.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 1: did not find expected node content',
  ],
  [{ setJson: ['{"a"'] }, 'failed parsing --set-json data JSON: {"a"'],
  [{ setJson: ['a={'] }, 'failed parsing --set-json data a={'],
  [{ set: ['a'] }, 'failed parsing --set data: key "a" has no value'],
  [{ setFile: ['a=x'] }, 'failed parsing --set-file data: open x: no such file or directory'],
])('%j fails', (sources, message) => {
  expect(() => userValues(sources)).toThrow(new GoError(message));
});
