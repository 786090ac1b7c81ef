import { configMap, keep, type UpgradeKind, workload } from './upgrade-kind.ts';

/** Upgrades that add, remove and replace whole objects. */

const autoscaler = (version: string, metrics: string): string => `apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {minReplicas: 1, maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, ${metrics}}
---
`;

const gone = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };

export const wholeObjects: Readonly<Record<string, UpgradeKind>> = {
  'nothing changes': { before: configMap('a', '{x: "1"}'), after: configMap('a', '{x: "1"}') },
  'an object is added': {
    before: configMap('a', '{x: "1"}'),
    after: configMap('a', '{x: "1"}') + configMap('b', '{x: "1"}'),
  },
  'an object is removed': {
    before: configMap('a', '{x: "1"}') + configMap('b', '{x: "1"}'),
    after: configMap('a', '{x: "1"}'),
  },
  'the last object is removed': { before: configMap('a', '{x: "1"}'), after: '# nothing\n' },
  'an object is renamed': { before: configMap('a', '{x: "1"}'), after: configMap('b', '{x: "1"}') },
  'objects change their order': {
    before: configMap('a', '{x: "1"}') + configMap('b', '{x: "1"}'),
    after: configMap('b', '{x: "2"}') + configMap('a', '{x: "2"}'),
  },
  'what is kept is removed': {
    before: configMap('a', '{x: "1"}', keep) + configMap('b', '{}'),
    after: configMap('b', '{}'),
  },
  'the keep policy comes too late': {
    before: configMap('a', '{x: "1"}') + configMap('b', '{}'),
    after: configMap('b', '{}'),
    meanwhile: [{ ...gone, patch: { metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } } } }],
  },
  'a policy that is not keep': {
    before:
      configMap('a', '{x: "1"}', ', annotations: {helm.sh/resource-policy: delete}') + configMap('b', '{}'),
    after: configMap('b', '{}'),
  },
  'what vanished is created again': {
    before: configMap('a', '{x: "1"}') + configMap('b', '{x: "1"}'),
    after: configMap('a', '{x: "2"}') + configMap('b', '{x: "2"}'),
    meanwhile: [gone],
  },
  'what was to be removed vanished before': {
    before: configMap('a', '{x: "1"}') + configMap('b', '{x: "1"}'),
    after: configMap('b', '{x: "2"}'),
    meanwhile: [gone],
  },
  'another kind takes the name': { before: workload('Deployment'), after: workload('StatefulSet') },
  'another version of the kind': {
    before: workload('Deployment') + autoscaler('v1', 'targetCPUUtilizationPercentage: 80'),
    after:
      workload('Deployment') +
      autoscaler(
        'v2',
        'metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]',
      ),
  },
  'objects of a list': {
    before:
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: "1"}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n',
    after:
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: "2"}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n',
  },
  'a role, and whom it is bound to': {
    before: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [""], resources: [pods, secrets], verbs: [get]}, {apiGroups: [apps], resources: [deployments], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: a, namespace: x}, {kind: ServiceAccount, name: b, namespace: x}]
`,
    after: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules: [{apiGroups: [apps], resources: [deployments], verbs: ["*"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: b, namespace: x}, {kind: User, name: c, apiGroup: rbac.authorization.k8s.io}]
`,
    kinds: [['rbac.authorization.k8s.io/v1', 'RoleBinding']],
  },
};
