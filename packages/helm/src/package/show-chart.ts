/** `helm show`: what a chart says about itself, as text. */
import { decodeBytes } from '@flotilla/gocompat';
import type { Chart } from '../chart/chart.ts';
import { crdsOf, instantiateChart } from '../chart/chart-instance.ts';
import { metadataYaml } from './metadata-table.ts';

export type ShowPart = 'all' | 'chart' | 'values' | 'readme' | 'crds';

const readmeNames = ['readme.md', 'readme.txt', 'readme'];

/** The text of `helm show PART` (Helm 4.3.1). */
export function showChart(chart: Chart, part: ShowPart): string {
  const isAll = part === 'all';
  const sections = [
    part === 'chart' || isAll ? `${metadataYaml(chart.metadata)}\n` : '',
    part === 'values' || isAll ? valuesText(chart, isAll) : '',
    part === 'readme' || isAll ? readmeText(chart, isAll) : '',
    part === 'crds' || isAll ? crdsText(chart) : '',
  ];
  return sections.join('');
}

function valuesText(chart: Chart, isAll: boolean): string {
  const file = chart.raw.find(({ name }) => name === 'values.yaml');
  return file === undefined ? '' : `${isAll ? '---\n' : ''}${decodeBytes(file.data)}\n`;
}

function readmeText(chart: Chart, isAll: boolean): string {
  const readme = chart.files.find(({ name }) => readmeNames.includes(name.toLowerCase()));
  return readme === undefined ? '' : `${isAll ? '---\n' : ''}${decodeBytes(readme.data)}\n`;
}

function crdsText(chart: Chart): string {
  return crdsOf(instantiateChart(chart))
    .map(({ file }) => decodeBytes(file.data))
    .map((text) => `${text.startsWith('---') ? '' : '---\n'}${text}\n`)
    .join('');
}
