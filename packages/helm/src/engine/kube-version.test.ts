import { GoError } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { parseKubeVersion } from './kube-version.ts';

test.each([
  ['1.28', 'v1.28', 'v1.28'],
  ['v1.33.4-gke.1', 'v1.33.4-gke.1', 'v1.33.4'],
  ['1.28+', 'v1.28+', 'v1.28'],
])('%s is %s, and %s for constraints', (text, version, normalized) => {
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(normalized) ?? [];
  expect(parseKubeVersion(text)).toEqual({ version, normalized, major, minor });
});

test('Helm 3 drops what follows the numbers', () => {
  expect(parseKubeVersion('1.33.4-gke.1', 'v3')).toMatchObject({ version: 'v1.33.4', normalized: '' });
});

test.each([
  ['x', 'could not parse "x" as version'],
  ['1', 'illegal version string "1"'],
  ['01.2', 'illegal zero-prefixed version component "01" in "01.2"'],
])('%s is refused', (text, message) => {
  expect(() => parseKubeVersion(text)).toThrow(new GoError(message));
});
