import type { ForeignObject, ManifestDiffInput, ManifestDiffOptions } from '@flotilla/core';
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

test('objects of another release change their owner, and are compared as they are in the cluster', async () => {
  const object = {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: {
      name: 'one',
      namespace: 'shop',
      uid: '1',
      annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'other' },
    },
    data: { a: 'x' },
  };
  const foreign: readonly ForeignObject[] = [{ owner: 'other/web', object }];
  const after = `apiVersion: v1
data:
  a: new
kind: ConfigMap
metadata:
  name: one
  namespace: shop
`;
  expect(
    await textOf({ after, foreign }, { output: 'simple' }),
  ).toBe(`shop, one, ConfigMap (v1) to change ownership.
shop, one, ConfigMap (v1) to be changed.
Plan: 0 to add, 1 to change, 0 to destroy, 1 to change ownership.
`);
  expect(await textOf({ after, foreign }, { context: 1 })).toBe(`shop, one, ConfigMap (v1) changed ownership:
- other/web
+ shop/app
shop, one, ConfigMap (v1) has changed:
...
  data:
-   a: x
+   a: new
  kind: ConfigMap
...
`);
});

test('a manifest that is no YAML is named by its template, without its text', async () => {
  const after = '---\n# Source: c/templates/one.yaml\nkind: Secret\nstringData:\n  pin: "1234\n';
  const message = await textOf({ after }).catch((error: Error) => error.message);
  expect(message).toBe(
    'YAML unmarshal error in c/templates/one.yaml: yaml: line 4: found unexpected end of stream',
  );
});

test('the structured layout orders keys as texts, also those that look like numbers', async () => {
  const before = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {}\nports: {}\n`;
  const after = before.replace('ports: {}', 'ports: {"10": {"9": a, "10": b}, "9": c}\nlist: [[1]]');
  const report = JSON.parse(await textOf({ before, after }, { output: 'structured' }));
  expect(report[0].changes.map((each: Record<string, string>) => `${each['path']}.${each['field']}`)).toEqual(
    ['list.0', 'ports[10].10', 'ports[10].9', 'ports.9'],
  );
  const text = await textOf(
    { before, after: before.replace('ports: {}', 'ports: [{"9": a, "10": b}]') },
    { output: 'structured' },
  );
  expect(text).toContain('"newValue": {\n          "10": "b",\n          "9": "a"\n        }');
});

test('the structured layout only names objects whose lists it cannot compare', async () => {
  const before = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: [[1, 2]]\n';
  const after = before.replace('[[1, 2]]', '[[1, 2, 3]]');
  expect(JSON.parse(await textOf({ before, after }, { output: 'structured' }))).toEqual([
    {
      name: 'shop, one, ConfigMap (v1)',
      changeType: 'MODIFY',
      resourceStatus: { oldExists: false, newExists: false },
    },
  ]);
});

test('renames are found among kept objects and Secrets, too', async () => {
  const keep = 'metadata:\n  annotations: {helm.sh/resource-policy: keep}\n';
  const secret = (name: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\ndata: {pin: MTIzNA==}\n`;
  const before = `${map('one', 'x').replace('metadata:\n', keep)}---\n${secret('old')}`;
  const after = `${map('two', 'x').replace('metadata:\n', keep)}---\n${secret('new')}`;
  expect(
    await textOf({ before, after }, { output: 'simple', findRenames: 0.5 }),
  ).toBe(`shop, old, Secret (v1) to be changed.
shop, one, ConfigMap (v1) to be changed.
Plan: 0 to add, 2 to change, 0 to destroy, 0 to change ownership.
`);
});
