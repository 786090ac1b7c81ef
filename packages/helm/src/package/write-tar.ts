/**
 * A small tar writer: regular files as Go's archive/tar writes them, USTAR where it will do and PAX otherwise.
 * Comes in: names, contents, times. Goes out: the bytes of the archive. Not its business: compression.
 */
import { Buffer } from 'node:buffer';
import { byteLength, encodeText, isAscii } from '@flotilla/gocompat';
import type { ModTime } from '../chart/chart.ts';

export interface TarFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly modTime: ModTime;
}

const blockSize = 512;
const fileMode = 0o644;

/** The archive of `files` in order, mode 0644, with the two empty blocks that end it. */
export function writeTar(files: readonly TarFile[]): Uint8Array {
  const blocks = files.flatMap((file) => [...headersOf(file), ...paddedBlocks(file.data)]);
  return Buffer.concat([...blocks, new Uint8Array(2 * blockSize)]);
}

function headersOf(file: TarFile): Uint8Array[] {
  const seconds = roundedSeconds(file.modTime);
  const split = isAscii(file.name) ? splitName(file.name) : undefined;
  const header = { type: '0', mode: fileMode, size: file.data.length, seconds };
  if (split !== undefined) return [headerBlock({ ...header, ...split })];
  const record = encodeText(paxRecord('path', file.name));
  const slash = file.name.lastIndexOf('/');
  const paxName = `${file.name.slice(0, slash + 1)}PaxHeaders.0/${file.name.slice(slash + 1)}`;
  return [
    headerBlock({
      type: 'x',
      mode: 0,
      size: record.length,
      seconds: 0,
      name: asciiPart(paxName),
      isRaw: true,
    }),
    ...paddedBlocks(record),
    headerBlock({ ...header, name: asciiPart(file.name) }),
  ];
}

/** Half seconds go up. */
function roundedSeconds({ seconds, nanoseconds }: ModTime): number {
  return seconds + (nanoseconds >= 500_000_000 ? 1 : 0);
}

/** USTAR's two fields for a name: up to 100 bytes, or a directory of up to 155 in front. */
function splitName(name: string): { readonly name: string; readonly prefix?: string } | undefined {
  if (name.length <= 100) return { name };
  const end = Math.min(name.length, 156);
  const slash = name.lastIndexOf('/', end - 1);
  const rest = name.length - slash - 1;
  if (slash <= 0 || rest > 100 || rest === 0 || slash > 155) return undefined;
  return { name: name.slice(slash + 1), prefix: name.slice(0, slash) };
}

function asciiPart(name: string): string {
  return name
    .replaceAll(/[^\u0000-\u007f]/g, '')
    .slice(0, 100)
    .replace(/\/+$/, '');
}

/** `LENGTH KEY=VALUE\n`, the length counting itself. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const size = byteLength(rest);
  let length = size + String(size).length;
  if (size + String(length).length !== length) length = size + String(length).length;
  return `${length}${rest}`;
}

interface HeaderFields {
  readonly name: string;
  readonly prefix?: string;
  readonly type: string;
  readonly mode: number;
  readonly size: number;
  readonly seconds: number;
  /** Go leaves the device numbers of its extension headers empty. */
  readonly isRaw?: boolean;
}

function headerBlock(fields: HeaderFields): Uint8Array {
  const block = Buffer.alloc(blockSize);
  const octal = (value: number, offset: number, width: number): void => {
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset, 'latin1');
  };
  block.write(fields.name, 0, 100, 'latin1');
  octal(fields.mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(fields.size, 124, 12);
  octal(fields.seconds, 136, 12);
  block.write(fields.type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  if (fields.isRaw !== true) {
    octal(0, 329, 8);
    octal(0, 337, 8);
  }
  block.write(fields.prefix ?? '', 345, 155, 'latin1');
  block.write('        ', 148, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function paddedBlocks(data: Uint8Array): Uint8Array[] {
  const rest = data.length % blockSize;
  return rest === 0 ? [data] : [data, new Uint8Array(blockSize - rest)];
}
