import { expect, test } from 'vitest';
import { sortByKind } from './kind-order.ts';

const kinds = ['Zebra', 'ValidatingWebhookConfiguration', 'Deployment', 'Apple', '', 'Namespace', 'Service'];
const items = kinds.map((kind) => ({ kind }));

test('install order puts unknown kinds last, by name', () => {
  expect(sortByKind(items, 'install').map((each) => each.kind)).toEqual([
    'Namespace',
    'Service',
    'Deployment',
    'ValidatingWebhookConfiguration',
    '',
    'Apple',
    'Zebra',
  ]);
});

test('uninstall order starts with validating webhooks; Helm 3 does not know them', () => {
  expect(sortByKind(items, 'uninstall').map((each) => each.kind)).toEqual([
    'ValidatingWebhookConfiguration',
    'Service',
    'Deployment',
    'Namespace',
    '',
    'Apple',
    'Zebra',
  ]);
  expect(sortByKind(items, 'install', 'v3').at(-2)).toEqual({ kind: 'ValidatingWebhookConfiguration' });
});

test('documents of one kind keep their order', () => {
  const same = ['b', 'a', 'c'].map((name) => ({ kind: 'ConfigMap', name }));
  expect(sortByKind(same, 'install')).toEqual(same);
});
