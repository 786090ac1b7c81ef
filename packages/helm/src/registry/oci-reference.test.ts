import { expect, test } from 'vitest';
import { formatOciReference, parseOciReference } from './oci-reference.ts';
import { mergeScopes } from './oci-session.ts';
import { matchingTag } from './oci-versions.ts';

test('a plus in a version becomes an underscore in the tag', () => {
  const reference = parseOciReference('oci://host:5000/a/b:1.0.0+x.1');
  expect(reference).toEqual({ registry: 'host:5000', repository: 'a/b', tag: '1.0.0_x.1', digest: '' });
  expect(formatOciReference(reference)).toBe('host:5000/a/b:1.0.0_x.1');
});

test('a digest stands behind the last at sign', () => {
  const reference = parseOciReference('host/a@sha256:00');
  expect(formatOciReference(reference)).toBe('host/a@sha256:00');
  expect(parseOciReference('host/a:1@sha256:00')).toMatchObject({ tag: '1', digest: 'sha256:00' });
});

test.each([
  ['host', 'invalid reference: missing registry or repository'],
  ['host/A', 'invalid reference: invalid repository "A"'],
  ['host/a:-b', 'invalid reference: invalid tag "-b"'],
  ['ho st/a', 'invalid reference: invalid registry "ho st"'],
])('%s is refused', (text, message) => {
  expect(() => parseOciReference(text)).toThrow(message);
});

test('tags are chosen by text first, then by range', () => {
  const tags = ['2.0.0-rc.1', '1.1.0', '1.0.0'];
  expect(matchingTag(tags, '')).toBe('1.1.0');
  expect(matchingTag(tags, '~1.0')).toBe('1.0.0');
  expect(matchingTag(tags, '>0-0')).toBe('2.0.0-rc.1');
  expect(() => matchingTag(tags, '3')).toThrow(
    'could not locate a version matching provided version string 3',
  );
});

test('scopes of one resource are joined', () => {
  expect(mergeScopes('repository:a:pull', 'repository:a:push repository:b:pull')).toEqual([
    'repository:a:pull,push',
    'repository:b:pull',
  ]);
});
