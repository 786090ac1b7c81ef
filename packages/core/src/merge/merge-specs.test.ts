import { locationOf, source } from '@flotilla/diagnostics';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StateSpec } from '../spec/state-spec.ts';
import { spanOf } from '../yaml/provenance.ts';
import { decodePart } from './decode-part.ts';
import { mergeDocuments, mergeLayers, mergeParts, mergeReleases } from './merge-specs.ts';

function spec(text: string, name = 'f'): StateSpec {
  return decodePart(source(name, text)).value!;
}

const zeroes = [
  'helmDefaults: {wait: true, timeout: 100, args: [--a], createNamespace: true}',
  'helmDefaults: {wait: false, timeout: 0, args: [--b], createNamespace: false}',
].map((text) => spec(text));

test('an explicit zero does not undo what an earlier part set', () => {
  expect(mergeParts(zeroes[0]!, zeroes[1]!)).toEqual({
    helmDefaults: { wait: true, timeout: 100, args: ['--b'], createNamespace: true },
  });
  expect(mergeParts({ helmDefaults: {} }, zeroes[1]!).helmDefaults?.createNamespace).toBe(false);
});

test('lists replace between parts and append between documents and layers', () => {
  const first = spec(
    'repositories: [{name: r1}]\napiVersions: [v1]\nhooks: [{name: h1}]\ndefaultInherit: a\n',
  );
  const second = spec(
    'repositories: [{name: r2}]\napiVersions: []\nhooks: [{name: h2}]\ndefaultInherit: b\n',
  );
  expect(mergeParts(first, second)).toEqual({
    repositories: [{ name: 'r2' }],
    apiVersions: ['v1'],
    hooks: [{ name: 'h2' }],
    defaultInherit: ['b'],
  });
  for (const merge of [mergeDocuments, mergeLayers]) {
    expect(merge(first, second)).toEqual({
      repositories: [{ name: 'r1' }, { name: 'r2' }],
      apiVersions: ['v1'],
      hooks: [{ name: 'h1' }, { name: 'h2' }],
      defaultInherit: ['a', 'b'],
    });
  }
});

test('labels join by key; templates and environments replace by name', () => {
  const first = spec(
    'commonLabels: {a: 1, b: 1}\ntemplates: {t: {namespace: b1, chart: x/y}}\nenvironments: {p: {kubeContext: c}, q: }\n',
  );
  const second = spec(
    'commonLabels: {b: 2, c: ""}\ntemplates: {t: {namespace: main}}\nenvironments: {p: {values: [a]}}\n',
  );
  for (const merge of [mergeParts, mergeDocuments]) {
    expect(merge(first, second)).toEqual({
      commonLabels: { a: '1', b: '2', c: '' },
      templates: { t: { namespace: 'main' } },
      environments: { p: { values: ['a'] }, q: {} },
    });
  }
});

test('environments of base layers merge', () => {
  const layers = [
    'environments: {e: {values: [A], secrets: [s], kubeContext: k}}',
    'environments: {e: {values: [B]}}',
    'environments: {e: {values: [C], kubeContext: ""}, other: {}}',
  ].map((text) => spec(text));
  expect(layers.reduce(mergeLayers)).toEqual({
    environments: { e: { values: ['A', 'B', 'C'], secrets: ['s'], kubeContext: 'k' }, other: {} },
  });
  const fallback = spec('environments: {e: {values: [base], mergeStrategy: fallback}}');
  expect(mergeLayers(fallback, spec('environments: {e: {values: [main]}}')).environments).toEqual({
    e: { values: ['main', 'base'], mergeStrategy: 'fallback' },
  });
});

test('a release over a template: lists append, labels join, nothing is switched off', () => {
  const { releases } = spec(
    `releases:
- {installed: false, wait: true, timeout: 5, values: [base], labels: {a: base, b: base}, missingFileHandlerConfig: {ignoreMissingGitBranch: true}}
- {installed: true, wait: false, timeout: 0, values: [own], labels: {b: own}, force: false, missingFileHandlerConfig: {}}
`,
  );
  expect(mergeReleases(releases![0]!, releases![1]!)).toEqual({
    installed: true,
    wait: true,
    timeout: 5,
    values: ['base', 'own'],
    labels: { a: 'base', b: 'own' },
    force: false,
    missingFileHandlerConfig: { ignoreMissingGitBranch: true },
  });
});

test('merged data still knows where it was written', () => {
  const base = spec(
    'releases: [{name: a}]\nhelmDefaults:\n  args: [x]\n  wait: true\ncommonLabels: {l: 1}\n',
    'base',
  );
  const main = spec(
    'releases: [{name: b}]\nhelmDefaults:\n  args: [y]\n  wait: false\ncommonLabels: {m: 1}\n',
    'main',
  );
  const merged = mergeLayers(base, main);
  const place = (...path: readonly (string | number)[]): string => locationOf(spanOf(merged, ...path)!);
  expect([
    place('releases', 0, 'name'),
    place('releases', 1, 'name'),
    place('helmDefaults', 'args', 1),
    place('helmDefaults', 'wait'),
    place('commonLabels', 'l'),
    place('commonLabels', 'm'),
    place(),
  ]).toEqual(['base:1:19', 'main:1:19', 'main:3:10', 'base:4:9', 'base:5:19', 'main:5:19', 'main:1:1']);
});

const words = fc.constantFrom('', 'a', 'b');
const texts = fc.array(words, { maxLength: 2 });
const defaults = fc.record(
  { wait: fc.boolean(), timeout: fc.nat(2), createNamespace: fc.boolean(), args: texts, postRenderer: words },
  { requiredKeys: [] },
);
const state: fc.Arbitrary<StateSpec> = fc.record(
  {
    helmBinary: words,
    bases: texts,
    apiVersions: texts,
    commonLabels: fc.dictionary(words, words, { maxKeys: 3 }),
    helmDefaults: defaults,
    releases: fc.array(fc.record({ name: words, wait: fc.boolean() }), { maxLength: 2 }),
    environments: fc.dictionary(words, fc.record({ kubeContext: words }, { requiredKeys: [] }), {
      maxKeys: 2,
    }),
  },
  { requiredKeys: [] },
);

test('merging with nothing changes nothing, layers group in any way, and a part over itself is itself', () => {
  fc.assert(
    fc.property(state, state, state, (a, b, c) => {
      for (const merge of [mergeParts, mergeDocuments]) {
        expect(merge(a, {})).toEqual(a);
        expect(merge({}, a)).toEqual(a);
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }
      expect(mergeParts(a, a)).toEqual(a);
    }),
    { seed: 4 },
  );
});
