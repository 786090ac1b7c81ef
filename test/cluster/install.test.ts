import { install, uninstall } from '@flotilla/helm';
import { expect, test } from 'vitest';
import { besideHelm, compats, pairOf, wait } from './beside-helm.ts';
import { chartFolder } from './chart-folder.ts';
import { liveState, records } from './live-state.ts';
import { valuesOf } from './our-helm.ts';

/** Installing and uninstalling beside the real Helm: the same objects, records and answers. */

const web = {
  'templates/all.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: {name: web, labels: {app: web}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {level: "{{ .Values.level }}", text: "<&> é"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
      - name: web
        image: example.com/web:1
        env: [{name: A, value: a}, {name: B, value: b}]
        ports: [{containerPort: 8080}]
`,
  'templates/NOTES.txt': 'Hello {{ .Release.Name }} {{ .Capabilities.KubeVersion.Minor }}\n',
};

besideHelm('test/cluster/install.test.ts', 'install', (scene) => {
  test.each(compats)('leaves what Helm %s leaves, and each removes the other’s', async (compat) => {
    using chart = chartFolder(web);
    const { ours } = scene;
    const pair = pairOf(`install-${compat}`);
    const { left: theirs, right: our } = pair;
    const flags = ['--set', 'level=debug,port=8080', '--labels', 'team=a', '--description', 'first'];
    await scene.installWeb(compat, chart, [theirs], flags);

    const context = ours.context(our, { compat });
    const release = await install(context, {
      name: 'web',
      chart: ours.chart(chart.path, context),
      values: valuesOf({ level: 'debug', port: 8080 }),
      labels: { team: 'a' },
      description: 'first',
      createNamespace: true,
      ...wait,
    });
    expect(release.info.status).toBe('deployed');
    expect(Object.keys((await liveState(ours.cluster, our)) as object)).toHaveLength(4);
    await scene.expectSameState(pair);
    await scene.expectSameRecords(pair);

    const all = async (name: string): Promise<string> => {
      const { stdout } = await scene.helm(compat, ['get', 'all', 'web', '-n', name]);
      return stdout.replaceAll(name, 'NAMESPACE').replace(/LAST DEPLOYED: .*/, 'LAST DEPLOYED: TIME');
    };
    expect(await all(our)).toBe(await all(theirs));

    const removed = await scene.helm(compat, ['uninstall', 'web', '-n', our]);
    expect(removed).toMatchObject({ exitCode: 0, stdout: 'release "web" uninstalled\n' });
    const result = await uninstall(ours.context(theirs, { compat }), { name: 'web', ...wait });
    expect(result.info).toBe('');
    expect(await liveState(ours.cluster, our)).toEqual({});
    expect(await liveState(ours.cluster, theirs)).toEqual({});
    expect(await records(ours.cluster, theirs, 'web')).toEqual([]);
  });
});
