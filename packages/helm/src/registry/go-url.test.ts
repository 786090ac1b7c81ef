import { expect, test } from 'vitest';
import { equalUrls, formatUrl, isSameHost, joinUrl, parseUrl, resolveReferenceUrl } from './go-url.ts';

test.each([
  ['https://a/charts', 'x-1.tgz', 'https://a/charts/x-1.tgz'],
  ['https://a/charts/', 'x-1.tgz', 'https://a/charts/x-1.tgz'],
  ['https://a/charts?key=1', 'index.yaml', 'https://a/charts/index.yaml?key=1'],
  ['https://a/charts', '../x-1.tgz', 'https://a/x-1.tgz'],
  ['https://a/charts', '/x-1+b.tgz', 'https://a/x-1+b.tgz'],
  ['https://a/charts', 'https://b/x.tgz?y', 'https://b/x.tgz?y'],
  ['https://u:p@a', 'x y.tgz', 'https://u:p@a/x%20y.tgz'],
])('%s with %s is %s', (base, reference, expected) => {
  expect(resolveReferenceUrl(base, reference)).toBe(expected);
});

test('only the path is cleaned before URLs are compared', () => {
  expect(equalUrls('https://a/b/', 'https://a/b')).toBe(true);
  expect(equalUrls('https://a', 'https://a/')).toBe(true);
  expect(equalUrls('https://a:443/b', 'https://a/b')).toBe(false);
});

test('joins paths and URLs', () => {
  expect(joinUrl('https://a/b/', 'c')).toBe('https://a/b/c');
  expect(joinUrl('', 'sub')).toBe('sub');
  expect(joinUrl('', '')).toBe('');
});

test('hosts are the same with scheme and port', () => {
  expect(isSameHost('http://a:1/x', 'http://a:1/y')).toBe(true);
  expect(isSameHost('http://a:1/x', 'https://a:1/x')).toBe(false);
});

test('prints what it parsed, and refuses what Go refuses', () => {
  expect(formatUrl(parseUrl('oci://h:5/a/b:1@sha256:x')!)).toBe('oci://h:5/a/b:1@sha256:x');
  expect(parseUrl('a:b/c')?.scheme).toBe('a');
  expect(parseUrl('%zz')).toBeUndefined();
});
