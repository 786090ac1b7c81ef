import { Buffer } from 'node:buffer';
import { encodeText } from '../text.ts';
import { utf8Width } from './scan-tag.ts';

/** Characters that YAML forbids, in UTF-16 units: controls, non-characters, and surrogates (to be looked at closer). */
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]/;
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/u;
const littleEndianMark = 0xdcffdcfe;
const bigEndianMark = 0xdcfedcff;
/** go-yaml decodes its input in pieces of this many bytes. */
const pieceLength = 512;

/** A character that go-yaml's reader refuses, and how much of the text it has decoded by then. */
interface ReaderProblem {
  readonly problem: string;
  readonly offset: number;
  /** Where the piece with the bad character begins: what is before it is scanned first. */
  readonly limit: number;
}

/** The text of a file that begins with the byte order mark of UTF-16; other texts as they are. */
export function readableText(text: string): string {
  const mark = text.charCodeAt(0) * 0x10000 + text.charCodeAt(1);
  if (mark !== littleEndianMark && mark !== bigEndianMark) return text;
  const bytes = Buffer.from(encodeText(text));
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (mark === bigEndianMark ? whole.swap16() : whole).toString('utf16le');
}

/** The first character that YAML forbids. */
export function findReaderProblem(text: string): ReaderProblem | undefined {
  if (!suspicious.test(text)) return undefined;
  const found = forbidden.exec(text);
  if (found === null) return undefined;
  const offset = found.index;
  return { problem: describe(text, offset), offset, limit: pieceStart(text, offset) };
}

function describe(text: string, offset: number): string {
  const code = text.charCodeAt(offset);
  if (code < 0xdc80 || code > 0xdcff) return 'control characters are not allowed';
  const bytes = encodeText(text.slice(offset, offset + 4));
  const width = utf8Width(bytes[0] ?? 0);
  if (width === 0) return 'invalid leading UTF-8 octet';
  if (width > bytes.length) return 'incomplete UTF-8 octet sequence';
  for (let k = 1; k < width; k++)
    if (((bytes[k] ?? 0) & 0xc0) !== 0x80) return 'invalid trailing UTF-8 octet';
  return describeSequence(bytes, width);
}

function describeSequence(bytes: Uint8Array, width: number): string {
  let value = (bytes[0] ?? 0) & (0xff >> (width + 1));
  for (let k = 1; k < width; k++) value = (value << 6) | ((bytes[k] ?? 0) & 0x3f);
  const least = [0, 0, 0x80, 0x800, 0x10000][width] ?? 0;
  return value < least ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character';
}

/** Start of the piece that holds `offset`; pieces end before a character that does not fit. */
function pieceStart(text: string, offset: number): number {
  let start = 0;
  let bytes = 0;
  for (let at = 0; at < offset; ) {
    const code = text.codePointAt(at) ?? 0;
    const width = codeWidth(code);
    if (bytes + width > pieceLength) {
      start = at;
      bytes = 0;
    }
    bytes += width;
    at += code > 0xffff ? 2 : 1;
  }
  return bytes >= pieceLength ? offset : start;
}

function codeWidth(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
