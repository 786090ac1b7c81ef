import { createHash } from 'node:crypto';
import { encodeText } from '@flotilla/gocompat';
import type { ChartFile } from './chart.ts';

/** A digest of names and contents in order: the key of every cache of compiled charts. */
export function chartDigest(files: readonly ChartFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(encodeText(`${file.name}\0${file.data.length}\0`));
    hash.update(file.data);
  }
  return hash.digest('hex');
}

/** A digest of an archive as it is. */
export function bytesDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
