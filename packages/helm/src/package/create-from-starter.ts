/** `helm create --starter`: a new chart from a chart that serves as its pattern. */
import { dirname, isAbsolute, join } from 'node:path';
import { baseNameOf, decodeBytes, encodeText, GoError, quote, wrapGoError } from '@flotilla/gocompat';
import type { Chart, ChartFile } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { checkMetadata, parseMetadata } from '../chart/metadata.ts';
import { nodeChartSource } from '../chart/node-files.ts';
import type { Print, RegistryHost } from '../registry/registry-host.ts';
import { metadataYaml } from './metadata-table.ts';
import { saveChart } from './package-chart.ts';

export interface StarterOptions {
  /** Where the new chart goes; its last part is the name. */
  readonly path: string;
  readonly host: RegistryHost;
  readonly print?: Print;
}

/**
 * Writes a chart like `starter`, a path or a name below `starters` (Helm 4.3.1 `create --starter`): `<CHARTNAME>` in
 * templates and values becomes the name. Throws GoError with Helm's texts.
 */
export function createChartFrom(starters: string, starter: string, options: StarterOptions): void {
  const { path, host, print } = options;
  print?.(`Creating ${path}\n`);
  const name = baseNameOf(path);
  const pattern = loadStarter(isAbsolute(starter) ? starter : join(starters, starter));
  if (name === '' || name === '.') throw new GoError(`${quote(name)} is not a valid chart name`);
  const folder = join(dirname(path), name);
  const existing = host.files.stat(folder);
  if (existing !== undefined && existing.kind !== 'directory') {
    throw new GoError(`file ${folder} already exists and is not a directory`);
  }
  for (const file of filesOf(pattern, name)) host.files.write(join(folder, file.name), file.data);
  for (const dependency of pattern.dependencies) saveChart(dependency, join(folder, 'charts'), host);
}

function loadStarter(path: string): Chart {
  try {
    return loadChart(nodeChartSource(path));
  } catch (error) {
    throw wrapGoError(`could not load ${path}: `, error);
  }
}

function filesOf(chart: Chart, name: string): readonly ChartFile[] {
  const named = (file: ChartFile): ChartFile => ({
    ...file,
    data: encodeText(decodeBytes(file.data).replaceAll('<CHARTNAME>', name)),
  });
  return [
    { name: 'Chart.yaml', data: encodeText(chartYaml(name)) },
    ...chart.raw.filter((file) => file.name === 'values.yaml').map(named),
    ...(chart.schema === undefined ? [] : [chart.schema]),
    ...chart.templates.map(named),
    ...chart.files,
  ];
}

function chartYaml(name: string): string {
  const text = JSON.stringify({
    apiVersion: 'v2',
    name,
    description: 'A Helm chart for Kubernetes',
    type: 'application',
    version: '0.1.0',
    appVersion: '0.1.0',
  });
  return metadataYaml(checkMetadata(parseMetadata(text)));
}
