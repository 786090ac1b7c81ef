import type { LiveObject, ManifestDiffInput, ManifestDiffOptions } from '@flotilla/core';
import { expect, test } from 'vitest';
import { manifestDiffer } from './manifest-differ.ts';

const defaults: ManifestDiffOptions = {
  context: -1,
  output: 'diff',
  showSecrets: false,
  showSecretsDecoded: false,
  suppressSecrets: false,
  suppressKinds: [],
  suppressOutputLineRegex: [],
  stripTrailingCr: false,
  normalizeManifests: false,
  findRenames: 0,
  includeHooks: true,
  includeTests: false,
  color: false,
};

async function textOf(
  input: Partial<ManifestDiffInput>,
  options: Partial<ManifestDiffOptions> = {},
): Promise<string> {
  const whole = { releaseName: 'app', namespace: 'shop', before: '', after: '', ...input };
  return (await manifestDiffer().diff(whole, { ...defaults, ...options })).text;
}

const map = (name: string, value: string): string => `---
# Source: c/templates/${name}.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  a: ${value}
`;

const live = (value: string, owner = 'shop/app'): LiveObject => {
  const [namespace, name] = owner.split('/');
  const annotations = { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace };
  const object = (data: object): Record<string, unknown> => ({
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'one', namespace: 'shop', uid: '1', resourceVersion: '2', annotations },
    data,
  });
  return { live: object({ a: value, foreign: 'x' }), patched: object({ a: 'new', foreign: 'x' }) };
};

test('a template of the user sees one entry per change', async () => {
  const template = {
    name: 'lines.tpl',
    text: '{{ range $i, $e := . }}{{ .Change }} {{ .Kind }}/{{ .Name }}{{ if not (last $i $) }}, {{ end }}{{ end }}',
  };
  const input = { before: map('one', 'x'), after: map('two', 'x') };
  expect(await textOf(input, { output: 'template', template })).toBe(
    'REMOVE ConfigMap/one, ADD ConfigMap/two\n',
  );
});

test('a broken template is named', async () => {
  const template = { name: 'lines.tpl', text: '{{ range }}' };
  await expect(textOf({ after: map('one', 'x') }, { output: 'template', template })).rejects.toThrow(
    'Error loading custom template: template: lines.tpl:1: missing value for range',
  );
});

test.each([
  ['pin: "%"', 'illegal base64 data at input byte 0'],
  ['pin: 12', 'json: cannot unmarshal number into Go struct field Secret.data of type []uint8'],
])('a Secret with %s cannot be read', async (entry, reason) => {
  const after = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  ${entry}\n`;
  expect(await textOf({ after })).toBe(`shop, s, Secret (v1) has been added:
- 
+ Error parsing new secret: error unmarshaling JSON: while decoding JSON: ${reason}
`);
});

test('three-way shows the live object against what the server would make of it', async () => {
  const state = { objects: [live('drifted')], isThreeWay: true, takesOwnership: false };
  const input = { before: map('one', 'old') + map('gone', 'x'), after: map('one', 'new') + map('two', 'x') };
  expect(await textOf({ ...input, live: state })).toBe(`shop, one, ConfigMap (v1) has changed:
  apiVersion: v1
  data:
-   a: drifted
+   a: new
    foreign: x
  kind: ConfigMap
  metadata:
    name: one
    namespace: shop
shop, gone, ConfigMap (v1) has been removed:
- apiVersion: v1
- data:
-   a: x
- kind: ConfigMap
- metadata:
-   name: gone
+ 
shop, two, ConfigMap (v1) has been added:
- 
+ apiVersion: v1
+ data:
+   a: x
+ kind: ConfigMap
+ metadata:
+   name: two
`);
});

test('objects of another release change their owner', async () => {
  const state = { objects: [live('new', 'other/web')], isThreeWay: true, takesOwnership: true };
  const input = { after: map('one', 'new'), live: state };
  expect(await textOf(input, { output: 'simple' })).toBe(`shop, one, ConfigMap (v1) to change ownership.
Plan: 0 to add, 0 to change, 0 to destroy, 1 to change ownership.
`);
  expect(await textOf(input)).toBe(`shop, one, ConfigMap (v1) changed ownership:
- other/web
+ shop/app
`);
});
