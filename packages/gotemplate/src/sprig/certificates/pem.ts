/** PEM blocks, read and written as Go's `encoding/pem`. */

import { Buffer } from 'node:buffer';
import { orUndefined } from '@flotilla/gocompat';
import { decodeBase64 } from '../base-decoding.ts';

export interface PemBlock {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const block =
  /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n((?:[^\n]*:[^\n]*\n)*)([^:]*?)-----END \1-----[ \t\r]*(?:\n|$)/g;

/** The first block of `text`, undefined when there is none. */
export function decodePem(text: string): PemBlock | undefined {
  for (const [, type = '', , body = ''] of text.matchAll(block)) {
    const bytes = orUndefined(() => decodeBase64(body.replace(/[ \t]+/g, '')));
    if (bytes !== undefined) return { type, bytes };
  }
  return undefined;
}

/** A block with lines of 64 characters. */
export function encodePem({ type, bytes }: PemBlock): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${type}-----`, ...lines, `-----END ${type}-----`, ''].join('\n');
}
