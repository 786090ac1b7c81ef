/**
 * A small tar reader: USTAR, PAX and GNU long names, as Go's archive/tar reads them. Comes in: the bytes of an archive.
 * Goes out: its entries in order, contents as views. Not its business: compression, what names are allowed, sparse files.
 */
import { decodeBytes, GoError } from '@flotilla/gocompat';
import type { ModTime } from './chart.ts';

export interface TarEntry {
  readonly name: string;
  /** The type flag: `0` file, `2` symbolic link, `5` directory, `g` global PAX header … */
  readonly type: string;
  readonly mode: number;
  readonly modTime: ModTime;
  /** The size the header declares. */
  readonly size: number;
  /** The content; shorter than `size` when the archive is cut off, and then this is the last entry. */
  readonly data: Uint8Array;
}

const blockSize = 512;

/** Types without content, whatever their size field says. */
const headerOnly = new Set(['1', '2', '3', '4', '5', '6']);

/** Entries up to the end mark or the end of the bytes. Throws GoError with archive/tar's text. */
export function* readTar(bytes: Uint8Array): Generator<TarEntry> {
  let offset = 0;
  let extension: Extension = {};
  while (offset + blockSize <= bytes.length) {
    const block = bytes.subarray(offset, offset + blockSize);
    if (isZero(block)) return;
    const header = parseHeader(block, extension);
    const start = offset + blockSize;
    const end = start + header.size;
    const data = bytes.subarray(start, end);
    offset = start + Math.ceil(header.size / blockSize) * blockSize;
    const next = extensionOf(header.type, data, extension);
    if (next !== undefined) {
      extension = next;
      continue;
    }
    extension = {};
    yield { ...header, data };
    if (data.length < header.size) return;
  }
  if (offset < bytes.length && !isZero(bytes.subarray(offset))) throw new GoError('unexpected EOF');
}

/** What extension headers say about the entry that follows. */
interface Extension {
  readonly path?: string;
  readonly size?: number;
  readonly modTime?: ModTime;
}

/** The extension after a PAX or GNU extension header; undefined for anything else. */
function extensionOf(type: string, data: Uint8Array, before: Extension): Extension | undefined {
  switch (type) {
    case 'x':
      return { ...before, ...parsePax(data) };
    case 'L':
      return { ...before, path: cString(data) };
    case 'K':
      return before;
    default:
      return undefined;
  }
}

interface Header {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly size: number;
  readonly modTime: ModTime;
}

function parseHeader(block: Uint8Array, extension: Extension): Header {
  if (!hasValidChecksum(block)) throw new GoError('archive/tar: invalid tar header');
  const flag = String.fromCharCode(block[156] ?? 0);
  const name = extension.path ?? plainName(block);
  const type = flag === '\0' ? (name.endsWith('/') ? '5' : '0') : flag;
  const size = extension.size ?? numberField(block, 124, 12);
  if (size < 0) throw new GoError('archive/tar: invalid tar header');
  return {
    name,
    type,
    mode: numberField(block, 100, 8),
    size: headerOnly.has(type) ? 0 : size,
    modTime: extension.modTime ?? { seconds: numberField(block, 136, 12), nanoseconds: 0 },
  };
}

function plainName(block: Uint8Array): string {
  const name = cString(block.subarray(0, 100));
  const isUstar = decodeBytes(block.subarray(257, 263)) === 'ustar\0';
  const prefix = isUstar ? cString(block.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal text, or base-256 when the high bit of the first byte is set. */
function numberField(block: Uint8Array, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return base256(field);
  const text = cString(field).trim();
  if (text === '') return 0;
  if (!/^[0-7]+$/.test(text)) throw new GoError('archive/tar: invalid tar header');
  return Number.parseInt(text, 8);
}

function base256(field: Uint8Array): number {
  const isNegative = ((field[0] ?? 0) & 0x40) !== 0;
  let value = 0n;
  field.forEach((byte, i) => {
    const bits = isNegative ? byte ^ 0xff : byte;
    value = (value << 8n) | BigInt(i === 0 ? bits & 0x7f : bits);
  });
  return Number(isNegative ? ~value : value);
}

/** PAX records: `LENGTH KEY=VALUE\n`, the length counting the whole record. */
function parsePax(data: Uint8Array): Extension {
  const result: { path?: string; size?: number; modTime?: ModTime } = {};
  let offset = 0;
  while (offset < data.length) {
    const head = decodeBytes(data.subarray(offset, offset + 20));
    const length = Number.parseInt(head, 10);
    if (!(length > 0) || offset + length > data.length) throw new GoError('archive/tar: invalid tar header');
    const record = decodeBytes(data.subarray(offset + head.indexOf(' ') + 1, offset + length - 1));
    const equals = record.indexOf('=');
    const value = record.slice(equals + 1);
    switch (record.slice(0, equals)) {
      case 'path':
        result.path = value;
        break;
      case 'size':
        result.size = Number(value);
        break;
      case 'mtime':
        result.modTime = paxTime(value);
    }
    offset += length;
  }
  return result;
}

function paxTime(text: string): ModTime {
  const [whole = '0', fraction = ''] = text.split('.');
  return { seconds: Number(whole), nanoseconds: Number(fraction.padEnd(9, '0').slice(0, 9)) };
}

function cString(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decodeBytes(end < 0 ? field : field.subarray(0, end));
}

/** The checksum counts its own field as spaces; old writers summed signed bytes. */
function hasValidChecksum(block: Uint8Array): boolean {
  const wanted = numberField(block, 148, 8);
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < blockSize; i += 1) {
    const value = i >= 148 && i < 156 ? 0x20 : (block[i] ?? 0);
    unsigned += value;
    signed += value < 128 ? value : value - 256;
  }
  return wanted === unsigned || wanted === signed;
}

function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}
