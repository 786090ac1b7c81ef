const chartYaml = (name: string, more = ''): string =>
  `apiVersion: v2\nname: ${name}\nversion: 0.1.0\nappVersion: "1.0"\n${more}`;

const configMap = (name: string, data: string, annotations = '{}'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "${name}", annotations: ${annotations}}\ndata: ${data}\n`;

const hookPod = (name: string, annotations: string): string =>
  `apiVersion: v1
kind: Pod
metadata:
  name: "{{ .Release.Name }}-${name}"
  annotations: {${annotations}}
spec: {restartPolicy: Never, containers: [{name: main, image: example.com/x:1}]}
`;

const failing = '"testbed/fail": "true"';

/** Charts and values for command lines on releases, by their paths. */
export const releaseCharts: Readonly<Record<string, string>> = {
  'app/Chart.yaml': chartYaml('app', 'annotations: {b: "2", a: "1"}\n'),
  'app/values.yaml': 'level: info\nreplicas: 1\nbig: 1000000\n',
  'app/templates/all.yaml': `${configMap('{{ .Release.Name }}', '{level: "{{ .Values.level }}", text: "<&> é"}')}---
apiVersion: v1
kind: Secret
metadata: {name: "{{ .Release.Name }}"}
stringData: {password: hunter2}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}-second", annotations: {helm.sh/resource-policy: {{ .Values.policy | default "none" | quote }}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: "{{ .Release.Name }}"}}
  template:
    metadata: {labels: {app: "{{ .Release.Name }}"}}
    spec: {containers: [{name: web, image: example.com/web:1}]}
`,
  'app/templates/NOTES.txt': '\nHello {{ .Release.Name }}, revision {{ .Release.Revision }}\n\n',
  'app/templates/tests/good.yaml': hookPod('good', '"helm.sh/hook": test'),
  'app/templates/tests/late.yaml': hookPod(
    'late',
    '"helm.sh/hook": test, "helm.sh/hook-weight": "5", "helm.sh/hook-delete-policy": "hook-succeeded"',
  ),
  'plain/Chart.yaml': chartYaml('plain'),
  'plain/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: "{{ .Values.a }}"}'),
  'lib/Chart.yaml': chartYaml('lib', 'type: library\n'),
  'old/Chart.yaml': chartYaml('old', 'deprecated: true\n'),
  'old/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: b}'),
  'parent/Chart.yaml': chartYaml(
    'parent',
    'dependencies: [{name: plain, version: 0.1.0, repository: "file://../plain", condition: on}]\n',
  ),
  'parent/charts/plain/Chart.yaml': chartYaml('plain'),
  'parent/charts/plain/templates/map.yaml': configMap('{{ .Release.Name }}-sub', '{a: b}'),
  'parent/charts/plain/templates/NOTES.txt': 'Notes of a sub-chart\n',
  'parent/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: b}'),
  'parent/templates/NOTES.txt': 'Notes of the parent\n',
  'lacking/Chart.yaml': chartYaml(
    'lacking',
    'dependencies: [{name: plain, version: 0.1.0, repository: "file://../plain"}]\n',
  ),
  'broken/Chart.yaml': chartYaml('broken'),
  'broken/templates/map.yaml': configMap('{{ .Values.a.b.c }}', '{}'),
  'unread/Chart.yaml': chartYaml('unread'),
  'unread/templates/map.yaml': 'apiVersion: v1\nkind: [unclosed\n',
  'strange/Chart.yaml': chartYaml('strange'),
  'strange/templates/lamp.yaml': 'apiVersion: example.com/v9\nkind: Lamp\nmetadata: {name: a}\n',
  'typo/Chart.yaml': chartYaml('typo'),
  'typo/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: typo}\ndatta: {a: b}\n',
  'schema/Chart.yaml': chartYaml('schema'),
  'schema/values.schema.json': '{"type":"object","properties":{"size":{"type":"integer"}}}',
  'schema/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: b}'),
  'bad-hook/Chart.yaml': chartYaml('bad-hook'),
  'bad-hook/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: "{{ .Values.a }}"}'),
  'bad-hook/templates/hook.yaml': hookPod('hook', `"helm.sh/hook": "pre-install,pre-upgrade", ${failing}`),
  'bad-test/Chart.yaml': chartYaml('bad-test'),
  'bad-test/templates/map.yaml': configMap('{{ .Release.Name }}', '{a: b}'),
  'bad-test/templates/tests/bad.yaml': hookPod('bad', `"helm.sh/hook": test, ${failing}`),
  'fixed/Chart.yaml': chartYaml('fixed'),
  'fixed/templates/map.yaml': `${configMap('{{ .Release.Name }}', '{a: "{{ .Values.a }}"}')}immutable: true\n`,
  'fixed/templates/more.yaml': configMap('{{ .Release.Name }}-{{ .Values.a }}', '{}'),
  'never/Chart.yaml': chartYaml('never'),
  'never/templates/pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: "{{ .Release.Name }}", annotations: {testbed/never-ready: "true"}}
spec: {containers: [{name: main, image: example.com/x:1}]}
`,
  'crds/Chart.yaml': chartYaml('crds'),
  'crds/crds/lamps.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: lamps.example.com}
spec:
  group: example.com
  names: {kind: Lamp, plural: lamps, singular: lamp}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`,
  'crds/templates/lamp.yaml':
    'apiVersion: example.com/v1\nkind: Lamp\nmetadata: {name: "{{ .Release.Name }}"}\nspec: {watts: {{ .Values.watts | default 40 }}}\n',
  'more.yaml': 'level: warn\n',
  'text.txt': 'from a file',
};
