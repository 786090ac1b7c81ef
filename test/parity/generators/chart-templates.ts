import { type Random, several } from './random.ts';

/** Templates of generated charts: documents of many kinds, helpers, hooks, notes and files that show what a chart gets to see. */

/** What a template may name. */
export interface TemplateScope {
  readonly chart: string;
  /** Paths of values that may be there, without `.Values.`. */
  readonly paths: readonly string[];
  /** Names of templates that may be defined, in whatever chart. */
  readonly helpers: readonly string[];
  readonly subcharts: readonly string[];
}

const kinds = [
  'ConfigMap',
  'ConfigMap',
  'Secret',
  'Service',
  'Deployment',
  'Namespace',
  'ServiceAccount',
  'ClusterRole',
  'Ingress',
  'CronJob',
  'APIService',
  'Unknown',
  'PodDisruptionBudget',
  'CustomResourceDefinition',
];

const hooks = [
  'pre-install',
  'post-install',
  'pre-install,pre-upgrade',
  'post-delete',
  'test',
  'test-success',
  'crd-install',
  'pre-rollback, post-rollback',
  'no-such-hook',
  '',
];

/** One document, whole: `body` lines stand below `data`. */
export function manifest(random: Random, scope: TemplateScope): string {
  const annotations = random.chance(0.25) ? hookAnnotations(random) : '';
  const guard = random.chance(0.2) ? value(random, scope) : undefined;
  const lines = several(random, [1, 5], () => entry(random, scope)).join('');
  const text = `${separator(random)}apiVersion: ${random.pick(['v1', 'apps/v1', '{{ .Capabilities.KubeVersion.Version }}'])}
kind: ${random.pick(kinds)}
metadata:
  name: ${random.pick(['{{ .Release.Name }}', scope.chart, '{{ .Chart.Name }}'])}-${random.pick(['a', 'b', 'c'])}
${annotations}data:
${lines}`;
  return guard === undefined
    ? text
    : `{{- if ${guard} }}\n${text}{{- ${random.pick(['end', 'else }}\n# nothing\n{{- end'])} }}\n`;
}

function separator(random: Random): string {
  return random.pick(['---\n', '---\n', '---\n', '--- # why\n', '---   \n', '\n---\n\n']);
}

function hookAnnotations(random: Random): string {
  const weight = random.chance(0.5)
    ? `    helm.sh/hook-weight: ${random.pick(['"5"', '"-3"', '7', '"x"', '" 1"'])}\n`
    : '';
  const policy = random.chance(0.3)
    ? `    helm.sh/hook-delete-policy: ${random.pick(['before-hook-creation', 'hook-succeeded,hook-failed', 'never'])}\n`
    : '';
  return `  annotations:\n    "helm.sh/hook": ${JSON.stringify(random.pick(hooks))}\n${weight}${policy}`;
}

/** One key below `data` with what an expression gives. */
function entry(random: Random, scope: TemplateScope): string {
  const key = `k${random.below(1000)}`;
  const choice = random.below(14);
  if (choice < 5) return `  ${key}: {{ ${value(random, scope)} | ${random.pick(endings)} }}\n`;
  if (choice < 7)
    return `  ${key}: {{- ${value(random, scope)} | ${random.pick(['toYaml', 'toYamlPretty'])} | nindent 4 }}\n`;
  if (choice < 9) return `  ${key}: {{ include "${named(random, scope)}" ${context(random)} | quote }}\n`;
  if (choice < 10)
    return `  ${key}: {{ tpl ${seldom(random, riskyTexts) ?? random.pick(tplTexts)} ${context(random)} | quote }}\n`;
  if (choice < 13)
    return `  ${key}: {{ ${seldom(random, riskyFacts) ?? random.pick(facts(scope))} | toJson }}\n`;
  return loop(random, scope, key);
}

function loop(random: Random, scope: TemplateScope, key: string): string {
  const inner = random.pick([
    '{{ $k }}: {{ $v | toJson }}',
    'x{{ $k }}: {{ $v | quote }}',
    '"{{ $k }}": {{ tpl (toString $v) $ | quote }}',
  ]);
  return `  ${key}:\n    z: 0\n    {{- range $k, $v := ${seldom(random, [value(random, scope)]) ?? '(.Values.map | default dict)'} }}\n    ${inner}\n    {{- end }}\n`;
}

/** One of `items`, seldom: most charts render, and few things that fail are enough for a chart. */
function seldom<T>(random: Random, items: readonly T[]): T | undefined {
  return random.chance(0.02) ? random.pick(items) : undefined;
}

const endings = [
  'toJson',
  'quote',
  'toString | quote',
  'default "none" | quote',
  'toYaml | b64enc',
  'kindOf',
  'empty',
  'typeOf',
  'toPrettyJson | quote',
];

function context(random: Random): string {
  const whole =
    '(dict "Values" .Values "Template" .Template "Release" .Release "Chart" .Chart "Capabilities" .Capabilities)';
  return seldom(random, ['.Values', 'nil', '"text"']) ?? random.pick(['.', '.', '.', '$', whole]);
}

/** A helper that is there, or one of a chart that may not be. */
function named(random: Random, { chart, helpers }: TemplateScope): string {
  return seldom(random, helpers) ?? random.pick([`${chart}.name`, 'app.name']);
}

const tplTexts = [
  '"{{ .Release.Name }}-{{ .Chart.Name }}"',
  '"{{ .Values | toJson }}"',
  '(.Values | toYaml)',
  '(.Values.text | default "{{ .Template.Name }}" | toString)',
  '"{{ .Template.BasePath }}"',
  '"{{ include \\"app.name\\" . }}"',
  '"{{ define \\"inner\\" }}in{{ end }}{{ include \\"inner\\" . }}"',
];
const riskyTexts = [
  '.Values.text',
  '"{{ .Values.none.deeper }}"',
  '"{{ if }}"',
  '"{{ fail \\"no\\" }}"',
  '.Values',
  '"{{ template \\"no\\" }}"',
];

function value(random: Random, { paths }: TemplateScope): string {
  const path = random.pick(paths);
  const plain = seldom(random, [`.Values.${path}`]) ?? nilSafe(path);
  return random.pick([
    plain,
    plain,
    plain,
    plain,
    '.Values',
    '.Values.global',
    `(${plain} | default (dict "d" 1))`,
  ]);
}

/** A path whose tables need not be there. */
function nilSafe(path: string): string {
  return path.split('.').reduce((inner, key) => `(${inner}).${key}`, '.Values');
}

const riskyFacts = ['(.Values.Table "global" | typeOf)', '.Values.global.region.deeper', '.Chart.Nothing'];

function facts({ subcharts }: TemplateScope): readonly string[] {
  return [
    '.Chart',
    '.Chart.Version',
    '.Chart.IsRoot',
    '.Chart.Dependencies',
    '.Chart.Annotations',
    '.Release',
    '.Template',
    '.Capabilities.KubeVersion.Minor',
    '.Capabilities.HelmVersion.Version',
    '(.Capabilities.APIVersions.Has "apps/v1/Deployment")',
    '(.Capabilities.APIVersions.Has "example.org/v1")',
    '(len .Capabilities.APIVersions)',
    '(semverCompare ">=1.20-0" .Capabilities.KubeVersion.Version)',
    '(lookup "v1" "Secret" "ns" "s")',
    '(lookup "v1" "Secret" "ns" "").items',
    '.Values.AsMap',
    '(.Files.Get "files/one.txt")',
    '(.Files.Get "Chart.yaml")',
    '(.Files.GetBytes "files/one.txt" | toString)',
    '(.Files.Lines "files/one.txt")',
    '(.Files.Glob "files/*").AsConfig',
    '(.Files.Glob "files/**.txt").AsSecrets',
    '(.Files.Glob "{files,no}/t*").AsConfig',
    '(keys .Subcharts | sortAlpha)',
    ...subcharts.flatMap((name) => [`(.Subcharts.${name}).Values`, `((.Subcharts.${name}).Chart).Name`]),
    '(keys . | sortAlpha)',
    '(fromYaml "a: [1, 2.5, x]")',
    '(fromJsonArray "[1, null]")',
    '(.Values | toToml)',
    '(toYaml .Chart.Maintainers)',
  ];
}

/** A definition that other templates include. */
export function helper(random: Random, scope: TemplateScope, name: string): string {
  const body = random.pick([
    '{{ .Chart.Name }}-{{ .Release.Name }}',
    `{{- ${value(random, scope)} | toJson -}}`,
    `{{ .Template.Name }}`,
    `{{ with ${value(random, scope)} }}{{ . | toJson }}{{ else }}none{{ end }}`,
    name === 'app.name' && !random.chance(0.05)
      ? 'own'
      : `{{ include "${seldom(random, scope.helpers) ?? 'app.name'}" (dict "Values" dict "Chart" .Chart "Release" .Release "Template" .Template) }}`,
    'plain',
  ]);
  return `{{- define "${name}" -}}\n${body}\n{{- end }}\n`;
}

/** Text after an installation. */
export function notes(random: Random, scope: TemplateScope): string {
  return `Thanks for {{ .Chart.Name }}: {{ ${value(random, scope)} | toJson }}\n`;
}
