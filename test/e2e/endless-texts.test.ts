import { expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';

/** Texts of `tpl` without end, as the built program sees them: its stack, and no other, says how deep they go. */

const chartYaml = 'apiVersion: v2\nname: app\nversion: 1.2.3\n';

test.each([
  [
    'a text that renders itself',
    'a: 1\nb: {{ tpl .Values.text . }}\n',
    '{{ tpl .Values.text . }}',
    '2:6: executing "app/templates/a.yaml" at <tpl .Values.text .>',
  ],
  [
    'a text and a template that render each other',
    '{{ define "x" }}\n{{ tpl .Values.text . }}{{ end }}{{ include "x" . }}\n',
    '{{ include "x" . }}',
    '2:3: executing "x" at <tpl .Values.text .>',
  ],
])('%s', async (_name, template, text, place) => {
  using project = new TempProject({
    'app/Chart.yaml': chartYaml,
    'app/values.yaml': `text: '${text}'\n`,
    'app/templates/a.yaml': template,
  });
  const { stderr, code } = await project.run(['helm', 'template', 'app']);
  expect([stderr, code]).toEqual([
    `Error: template: app/templates/a.yaml:${place}: exceeded maximum template depth (100000)\n\nUse --debug flag to render out invalid YAML\n`,
    1,
  ]);
});
