/**
 * Strings as Go sees them: bytes. Comes in: our strings, with lone surrogates for bytes that are not UTF-8. Goes out: "binary"
 * strings with one character per byte, on which JS string functions do what Go's do, and our strings again.
 * Only for the slow path: ASCII text and searches that succeed need none of this.
 */
import { Buffer } from 'node:buffer';
import { decodeBytes, encodeText } from '@flotilla/gocompat';

const loneSurrogate = /[\ud800-\udfff]/u;

/** True when `text` holds bytes that are not UTF-8. */
export function hasRawBytes(text: string): boolean {
  return loneSurrogate.test(text);
}

/** One character per byte. */
export function toBinary(text: string): string {
  const bytes = encodeText(text);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The inverse of {@link toBinary}. */
export function fromBinary(binary: string): string {
  return decodeBytes(Buffer.from(binary, 'latin1'));
}
