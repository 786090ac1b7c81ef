import { GoError } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { deprecationWarning } from './deprecated-apis.ts';
import { documentHeads } from './document-head.ts';
import { nameWarning } from './object-names.ts';
import { isEmail, isRequestUrl, isWebUrl } from './web-addresses.ts';

test.each([
  [
    'policy/v1beta1',
    'PodDisruptionBudget',
    37,
    'policy/v1beta1 PodDisruptionBudget is deprecated in v1.21+, unavailable in v1.25+; use policy/v1 PodDisruptionBudget',
  ],
  ['v1', 'Endpoints', 37, 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
  ['v1', 'Endpoints', 32, undefined],
  [
    'admissionregistration.k8s.io/v1beta1',
    'MutatingAdmissionPolicyList',
    37,
    'admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicyList is deprecated in v1.37+, unavailable in v1.40+; use admissionregistration.k8s.io/v1 MutatingAdmissionPolicyList',
  ],
  ['v1', 'Service', 37, undefined],
])('%s %s at 1.%i', (apiVersion, kind, minor, expected) => {
  expect(deprecationWarning(apiVersion, kind, minor)).toBe(expected);
});

test('names are judged by kind', () => {
  expect(nameWarning('Deployment', 'a.b-c')).toBeUndefined();
  expect(nameWarning('Namespace', 'a.b')).toBe(
    'object name does not conform to Kubernetes naming requirements: "a.b": metadata.name: Invalid value: "a.b": must not contain dots',
  );
  expect(nameWarning('ClusterRole', 'a:b')).toBeUndefined();
  expect(nameWarning('ClusterRole', 'a/%')).toContain(
    '[metadata.name: Invalid value: "a/%": may not contain \'/\', ',
  );
  expect(nameWarning('Service', '1a')).toContain('a DNS-1035 label must consist of');
  expect(nameWarning('CertificateSigningRequest', '__')).toBeUndefined();
});

test('documents are cut as Kubernetes cuts them', () => {
  const heads = [...documentHeads('---\nkind: A\n---\n# nothing\n--- # c\nkind: B\nmetadata: {name: 1}\n')];
  expect(heads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['A ', 'B 1']);
  expect(() => [...documentHeads('kind: A\n--- b\n')]).toThrow('invalid Yaml document separator: b');
});

test('JSON is read as JSON first', () => {
  const kinds = (text: string): string => [...documentHeads(text)].map(({ kind }) => kind).join(' ');
  expect(kinds('{"kind": "A"}\n---\nkind: B\n---\nkind: C\n')).toBe('A B C');
  expect(kinds('{"kind": "A"}{"kind": "B"}')).toBe('A B');
  expect(kinds('{kind: A}\n')).toBe('A');
  expect(() => kinds('{ {- 1 -}}\n')).toThrow(
    new GoError("json: offset 3: invalid character '{' looking for beginning of object key string"),
  );
  expect(() => kinds('{"kind": [')).toThrow(new GoError('unexpected EOF'));
});

test('addresses', () => {
  expect(['a@b.co', 'a.b+c@d-e.f.org'].map(isEmail)).toEqual([true, true]);
  expect(['a', 'a@b', 'a@b.', '.a@b.c', 'a b@c.d'].map(isEmail)).toEqual([false, false, false, false, false]);
  expect(['https://a.b/c', 'a.bc', 'localhost', 'http://x:80'].map(isWebUrl)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['::', 'http://x y', '.a.b', 'ab'].map(isWebUrl)).toEqual([false, false, false, false]);
  expect(['https://a', 'mailto:x'].map(isRequestUrl)).toEqual([true, true]);
  expect(['/a', 'a', '', 'https://{a}.org'].map(isRequestUrl)).toEqual([false, false, false, false]);
});
