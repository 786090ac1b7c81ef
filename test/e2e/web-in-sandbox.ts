import { TempProject } from '../support/built-cli.ts';

/** A project with one release `web` in the namespace `shop` of the sandbox, whose chart is one ConfigMap. */
export function webInSandbox(): TempProject {
  return new TempProject({
    'helmfile.yaml':
      'helmDefaults: {kubeContext: sandbox}\nreleases:\n- {name: web, namespace: shop, chart: ./web}\n',
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'web/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n',
  });
}
