/**
 * Base64 and base32 as Go's `encoding` packages read them: standard alphabets, padding required, line ends ignored.
 * Comes in: text; goes out: bytes, or GoError `illegal base64 data at input byte N`.
 */
import { Buffer } from 'node:buffer';
import { GoError } from '@flotilla/gocompat';
import { toBinary } from './binary-text.ts';

const base64Alphabet = /[A-Za-z0-9+/]/;
const wholeBase64 = /^[A-Za-z0-9+/]*={0,2}$/;
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Go's `base64.StdEncoding.DecodeString`. */
export function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 === 0 && wholeBase64.test(text)) return Buffer.from(text, 'base64');
  const input = toBinary(text);
  const problem = base64Problem(input);
  if (problem >= 0) throw new GoError(`illegal base64 data at input byte ${problem}`);
  return Buffer.from(input.replace(/[\r\n]+/g, ''), 'base64');
}

/** Where Go stops reading, or -1. */
function base64Problem(input: string): number {
  let digits = 0;
  for (let i = 0; i < input.length; i += 1) {
    const char = input.charAt(i);
    if (base64Alphabet.test(char)) digits = (digits + 1) % 4;
    else if (char === '=' && digits >= 2) return paddingProblem(input, i + 1, digits);
    else if (!isLineEnd(char)) return i;
  }
  return digits === 0 ? -1 : input.length - digits;
}

function paddingProblem(input: string, afterFirst: number, digits: number): number {
  let at = afterFirst;
  if (digits === 2) {
    at = skipLineEnds(input, at);
    if (at === input.length) return input.length;
    if (input[at] !== '=') return at - 1;
    at += 1;
  }
  at = skipLineEnds(input, at);
  return at < input.length ? at : -1;
}

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}

function skipLineEnds(input: string, from: number): number {
  let at = from;
  while (isLineEnd(input[at])) at += 1;
  return at;
}

/** Go's `base32.StdEncoding.DecodeString`. */
export function decodeBase32(text: string): Uint8Array {
  const input = toBinary(text).replace(/[\r\n]+/g, '');
  const bytes: number[] = [];
  for (let start = 0; start < input.length; start += 8) {
    const { digits, isLast } = base32Quantum(input, start);
    pushBase32(bytes, digits);
    if (isLast) break;
  }
  return Uint8Array.from(bytes);
}

function base32Error(at: number): GoError {
  return new GoError(`illegal base32 data at input byte ${at}`);
}

interface Quantum {
  readonly digits: readonly number[];
  readonly isLast: boolean;
}

function base32Quantum(input: string, start: number): Quantum {
  const digits: number[] = [];
  for (let i = start; digits.length < 8; i += 1) {
    // Go reports the quantum's beginning when the text ends inside one.
    if (i >= input.length) throw base32Error(input.length - digits.length);
    const char = input.charAt(i);
    const left = input.length - i - 1;
    if (char === '=' && digits.length >= 2 && left < 8) {
      checkBase32Padding(input, i + 1, digits.length);
      return { digits, isLast: true };
    }
    const digit = base32Alphabet.indexOf(char);
    if (digit < 0) throw base32Error(i);
    digits.push(digit);
  }
  return { digits, isLast: false };
}

function checkBase32Padding(input: string, from: number, digits: number): void {
  if (input.length - from + digits < 7) throw base32Error(input.length);
  for (let k = 0; k < 7 - digits; k += 1) {
    const char = input[from + k];
    if (char !== undefined && char !== '=') throw base32Error(from + k - 1);
  }
  if (digits === 3 || digits === 6) throw base32Error(from - 1);
}

function pushBase32(bytes: number[], digits: readonly number[]): void {
  let value = 0;
  let bits = 0;
  for (const digit of digits) {
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
}

/** Go's `base32.StdEncoding.EncodeToString`. */
export function encodeBase32(bytes: Uint8Array): string {
  let encoded = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) encoded += base32Alphabet.charAt((value >> (bits - 5)) & 31);
  }
  if (bits > 0) encoded += base32Alphabet.charAt((value << (5 - bits)) & 31);
  return encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '=');
}
