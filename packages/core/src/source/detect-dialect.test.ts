import { source } from '@flotilla/diagnostics';
import { expect, test } from 'vitest';
import { detectDialect } from './detect-dialect.ts';
import { findBareAction } from './find-bare-action.ts';

test('actions that YAML could not read make a file classic', () => {
  const classic = [
    'releases:\n- name: {{ requiredEnv "X" }}\n',
    'releases:\n{{- range .Values.apps }}\n- name: x\n{{- end }}\n',
    'releases:\n- {{ toYaml . | nindent 2 }}\n',
    'releases:\n- name: x # {{ a }}\n  installed: {{ .Values.on }}\n',
    'releases:\n- values: [{{ .Values.a }}]\n',
    'releases:\n- values: [a-{{ .Values.a }}]\n',
    'releases:\n- name: "a\n    b" \n{{ x }}: 1\n',
    'releases:\n- values:\n  - |\n    a: 1\n  - {{ x }}\n',
    'environments:\n  default:\n    values:\n    - env/{{ .Environment.Name }}.yaml\n',
  ];
  expect(classic.filter((text) => findBareAction(text) === -1)).toEqual([]);
});

test('actions in strings and comments leave a file v1', () => {
  const v1 = [
    'releases: []\n',
    '# {{ a }}\nreleases:\n- name: x  # {{ b }}\n',
    'releases:\n- name: "{{ .Environment.Name }}"\n',
    "releases:\n- name: '{{ ''a'' }}{{ .x }}'\n",
    'releases:\n- chart: ./charts/{{ .Release.Name }}\n',
    'releases:\n- values:\n  - |\n    a: {{ .Values.a }}\n\n    b: {{ .Values.b }}\n  - x.yaml\n',
    'releases:\n- values:\n  - a: >-\n      {{ .Values.a }}\n    b: 1\n',
    'releases:\n- name: "a {{ x }}\n    {{ y }}"\n',
    'helmDefaults:\n  postRendererArgs:\n  - --name={{ .Release.Name }}\n',
    'releases:\n- name: "\\"{{ x }}"\n',
    "releases:\n- name: it's-{{ .Release.Name }}\n",
  ];
  expect(v1.filter((text) => findBareAction(text) !== -1)).toEqual([]);
});

test('the name of the file and the environment decide first', () => {
  const bare = 'releases:\n- name: {{ x }}\n';
  expect(detectDialect(source('a.yaml.gotmpl', bare))).toEqual({ name: 'v1', engine: 'gotemplate' });
  expect(detectDialect(source('a.yaml.eta', bare))).toEqual({ name: 'v1', engine: 'eta' });
  expect(detectDialect(source('a.yaml', bare))).toEqual({ name: 'classic', engine: 'gotemplate' });
  expect(detectDialect(source('a.yaml', 'a: 1'))).toEqual({ name: 'v1', engine: 'none' });
  expect(detectDialect(source('-', 'a: 1'), { renderYaml: true })).toEqual({
    name: 'v1',
    engine: 'gotemplate',
  });
  expect(detectDialect(source('a.yaml', bare), { v1Mode: true })).toEqual({ name: 'v1', engine: 'none' });
  expect(detectDialect(source('a.yaml', 'a: 1'), { v1Mode: false })).toEqual({
    name: 'classic',
    engine: 'gotemplate',
  });
});
