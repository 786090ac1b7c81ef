/**
 * Keyrings: files with OpenPGP keys, in the three forms GnuPG writes. Comes in: bytes. Goes out: keys, or a GoError with
 * Helm 4.3.1's text. Not its business: trust; the OpenPGP library itself is loaded when a keyring is.
 */
import { decodeBytes, GoError, quote, trimSpace, wrapping } from '@flotilla/gocompat';
import type { Key, PrivateKey } from 'openpgp';
import type { HostFiles } from '../registry/host-files.ts';

export type { Key, PrivateKey } from 'openpgp';

/** All keys of the keyring at `path`. */
export async function loadKeyring(path: string, files: HostFiles): Promise<readonly Key[]> {
  const data = files.read(path);
  if (isKeybox(data)) return binaryKeys(wrapping(`reading keybox ${path}: `, () => keyboxKeys(data)));
  if (isArmored(data)) return armoredKeys(decodeBytes(data), path);
  if (data.length > 0 && ((data[0] ?? 0) & 0x80) === 0) {
    throw new GoError('openpgp: invalid data: tag byte does not have MSB set');
  }
  return binaryKeys(data);
}

async function binaryKeys(data: Uint8Array): Promise<readonly Key[]> {
  if (data.length === 0) return [];
  const { readKeys } = await import('openpgp');
  try {
    return await readKeys({ binaryKeys: data });
  } catch (error) {
    throw new GoError(`openpgp: invalid data: ${(error as Error).message}`, { cause: error });
  }
}

function isArmored(data: Uint8Array): boolean {
  return trimSpace(decodeBytes(data.subarray(0, 4096))).startsWith('-----BEGIN PGP');
}

const armoredBlock = /-----BEGIN PGP ([A-Z ]+)-----[\s\S]*?-----END PGP \1-----/g;

/** Every block of the file, as GnuPG imports concatenated exports. */
async function armoredKeys(text: string, path: string): Promise<readonly Key[]> {
  const { readKeys } = await import('openpgp');
  const keys: Key[] = [];
  for (const [block, type = ''] of text.matchAll(armoredBlock)) {
    if (type !== 'PUBLIC KEY BLOCK' && type !== 'PRIVATE KEY BLOCK') {
      throw new GoError(
        `reading armored keyring ${path}: expected a public or private key block, got ${quote(`PGP ${type}`)}`,
      );
    }
    try {
      keys.push(...(await readKeys({ armoredKeys: block })));
    } catch (error) {
      throw new GoError(`reading armored keyring ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (keys.length === 0) throw new GoError(`reading armored keyring ${path}: no keys found`);
  return keys;
}

const headerBlob = 1;
const openPgpBlob = 2;
const ephemeralFlag = 2;

function isKeybox(data: Uint8Array): boolean {
  return data.length >= 12 && data[4] === headerBlob && decodeBytes(data.subarray(8, 12)) === 'KBXf';
}

/** The key packets in a keybox; X.509, empty and ephemeral blobs are skipped. */
function keyboxKeys(data: Uint8Array): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const blocks: Uint8Array[] = [];
  for (let offset = 0; offset < data.length; ) {
    const remaining = data.length - offset;
    if (remaining < 5) throw new GoError(`truncated blob header at offset ${offset}`);
    const length = view.getUint32(offset);
    if (length < 5) throw new GoError(`invalid blob length ${length} at offset ${offset}`);
    if (length > remaining) {
      throw new GoError(
        `blob at offset ${offset} has length ${length} exceeding the ${remaining} remaining bytes`,
      );
    }
    if (data[offset + 4] === openPgpBlob) {
      const block = keyblockIn(new DataView(data.buffer, data.byteOffset + offset, length), offset);
      if (block !== undefined) blocks.push(block);
    }
    offset += length;
  }
  const keys = Buffer.concat(blocks);
  if (keys.length === 0) throw new GoError('keybox contains no OpenPGP keys');
  return keys;
}

function keyblockIn(blob: DataView, offset: number): Uint8Array | undefined {
  if (blob.byteLength < 16) throw new GoError(`OpenPGP blob at offset ${offset} is too short`);
  const start = blob.getUint32(8);
  const length = blob.getUint32(12);
  if (start + length > blob.byteLength) {
    throw new GoError(`OpenPGP blob at offset ${offset} has an out-of-range keyblock`);
  }
  if ((blob.getUint16(6) & ephemeralFlag) !== 0) return undefined;
  return new Uint8Array(blob.buffer, blob.byteOffset + start, length);
}

/** The key whose user id is `id`, or the only one that contains it; undefined for none. */
export function findKey(keys: readonly Key[], id: string): Key | undefined {
  const exact = keys.find((key) => key.getUserIDs().includes(id));
  if (exact !== undefined) return exact;
  const matches = keys.flatMap((key) =>
    key
      .getUserIDs()
      .filter((user) => user.includes(id))
      .map(() => key),
  );
  if (matches.length > 1) throw new GoError(`more than one key contain the id ${quote(id)}`);
  return matches[0];
}

/** `key` ready for signing: `passphrase` is asked for when the key is locked. */
export async function unlockKey(
  key: Key | undefined,
  passphrase: (userId: string) => Promise<string>,
): Promise<PrivateKey> {
  if (key === undefined) throw new GoError('private key not found');
  if (!key.isPrivate()) {
    throw new GoError('provided key is not a private key. Try providing a keyring with secret keys');
  }
  if (key.isDecrypted()) return key;
  const { decryptKey } = await import('openpgp');
  try {
    return await decryptKey({
      privateKey: key,
      passphrase: await passphrase(key.getUserIDs()[0] ?? 'Unknown'),
    });
  } catch (error) {
    if (error instanceof GoError) throw error;
    throw new GoError('openpgp: invalid data: private key checksum failure', { cause: error });
  }
}
