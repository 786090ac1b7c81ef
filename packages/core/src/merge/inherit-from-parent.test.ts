import { source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import type { StateSpec } from '../spec/state-spec.ts';
import { decodePart } from './decode-part.ts';
import { inheritFromParent } from './inherit-from-parent.ts';

function spec(text: string): StateSpec {
  return decodePart(source('f', text)).value!;
}

const parent = spec(`repositories: [{name: a, url: p}, {name: b, url: p}]
helmDefaults: {wait: true, timeout: 5, createNamespace: false, historyMax: 3, args: [p]}
commonLabels: {x: p, y: p}
templates: {t: {chart: p}, u: {chart: p}}
apiVersions: [v1, v2]
kubeVersion: "1.30"
`);
const child = spec(`repositories: [{name: b, url: c}, {name: c, url: c}]
helmDefaults: {wait: false, timeout: 7, historyMax: 0, args: []}
commonLabels: {y: c}
templates: {t: {namespace: c}}
apiVersions: [v2, v3]
`);

test('the child wins and the parent fills', () => {
  const keys = [
    'repositories',
    'helmDefaults',
    'commonLabels',
    'templates',
    'apiVersions',
    'kubeVersion',
    'environments',
  ];
  expect(inheritFromParent(child, parent, keys)).toEqual({
    repositories: [
      { name: 'a', url: 'p' },
      { name: 'b', url: 'c' },
      { name: 'c', url: 'c' },
    ],
    helmDefaults: { wait: true, timeout: 7, createNamespace: false, historyMax: 3, args: ['p'] },
    commonLabels: { x: 'p', y: 'c' },
    templates: { t: { namespace: 'c' }, u: { chart: 'p' } },
    apiVersions: ['v1', 'v2', 'v3'],
    kubeVersion: '1.30',
  });
});

test('what is not asked for, or not there, changes nothing', () => {
  expect(inheritFromParent(child, parent, [])).toEqual(child);
  expect(inheritFromParent({ apiVersions: ['a', 'a'] }, spec('apiVersions: []'), ['apiVersions'])).toEqual({
    apiVersions: ['a', 'a'],
  });
  expect(inheritFromParent({}, parent, ['kubeVersion', 'helmDefaults'])).toEqual({
    kubeVersion: '1.30',
    helmDefaults: parent.helmDefaults,
  });
});
