/** sprig's random texts and numbers. All randomness comes from the host, so that a host can repeat a render. */
import { Buffer } from 'node:buffer';
import { int } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { panic } from './panic.ts';
import { charactersOf } from './text-search.ts';
import { runesOf } from './unicode.ts';

const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');

type RandomSource = Pick<TemplateHost, 'randomBytes'>;

/** A number in `0 … limit-1`, each as likely as the others; `limit` up to 2^48. */
export function randomBelow(host: RandomSource, limit: number): number {
  const size = limit <= 2 ** 16 ? 3 : 6;
  const range = 2 ** (8 * size);
  const end = range - (range % limit);
  for (;;) {
    const value = Buffer.from(host.randomBytes(size)).readUIntBE(0, size);
    if (value < end) return value % limit;
  }
}

function randomText(host: RandomSource, alphabet: string, count: number): string {
  const end = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < count) {
    for (const byte of host.randomBytes(count - text.length)) {
      if (byte < end) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

function shuffle(host: RandomSource, text: string): string {
  const characters = runesOf(charactersOf(text).join(''));
  for (let i = characters.length - 1; i > 0; i -= 1) {
    const other = randomBelow(host, i + 1);
    const swapped = characters[i] ?? '';
    characters[i] = characters[other] ?? '';
    characters[other] = swapped;
  }
  return characters.join('');
}

function randomInt(host: RandomSource, min: number, max: number): unknown {
  if (max <= min) panic('invalid argument to Intn');
  return int(min + randomBelow(host, Math.min(max - min, 2 ** 48)));
}

function randomBytes(host: RandomSource, count: number): string {
  if (count < 0) panic('runtime error: makeslice: len out of range');
  return Buffer.from(host.randomBytes(count)).toString('base64');
}

function uuid(host: RandomSource): string {
  const bytes = Buffer.from(host.randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** sprig's random functions. */
export function randomFunctions(host: RandomSource): Readonly<Record<string, FunctionSpec>> {
  return {
    randAlphaNum: goFunction(['int'], (count) => randomText(host, letters + digits, count)),
    randAlpha: goFunction(['int'], (count) => randomText(host, letters, count)),
    randNumeric: goFunction(['int'], (count) => randomText(host, digits, count)),
    randAscii: goFunction(['int'], (count) => randomText(host, printable, count)),
    randInt: goFunction(['int', 'int'], (min, max) => randomInt(host, min, max)),
    randBytes: goFunction(['int'], (count) => randomBytes(host, count)),
    shuffle: goFunction(['string'], (text) => shuffle(host, text)),
    uuidv4: goFunction([], () => uuid(host)),
  };
}
