/**
 * A chart archive as a flat list of files. Comes in: the bytes of a `.tgz`. Goes out: files by their path inside the chart,
 * or a GoError with Helm's text for anything that is no archive, too large or reaches outside the chart.
 */
import { gunzipSync } from 'node:zlib';
import { cleanPath, GoError, quote } from '@flotilla/gocompat';
import type { ChartFile } from './chart.ts';
import type { HelmCompat } from './helm-compat.ts';
import { maximumChartSize, maximumFileSizeV3, withoutByteOrderMark } from './size-limits.ts';
import { readTar, type TarEntry } from './tar.ts';

/** Room for tar headers and padding on top of the files. */
const maximumTarSize = 2 * maximumChartSize;

const gzipHeaderSize = 10;

/** The bytes do not start as gzip data do. */
export class GzipHeaderError extends GoError {}

/** Files of an archive in their order there (Helm 4.3.1 `LoadArchiveFiles`). */
export function readChartArchive(bytes: Uint8Array, compat: HelmCompat = 'v4'): ChartFile[] {
  const files: ChartFile[] = [];
  let remaining = maximumChartSize;
  for (const entry of readTar(gunzip(bytes, compat))) {
    if (isDirectory(entry) || entry.type === 'g') continue;
    const name = nameInside(entry.name);
    const { size } = entry;
    if (size > remaining) throw tooLarge(compat);
    if (compat === 'v3' && size > maximumFileSizeV3) {
      throw new GoError(
        `decompressed chart file ${quote(entry.name)} is larger than the maximum file size ${maximumFileSizeV3}`,
      );
    }
    if (entry.data.length < size) throw new GoError('unexpected EOF');
    remaining -= size;
    if (remaining <= 0) throw tooLarge(compat);
    files.push({ name, data: withoutByteOrderMark(entry.data), modTime: entry.modTime });
  }
  if (files.length === 0) throw new GoError('no files in chart archive');
  return files;
}

/** True for data that starts like a gzip member. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

function gunzip(bytes: Uint8Array, compat: HelmCompat): Uint8Array {
  if (bytes.length === 0) throw new GoError('EOF');
  if (bytes.length < gzipHeaderSize) throw new GoError('unexpected EOF');
  if (!isGzip(bytes)) throw new GzipHeaderError('gzip: invalid header');
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumTarSize });
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(compat);
    throw new GoError(code === 'Z_BUF_ERROR' ? 'unexpected EOF' : 'gzip: invalid checksum', { cause: error });
  }
}

function tooLarge(compat: HelmCompat): GoError {
  const what = compat === 'v3' ? 'file size' : 'size';
  return new GoError(`decompressed chart is larger than the maximum ${what} ${maximumChartSize}`);
}

function isDirectory(entry: TarEntry): boolean {
  return entry.type === '5' || (entry.mode & 0o170000) === 0o040000;
}

/** The path without its first element, whatever that is called. Archives made on Windows may use backslashes. */
function nameInside(entryName: string): string {
  const separator = entryName.includes('\\') ? '\\' : '/';
  const [first, ...rest] = entryName.split(separator);
  const joined = rest.join('/');
  if (joined.startsWith('/')) throw new GoError('chart illegally contains absolute paths');
  const name = cleanPath(joined);
  if (name === '.') {
    throw new GoError(`chart illegally contains content outside the base directory: ${quote(entryName)}`);
  }
  if (name.startsWith('..')) throw new GoError('chart illegally references parent directory');
  if (/^[a-zA-Z]:\//.test(name)) throw new GoError('chart contains illegally named files');
  if (first === 'Chart.yaml') throw new GoError('chart yaml not in base directory');
  return name;
}
