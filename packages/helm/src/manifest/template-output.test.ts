import { GoError } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { sortManifests } from './sort-manifests.ts';
import { formatTemplateOutput, planOutputFiles, type RenderedDocuments } from './template-output.ts';

const sorted = sortManifests(
  new Map([
    ['c/templates/a.yaml', 'kind: ConfigMap\n---\nkind: Secret\napiVersion: v1\n'],
    ['c/charts/s/templates/b.yaml', 'kind: Service\n'],
    ['c/templates/t.yaml', 'kind: Pod\nmetadata: {annotations: {"helm.sh/hook": test}}\n'],
  ]),
);

const rendered: RenderedDocuments = {
  ...sorted,
  crds: [{ fileName: 'c/crds/x.yaml', content: 'kind: CRD\n' }],
};

test('manifests, then hooks, each under its source', () => {
  expect(formatTemplateOutput(rendered)).toBe(`---
# Source: c/templates/a.yaml
kind: Secret
apiVersion: v1

---
# Source: c/templates/a.yaml
kind: ConfigMap

---
# Source: c/charts/s/templates/b.yaml
kind: Service
---
# Source: c/templates/t.yaml
kind: Pod
metadata: {annotations: {"helm.sh/hook": test}}

`);
});

test('CRDs, hidden secrets and left-out hooks', () => {
  expect(formatTemplateOutput(rendered, { includeCrds: true, hideSecrets: true, skipTests: true })).toBe(`---
# Source: c/crds/x.yaml
kind: CRD

---
# Source: c/templates/a.yaml
# HIDDEN: The Secret output has been suppressed
---
# Source: c/templates/a.yaml
kind: ConfigMap

---
# Source: c/charts/s/templates/b.yaml
kind: Service
`);
  expect(formatTemplateOutput({ manifests: [], hooks: sorted.hooks, crds: [] }, { noHooks: true })).toBe(
    '\n',
  );
});

test('--show-only prints what each path or pattern names', () => {
  expect(
    formatTemplateOutput(rendered, { showOnly: ['charts/s/templates/b.yaml', 'templates/[a].yaml'] }),
  ).toBe(`---
# Source: c/charts/s/templates/b.yaml
kind: Service

---
# Source: c/templates/a.yaml
kind: Secret
apiVersion: v1


---
# Source: c/templates/a.yaml
kind: ConfigMap


`);
});

test.each(['templates/none.yaml', '*.yaml', 'templates/[.yaml'])(
  '--show-only %s finds nothing',
  (pattern) => {
    expect(() => formatTemplateOutput(rendered, { showOnly: [pattern] })).toThrow(
      new GoError(`could not find template ${pattern} in chart`),
    );
  },
);

test('--output-dir writes a file per template', () => {
  const writes = planOutputFiles(rendered, {
    outputDirectory: 'out/',
    releaseDirectory: 'rel',
    includeCrds: true,
  });
  expect(writes.map(({ path, mode, notice }) => [path, mode, notice])).toEqual([
    ['out//c/crds/x.yaml', 'create', 'wrote out//c/crds/x.yaml'],
    ['out/rel/c/templates/a.yaml', 'create', 'wrote out/rel/c/templates/a.yaml'],
    ['out/rel/c/templates/a.yaml', 'append', 'wrote out/rel/c/templates/a.yaml'],
    ['out/rel/c/charts/s/templates/b.yaml', 'create', 'wrote out/rel/c/charts/s/templates/b.yaml'],
    ['out/rel/c/templates/t.yaml', 'append-if-exists', 'wrote out/rel/c/templates/t.yaml'],
  ]);
  expect(writes[1]?.text).toBe('---\n# Source: c/templates/a.yaml\nkind: Secret\napiVersion: v1\n\n');
});
