import { encodeText } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import { nodeCrypto } from './lazy-modules.ts';

function hashing(algorithm: 'sha1' | 'sha256' | 'sha512'): FunctionSpec {
  return goFunction(['string'], (text) => nodeCrypto().hash(algorithm, encodeText(text), 'hex'));
}

function adler32(text: string): string {
  let low = 1;
  let high = 0;
  for (const byte of encodeText(text)) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return String(high * 65536 + low);
}

/** sprig's checksums: lower-case hexadecimal, Adler-32 in decimal. */
export const hashFunctions: Readonly<Record<string, FunctionSpec>> = {
  sha1sum: hashing('sha1'),
  sha256sum: hashing('sha256'),
  sha512sum: hashing('sha512'),
  adler32sum: goFunction(['string'], adler32),
};
