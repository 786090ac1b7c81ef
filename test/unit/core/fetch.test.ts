import { expect, test } from 'vitest';
import { project } from '../../support/project.ts';

const chart = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n' };

test('--write-output prints the state file with the charts where they are now', async () => {
  const { flotilla, load, events, control } = project({
    files: {
      ...chart,
      'helmfile.yaml':
        'releases:\n- {name: web, namespace: shop, chart: ./charts/web}\n- {name: old, namespace: shop, chart: ./charts/web, installed: false}\n',
    },
  });
  const request = { outputDirectory: 'got', writeOutput: true };
  const report = await flotilla.fetch(await load(), request, control);
  expect(report.exit.code).toBe(0);
  const text = events.flatMap((event) => (event.type === 'product' ? [event.text] : [])).join('');
  expect(text).toBe(`---
#  Source: /project/helmfile.yaml

filepath: helmfile.yaml
helmBinary: helm
kustomizeBinary: kustomize
releases:
  - chart: got/shop/web/web/latest
    name: web
    namespace: shop
    labels:
      chart: web
      name: web
      namespace: shop
  - chart: ./charts/web
    installed: false
    name: old
    namespace: shop
    labels:
      chart: web
      name: old
      namespace: shop
templates: {}
renderedvalues: {}
`);
});

test('--write-output prints nothing for several state files', async () => {
  const { flotilla, load, events, control } = project({
    files: {
      ...chart,
      'helmfile.yaml': 'helmfiles: [inner.yaml]\n',
      'inner.yaml': 'releases:\n- {name: web, chart: ./charts/web}\n',
    },
  });
  const request = { outputDirectory: 'got', writeOutput: true };
  const report = await flotilla.fetch(await load(), request, control);
  expect(report.exit.code).toBe(1);
  expect(report.files.flatMap(({ errors }) => errors)[0]?.referenceText).toMatch(
    /^--write-output requires a single helmfile state file, but multiple were found;/,
  );
  expect(events.some((event) => event.type === 'product')).toBe(false);
});
