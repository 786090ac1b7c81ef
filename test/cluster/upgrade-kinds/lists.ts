import { service, type UpgradeKind, workload } from './upgrade-kind.ts';

/** Upgrades of lists: with keys, as sets, as a whole; and objects of custom kinds. */

const env = (items: string): string =>
  workload('Deployment', { containers: `[{name: a, image: "a:1", env: ${items}}]` });

const ingress = (rules: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec: {rules: ${rules}}\n---\n`;
const rule = (host: string, ...paths: readonly string[]): string =>
  `{host: ${host}, http: {paths: [${paths.map((path) => `{path: ${path}, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}`).join(', ')}]}}`;

const group = 'kinds.example.com';
const thingKinds = [[`${group}/v1`, 'Thing']] as const;
const thing = (spec: string): string =>
  `apiVersion: ${group}/v1\nkind: Thing\nmetadata: {name: t}\nspec: ${spec}\n---\n`;
const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-preserve-unknown-fields: true
            properties:
              size: {type: integer, format: int64, default: 1}
              parts:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [id]
                items: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}
              marks: {type: array, x-kubernetes-list-type: set, items: {type: string}}
`;

export const lists: Readonly<Record<string, UpgradeKind>> = {
  'variables by name': {
    before: env('[{name: A, value: "1"}, {name: B, value: "2"}, {name: C, value: "3"}]'),
    after: env(
      '[{name: C, value: "3"}, {name: A, value: "4"}, {name: D, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]',
    ),
  },
  'a variable from another place': {
    before: env('[{name: A, value: "1"}]'),
    after: env('[{name: A, valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}}]'),
  },
  'a variable named twice': {
    before: env('[{name: A, value: "1"}]'),
    after: env('[{name: A, value: "1"}, {name: A, value: "2"}]'),
    fails: 'v4',
  },
  'containers by name': {
    before: workload('Deployment', { containers: '[{name: a, image: "a:1"}, {name: b, image: "b:1"}]' }),
    after: workload('Deployment', { containers: '[{name: c, image: "c:1"}, {name: b, image: "b:2"}]' }),
  },
  'volumes and where they are mounted': {
    before: workload('Deployment', {
      pod: 'volumes: [{name: v, emptyDir: {}}, {name: w, configMap: {name: c, optional: true}}], ',
      containers:
        '[{name: a, image: "a:1", volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]}]',
    }),
    after: workload('Deployment', {
      pod: 'volumes: [{name: v, configMap: {name: c, optional: true}}], ',
      containers: '[{name: a, image: "a:1", volumeMounts: [{name: v, mountPath: /v, readOnly: true}]}]',
    }),
  },
  'ports of a service': {
    before: service('[{name: http, port: 80}, {name: https, port: 443}]'),
    after: service(
      '[{name: https, port: 8443}, {name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]',
    ),
  },
  'ports of a container': {
    before: workload('Deployment', {
      containers:
        '[{name: a, image: "a:1", ports: [{containerPort: 80, name: http}, {containerPort: 53, protocol: UDP}]}]',
    }),
    after: workload('Deployment', {
      containers:
        '[{name: a, image: "a:1", ports: [{containerPort: 53, protocol: TCP}, {containerPort: 80, name: web}]}]',
    }),
  },
  'a list that is replaced as a whole': {
    before: workload('Deployment', {
      containers: '[{name: a, image: "a:1", args: [a, b, c], command: [sh]}]',
      pod: 'tolerations: [{key: a, operator: Exists}, {key: b, operator: Exists}], ',
    }),
    after: workload('Deployment', {
      containers: '[{name: a, image: "a:1", args: [c, a]}]',
      pod: 'tolerations: [{key: b, operator: Exists}], ',
    }),
  },
  'a list that is emptied': {
    before: workload('Deployment', { pod: 'imagePullSecrets: [{name: a}, {name: b}], ' }),
    after: workload('Deployment', { pod: 'imagePullSecrets: [], ' }),
  },
  'items that others added': {
    before: env('[{name: A, value: "1"}]'),
    after: env('[{name: A, value: "2"}]'),
    meanwhile: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        patch: {
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    name: 'a',
                    image: 'a:1',
                    env: [
                      { name: 'A', value: '1' },
                      { name: 'Z', value: '9' },
                    ],
                  },
                ],
              },
            },
          },
        },
      },
    ],
  },
  'finalizers, which are a set': {
    before:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, finalizers: [example.com/a, example.com/b]}\n',
    after: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, finalizers: [example.com/b]}\n',
  },
  'rules of an ingress': {
    before: ingress(`[${rule('a.example.com', '/', '/a')}, ${rule('b.example.com', '/')}]`),
    after: ingress(`[${rule('b.example.com', '/', '/b')}, ${rule('c.example.com', '/')}]`),
  },
  'a custom kind': {
    before: thing('{size: 1, free: {a: 1, b: [1, 2]}}'),
    after: thing('{free: {b: [2], c: null}, more: x}'),
    kinds: thingKinds,
    crd,
  },
  'lists of a custom kind': {
    before: thing('{parts: [{id: a, note: x}, {id: b}], marks: [k, l]}'),
    after: thing('{parts: [{id: b, note: w}, {id: c}], marks: [l, m]}'),
    kinds: thingKinds,
    crd,
  },
  'integers that no double holds': {
    before: thing('{size: 9007199254740993, free: [9223372036854775807, -9223372036854775808]}'),
    after: thing('{size: 9007199254740995, free: [9223372036854775806, 1e3, 1.5]}'),
    kinds: thingKinds,
    crd,
    // Helm 3 rounds them in its merge patches; we do not.
    onlyHelm4: true,
  },
};
