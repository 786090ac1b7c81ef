/**
 * Writing ASN.1 DER, as far as certificates and keys need it. Comes in: values; goes out: encoded elements, which nest.
 */
import { Buffer } from 'node:buffer';

/** One element: tag, length, contents. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag, ...lengthBytes(body.length)), body]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** SEQUENCE. */
export function sequence(...contents: readonly Uint8Array[]): Buffer {
  return element(0x30, ...contents);
}

/** SET with one member. */
export function setOf(member: Uint8Array): Buffer {
  return element(0x31, member);
}

/** INTEGER from the big-endian bytes of a non-negative number. */
export function unsignedInteger(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  const isNegative = (digits[0] ?? 0) >= 0x80;
  return element(0x02, isNegative ? Buffer.of(0) : Buffer.of(), digits.length === 0 ? Buffer.of(0) : digits);
}

/** INTEGER from a small non-negative number. */
export function smallInteger(value: number): Buffer {
  return unsignedInteger(Buffer.of(value));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...others].flatMap(base128)));
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 | (rest % 128));
  }
  return bytes;
}

/** BIT STRING of whole bytes, or with some unused bits at the end. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(0x03, Buffer.of(unusedBits), bytes);
}

/** OCTET STRING. */
export function octetString(bytes: Uint8Array): Buffer {
  return element(0x04, bytes);
}

/** BOOLEAN true. */
export const derTrue: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff);

/** NULL. */
export const derNull: Uint8Array = Uint8Array.of(0x05, 0x00);

/** PrintableString where the characters allow it, else UTF8String, as Go chooses. */
export function directoryString(text: string): Buffer {
  const isPrintable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
  return element(isPrintable ? 0x13 : 0x0c, Buffer.from(text, 'utf8'));
}
