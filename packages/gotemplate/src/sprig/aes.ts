/** sprig's `encryptAES` and `decryptAES`: AES-256-CBC under the password itself, cut or zero-padded to 32 bytes. */
import { Buffer } from 'node:buffer';
import { decodeBytes, encodeText } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { decodeBase64 } from './base-decoding.ts';
import { nodeCrypto } from './lazy-modules.ts';
import { panic } from './panic.ts';

const blockSize = 16;

function keyOf(password: string): Buffer {
  const key = Buffer.alloc(32);
  key.set(encodeText(password).subarray(0, 32));
  return key;
}

function encrypt(host: TemplateHost, password: string, text: string): string {
  if (text === '') return '';
  const iv = host.randomBytes(blockSize);
  const cipher = nodeCrypto().createCipheriv('aes-256-cbc', keyOf(password), iv);
  return Buffer.concat([iv, cipher.update(encodeText(text)), cipher.final()]).toString('base64');
}

function decrypt(password: string, encoded: string): string {
  if (encoded === '') return '';
  const bytes = decodeBase64(encoded);
  if (bytes.length < blockSize) {
    return panic(
      `runtime error: slice bounds out of range [:${blockSize}] with capacity ${capacityOf(encoded)}`,
    );
  }
  const blocks = bytes.subarray(blockSize);
  if (blocks.length % blockSize !== 0) return panic('crypto/cipher: input not full blocks');
  const decipher = nodeCrypto().createDecipheriv(
    'aes-256-cbc',
    keyOf(password),
    bytes.subarray(0, blockSize),
  );
  decipher.setAutoPadding(false);
  return unpadded(Buffer.concat([decipher.update(blocks), decipher.final()]));
}

/** Go reports the buffer it made for the text, which is as long as the text could have needed. */
function capacityOf(encoded: string): number {
  return Math.floor(encoded.length / 4) * 3;
}

/** The last byte says how many to drop; nothing checks that it is a padding. */
function unpadded(decrypted: Buffer): string {
  const padding = decrypted.at(-1);
  if (padding === undefined) return panic('runtime error: index out of range [-1]');
  const length = decrypted.length - padding;
  if (length < 0) return panic(`runtime error: slice bounds out of range [:${length}]`);
  return decodeBytes(decrypted.subarray(0, length));
}

/** sprig's AES functions. */
export function aesFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  return {
    encryptAES: goFunction(['string', 'string'], (password, text) => encrypt(host, password, text)),
    decryptAES: goFunction(['string', 'string'], decrypt),
  };
}
