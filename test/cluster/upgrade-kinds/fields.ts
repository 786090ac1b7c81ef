import { configMap, service, type UpgradeKind, workload } from './upgrade-kind.ts';

/** Upgrades that add, change and remove fields, and those that a server does not take. */

const secret = (body: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${body}\n---\n`;
const secrets = [['v1', 'Secret']] as const;

const job = (image: string): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "${image}"}]}}}\n---\n`;

const container = (more: string): string =>
  workload('Deployment', { containers: `[{name: a, image: "a:1", ${more}}]` });

const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

export const fields: Readonly<Record<string, UpgradeKind>> = {
  'a field is added': { before: configMap('a', '{x: "1"}'), after: configMap('a', '{x: "1", y: "2"}') },
  'a field is changed': { before: configMap('a', '{x: "1"}'), after: configMap('a', '{x: "2"}') },
  'a field is removed': { before: configMap('a', '{x: "1", y: "2"}'), after: configMap('a', '{x: "1"}') },
  'a map is emptied': { before: configMap('a', '{x: "1"}'), after: configMap('a', '{}') },
  'a map goes': {
    before: configMap('a', '{x: "1"}'),
    after: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  },
  'null in a manifest': {
    before: configMap('a', '{x: "1", y: null, z: "1"}'),
    after: configMap('a', '{x: null, y: "1", w: null}'),
  },
  'null in values': {
    before: configMap('a', '{x: {{ .Values.a | toJson | quote }}}'),
    after: configMap('a', '{x: {{ .Values.a | toJson | quote }}}'),
    values: ['a: {b: 1, c: 2}\n', 'a: {b: 1, c: 2, d: 3}\n'],
    set: { a: { b: null } },
  },
  'labels and annotations': {
    before: configMap('a', '{}', ', labels: {one: "1", two: "2"}, annotations: {x: "1", y: "2"}'),
    after: configMap('a', '{}', ', labels: {two: "3", three: "3"}, annotations: {y: "2"}'),
  },
  'labels of Helm’s own': {
    before: configMap('a', '{}', ', labels: {app.kubernetes.io/managed-by: "me"}'),
    after: configMap('a', '{}', ', labels: {app.kubernetes.io/managed-by: "Helm", a: b}'),
  },
  'quantities in another writing': {
    before: container('resources: {limits: {memory: 1024Mi, cpu: 1000m}, requests: {cpu: 0.5}}'),
    after: container('resources: {limits: {memory: 1Gi, cpu: 1}, requests: {cpu: 500m, memory: 1G}}'),
  },
  'a number or a name': {
    before: service('[{name: http, port: 80, targetPort: 8080}]'),
    after: service('[{name: http, port: 80, targetPort: web}]'),
  },
  'a default becomes explicit': {
    before: workload('Deployment'),
    after: workload('Deployment', {
      more: 'replicas: 1, revisionHistoryLimit: 10, ',
      pod: 'dnsPolicy: ClusterFirst, ',
    }),
  },
  'an explicit value goes': {
    before: workload('Deployment', {
      more: 'replicas: 2, minReadySeconds: 3, ',
      pod: 'terminationGracePeriodSeconds: 5, ',
    }),
    after: workload('Deployment'),
  },
  'false and zero and empty': {
    before: workload('Deployment', {
      more: 'paused: true, minReadySeconds: 2, ',
      pod: 'hostNetwork: true, nodeSelector: {a: b}, ',
    }),
    after: workload('Deployment', {
      more: 'paused: false, minReadySeconds: 0, ',
      pod: 'hostNetwork: false, nodeSelector: {}, ',
    }),
  },
  'one kind of probe for another': {
    before: container('livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 5}'),
    after: container('livenessProbe: {tcpSocket: {port: 80}}'),
  },
  'a strategy for another': {
    before: workload('Deployment', {
      more: 'strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 3}}, ',
    }),
    after: workload('Deployment', { more: 'strategy: {type: Recreate}, ' }),
  },
  'a service’s type': {
    before: service('[{port: 80}]', 'type: NodePort, '),
    after: service('[{port: 80}]', 'type: ClusterIP, '),
  },
  'a service to an external name': {
    before: service('[{port: 80}]'),
    after:
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: ExternalName, externalName: example.com}\n',
  },
  'texts of a secret': {
    before: secret('stringData: {a: "1", b: "2"}'),
    after: secret('stringData: {b: "3", c: "4"}'),
    kinds: secrets,
  },
  'bytes of a secret': {
    before: secret('data: {a: MQ==, b: Mg==}'),
    after: secret('data: {b: Mw==}\nstringData: {a: "1"}'),
    kinds: secrets,
  },
  'an immutable field of a map': {
    before: `${configMap('a', '{x: "1"}').replace('---', 'immutable: true\n---')}`,
    after: `${configMap('a', '{x: "2"}').replace('---', 'immutable: true\n---')}`,
    fails: true,
  },
  'an immutable selector': {
    before: configMap('a', '{x: "1"}') + workload('Deployment'),
    after: configMap('a', '{x: "2"}') + workload('Deployment', { labels: 'app: other' }),
    fails: true,
  },
  'an immutable template of a job': { before: job('a:1'), after: job('a:2'), fails: true },
  'an immutable field, replaced by force': {
    before: configMap('a', '{x: "1"}') + workload('Deployment'),
    after: configMap('a', '{x: "2"}') + workload('Deployment', { pod: 'hostNetwork: true, ' }),
    flags: ['--force-replace', '--server-side=false'],
    options: { forceReplace: true, serverSide: 'false' },
    onlyHelm4: true,
  },
  'fields a stateful set may not change': {
    before: workload('StatefulSet', { more: 'serviceName: a, ' }),
    after: workload('StatefulSet', { more: 'serviceName: b, ' }),
    fails: true,
  },
  'an unknown field': {
    before: configMap('a', '{x: "1"}'),
    after: `${configMap('a', '{x: "2"}').replace('---', 'datum: {}\n---')}`,
    fails: 'v4',
  },
  'replicas that an autoscaler owns': {
    before: workload('Deployment', { more: 'replicas: 1, ' }),
    after: workload('Deployment', { containers: '[{name: a, image: "a:2"}]' }),
    meanwhile: [{ ...web, patch: { spec: { replicas: 4 } } }],
  },
  'replicas that two want': {
    before: workload('Deployment', { more: 'replicas: 1, ' }),
    after: workload('Deployment', { more: 'replicas: 2, ' }),
    meanwhile: [{ ...web, patch: { spec: { replicas: 4 } } }],
    fails: 'v4',
  },
  'replicas that two want, taken by force': {
    before: workload('Deployment', { more: 'replicas: 1, ' }),
    after: workload('Deployment', { more: 'replicas: 2, ' }),
    meanwhile: [{ ...web, patch: { spec: { replicas: 4 } } }],
    flags: ['--force-conflicts'],
    options: { forceConflicts: true },
    onlyHelm4: true,
  },
  'fields that others added': {
    before: configMap('a', '{x: "1"}'),
    after: configMap('a', '{x: "2"}'),
    meanwhile: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'a',
        patch: { data: { foreign: '1' }, metadata: { labels: { foreign: '1' } } },
      },
    ],
  },
};
