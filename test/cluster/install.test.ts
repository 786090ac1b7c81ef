import { install, uninstall } from '@flotilla/helm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartFolder } from './chart-folder.ts';
import { type ControlPlane, hasControlPlane, runHelm, startControlPlane } from './control-plane.ts';
import { liveState, records } from './live-state.ts';
import { type OurHelm, ourHelm, valuesOf } from './our-helm.ts';

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

const wait = { wait: 'hookOnly', timeout: 60_000 } as const;

describe.skipIf(!hasControlPlane('test/cluster/install.test.ts'))('install', () => {
  let plane: ControlPlane;
  let ours: OurHelm;
  beforeAll(async () => {
    plane = await startControlPlane(17450);
    ours = await ourHelm(plane.kubeconfig);
  });
  afterAll(async () => {
    await ours?.[Symbol.asyncDispose]();
    await plane?.[Symbol.asyncDispose]();
  });

  test.each(['v4', 'v3'] as const)(
    'leaves what Helm %s leaves, and each removes the other’s',
    async (compat) => {
      using chart = chartFolder(web);
      const program = compat === 'v4' ? 'helm4' : 'helm3';
      const [theirs, our] = [`theirs-${compat}-${process.pid}`, `ours-${compat}-${process.pid}`];
      const args = ['--set', 'level=debug,port=8080', '--labels', 'team=a', '--description', 'first'];
      const namespace = (name: string): readonly string[] => ['-n', name, '--create-namespace'];
      const reference = await runHelm(program, plane.kubeconfig, [
        'install',
        'web',
        chart.path,
        ...args,
        ...namespace(theirs),
      ]);
      expect(reference).toMatchObject({ status: 0 });

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
      const state = await liveState(ours.cluster, our);
      expect(Object.keys(state as object)).toHaveLength(4);
      expect(state).toEqual(await liveState(ours.cluster, theirs));
      expect(await records(ours.cluster, our, 'web')).toEqual(await records(ours.cluster, theirs, 'web'));

      const all = async (name: string): Promise<string> => {
        const { stdout } = await runHelm(program, plane.kubeconfig, ['get', 'all', 'web', '-n', name]);
        return stdout.replaceAll(name, 'NAMESPACE').replace(/LAST DEPLOYED: .*/, 'LAST DEPLOYED: TIME');
      };
      expect(await all(our)).toBe(await all(theirs));

      const removed = await runHelm(program, plane.kubeconfig, ['uninstall', 'web', '-n', our]);
      expect(removed).toMatchObject({ status: 0, stdout: 'release "web" uninstalled\n' });
      const result = await uninstall(ours.context(theirs, { compat }), { name: 'web', ...wait });
      expect(result.info).toBe('');
      expect(await liveState(ours.cluster, our)).toEqual({});
      expect(await liveState(ours.cluster, theirs)).toEqual({});
      expect(await records(ours.cluster, theirs, 'web')).toEqual([]);
    },
  );
});
