/**
 * A chart as an archive (Helm 4.3.1 `chartutil.Save`). Comes in: a loaded chart. Goes out: the bytes of its `.tgz`, equal
 * for equal input. Not its business: where the archive is put, signing.
 */
import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';
import { baseNameOf, encodeText, GoError } from '@flotilla/gocompat';
import type { Chart, ModTime } from '../chart/chart.ts';
import { lockYaml, metadataYaml } from './metadata-table.ts';
import { type TarFile, writeTar } from './write-tar.ts';

export interface ArchiveOptions {
  /** For files without a time of their own. */
  readonly now: ModTime;
  /** `SOURCE_DATE_EPOCH`: the time of everything in the archive. */
  readonly epochSeconds?: number | undefined;
}

/** `rr`, the length of what follows, and a subfield every Helm archive carries. */
const gzipExtra = 'rr\x28\x00aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=';

/** The archive's bytes. Throws GoError with Helm's texts for charts that cannot be saved. */
export function chartArchive(chart: Chart, options: ArchiveOptions): Uint8Array {
  return gzip(writeTar(archiveFiles(chart, '', options)));
}

/** Files of an archive in Helm's order: metadata, lock, values, schema, templates, files, sub-charts. */
export function archiveFiles(chart: Chart, prefix: string, options: ArchiveOptions): readonly TarFile[] {
  const { metadata } = chart;
  if (baseNameOf(metadata.name) !== metadata.name || metadata.name === '') {
    throw new GoError(`"${metadata.name}" is not a valid chart name`);
  }
  const base = prefix === '' ? metadata.name : `${prefix}/${metadata.name}`;
  const file = (name: string, data: Uint8Array, modTime: ModTime | undefined): TarFile => ({
    name: `${base}/${name}`,
    data,
    modTime: timeOf(modTime, options),
  });
  const chartYaml = metadataYaml(metadata, metadata.apiVersion !== 'v1');
  return [
    file('Chart.yaml', encodeText(chartYaml), chart.modTime),
    ...lockFile(chart, options).map(({ text, modTime }) => file('Chart.lock', encodeText(text), modTime)),
    ...chart.raw
      .filter(({ name }) => name === 'values.yaml')
      .map(({ name, data, modTime }) => file(name, data, modTime)),
    ...schemaFile(chart).map(({ name, data, modTime }) => file(name, data, modTime)),
    ...[...chart.templates, ...chart.files].map(({ name, data, modTime }) => file(name, data, modTime)),
    ...chart.dependencies.flatMap((each) => archiveFiles(each, `${base}/charts`, options)),
  ];
}

function timeOf(modTime: ModTime | undefined, { now, epochSeconds }: ArchiveOptions): ModTime {
  if (epochSeconds !== undefined) return { seconds: epochSeconds, nanoseconds: 0 };
  return modTime ?? now;
}

function lockFile(
  { metadata, lock }: Chart,
  { epochSeconds }: ArchiveOptions,
): readonly { readonly text: string; readonly modTime: ModTime | undefined }[] {
  if (metadata.apiVersion !== 'v2' || lock === undefined) return [];
  const generated =
    epochSeconds === undefined
      ? lock.generated
      : new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');
  const milliseconds = Date.parse(generated);
  const modTime = Number.isNaN(milliseconds)
    ? undefined
    : {
        seconds: Math.floor(milliseconds / 1000),
        nanoseconds: (((milliseconds % 1000) + 1000) % 1000) * 1e6,
      };
  return [{ text: lockYaml({ ...lock, generated }), modTime }];
}

function schemaFile({ schema }: Chart): readonly NonNullable<Chart['schema']>[] {
  if (schema === undefined) return [];
  try {
    JSON.parse(Buffer.from(schema.data).toString('utf8'));
  } catch (error) {
    throw new GoError('invalid JSON in values.schema.json', { cause: error });
  }
  return [schema];
}

/** gzip with the header Helm gives it: extra field and comment, no time, unknown system. */
function gzip(data: Uint8Array): Uint8Array {
  const extra = Buffer.from(gzipExtra, 'latin1');
  const header = Buffer.from([0x1f, 0x8b, 8, 0x14, 0, 0, 0, 0, 0, 255, extra.length, 0]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data), 0);
  trailer.writeUInt32LE(data.length % 2 ** 32, 4);
  return Buffer.concat([header, extra, Buffer.from('Helm\0', 'latin1'), deflateRawSync(data), trailer]);
}
