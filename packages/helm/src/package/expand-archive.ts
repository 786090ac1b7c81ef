/** Unpacking an archive into a folder (Helm 4.3.1 `chartutil.Expand`): `FOLDER/NAME/…`, never outside of it. */
import { join } from 'node:path';
import { decodeBytes, GoError, wrapGoError } from '@flotilla/gocompat';
import { parseMetadata } from '../chart/metadata.ts';
import { readChartArchive } from '../chart/read-archive.ts';
import type { HostFiles } from '../registry/host-files.ts';

/** Unpacks and gives the chart's directory. Throws GoError with Helm's texts. */
export function expandArchive(archive: Uint8Array, folder: string, files: HostFiles): string {
  const entries = readChartArchive(archive);
  const chartYaml = entries.find(({ name }) => name === 'Chart.yaml');
  const name = chartYaml === undefined ? '' : chartName(decodeBytes(chartYaml.data));
  if (name === '') throw new GoError('chart name not specified');
  if (name === '.' || name === '..') throw new GoError(`chart name "${name}" is not allowed`);
  if (/[/\\]/.test(name)) throw new GoError(`chart name "${name}" must not contain path separators`);
  const directory = join(folder, name);
  for (const entry of entries) files.write(join(directory, entry.name), entry.data);
  return directory;
}

function chartName(yaml: string): string {
  try {
    return parseMetadata(yaml).name;
  } catch (error) {
    throw wrapGoError('cannot load Chart.yaml: ', error);
  }
}
