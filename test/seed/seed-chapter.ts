import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The chapters of the seed on charts: their files, and what they take for granted. */

const seedPage = join(import.meta.dirname, '../../../shared/seed.md');

/** The text of a chapter by its number; empty where the page is missing. */
export function seedChapter(number: number): string {
  if (!existsSync(seedPage)) return '';
  const page = readFileSync(seedPage, 'utf8');
  return page.slice(page.indexOf(`\n## ${number}. `), page.indexOf(`\n## ${number + 1}. `));
}

/** Files that stand in blocks of their own, the first line naming them. */
export function seedFiles(chapter: string): Readonly<Record<string, string>> {
  const blocks = chapter.matchAll(/```yaml\n# (templates\/\S+)\n([\s\S]*?)```/g);
  return Object.fromEntries(Array.from(blocks, ([, path = '', text = '']) => [path, text]));
}

/** The templates and values that the files use and the page does not show. */
export const surroundings: Readonly<Record<string, string>> = {
  'templates/_helpers.tpl': `{{ define "mychart.fullname" }}{{ .Release.Name }}{{ end }}
{{- define "mychart.labels" }}app.kubernetes.io/name: mychart
app.kubernetes.io/instance: {{ .Release.Name }}{{ end }}
{{- define "mychart.selectorLabels" }}app.kubernetes.io/name: mychart{{ end }}`,
  'values.yaml':
    'environment: dev\nslack: {webhookUrl: "http://slack"}\ndatabase: {host: db, port: 5432, name: n, username: u, password: p}\nservice: {port: 80}\n',
};
