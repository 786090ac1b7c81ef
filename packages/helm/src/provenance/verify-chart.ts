/**
 * Verifying an archive against its `.prov` file: who signed it, and that it is the file that was signed.
 * Throws GoError with Helm 4.3.1's texts. Not its business: fetching either file.
 */
import { basename } from 'node:path';
import { Dict, decodeBytes, extensionOf, GoError, parseYaml, quote, wrapGoError } from '@flotilla/gocompat';
import { sha256 } from '../registry/content-cache.ts';
import type { HostFiles } from '../registry/host-files.ts';
import { type Key, loadKeyring } from './keyring.ts';

export interface Verification {
  /** User ids of the signing key. */
  readonly signedBy: readonly string[];
  /** Of the primary key, upper case. */
  readonly fingerprint: string;
  /** `sha256:…` of the archive. */
  readonly fileHash: string;
}

export interface VerifyOptions {
  /** `ARCHIVE.prov` unless given. */
  readonly provenance?: string;
  /** What the archive was called when it was signed; its own name unless given. */
  readonly fileName?: string;
  readonly keyring: string;
}

/** Verifies the archive at `path` (Helm 4.3.1 `VerifyChart`). */
export async function verifyChart(
  path: string,
  host: { readonly files: HostFiles },
  options: VerifyOptions,
): Promise<Verification> {
  const { files } = host;
  const fileName = options.fileName ?? basename(path);
  checkArchive(path, fileName, files);
  const provenance = options.provenance ?? `${path}.prov`;
  if (files.stat(provenance) === undefined) {
    throw new GoError(
      `could not load provenance file ${provenance}: stat ${provenance}: no such file or directory`,
    );
  }
  const keys = await loadKeysForVerification(options.keyring, files);
  return verifyProvenance(files.read(path), decodeBytes(files.read(provenance)), { fileName, keys });
}

function checkArchive(path: string, fileName: string, files: HostFiles): void {
  const entry = files.stat(path);
  if (entry === undefined) throw new GoError(`stat ${path}: no such file or directory`);
  if (entry.kind === 'directory') throw new GoError('unpacked charts cannot be verified');
  if (extensionOf(fileName).toLowerCase() !== '.tgz') throw new GoError('chart must be a tgz file');
}

async function loadKeysForVerification(keyring: string, files: HostFiles): Promise<readonly Key[]> {
  try {
    return await loadKeyring(keyring, files);
  } catch (error) {
    throw wrapGoError('failed to load keyring: ', error);
  }
}

/** Verifies bytes against the text of a `.prov` file. */
async function verifyProvenance(
  archive: Uint8Array,
  provenance: string,
  { fileName, keys }: { readonly fileName: string; readonly keys: readonly Key[] },
): Promise<Verification> {
  const { text, signer } = await signedText(provenance, keys);
  const hash = `sha256:${sha256(archive)}`;
  const signed = signedSum(text, fileName);
  if (signed !== hash) {
    throw new GoError(`sha256 sum does not match for ${fileName}: ${quote(signed)} != ${quote(hash)}`);
  }
  return {
    signedBy: signer.getUserIDs(),
    fingerprint: signer.getFingerprint().toUpperCase(),
    fileHash: hash,
  };
}

async function signedText(
  provenance: string,
  keys: readonly Key[],
): Promise<{ readonly text: string; readonly signer: Key }> {
  const openpgp = await import('openpgp');
  const start = provenance.search(/^-----BEGIN PGP SIGNED MESSAGE-----/m);
  if (start < 0) throw new GoError('signature block not found');
  const message = await openpgp
    .readCleartextMessage({ cleartextMessage: provenance.slice(start) })
    .catch((error: unknown) => {
      throw new GoError('signature block not found', { cause: error });
    });
  const { signatures } = await openpgp.verify({ message, verificationKeys: [...keys] });
  for (const signature of signatures) {
    const signer = keys.find((key) => key.getKeys(signature.keyID).length > 0);
    if (signer === undefined) continue;
    await signature.verified.catch((error: unknown) => {
      throw new GoError(`openpgp: invalid signature: ${failureText(error as Error, signer)}`, {
        cause: error,
      });
    });
    return { text: message.getText(), signer };
  }
  throw new GoError('openpgp: signature made by unknown entity');
}

/** A signature over something else, in the words of Go's library. */
function failureText(error: Error, signer: Key): string {
  if (!/digest did not match|verification failed/i.test(error.message)) return error.message;
  const { algorithm } = signer.getAlgorithmInfo();
  if (/^rsa/i.test(algorithm)) return 'RSA verification failure';
  return `${/^ecdsa/i.test(algorithm) ? 'ECDSA' : 'EdDSA'} verification failure`;
}

function signedSum(text: string, fileName: string): string {
  const parts = text.split('\n...\n');
  if (parts.length < 2) throw new GoError('message block must have at least two parts');
  const sums = parseYaml(parts[1] ?? '', { dialect: 'v2' });
  const files = sums instanceof Dict ? sums['files'] : undefined;
  const sum = files instanceof Dict ? files[fileName] : undefined;
  if (typeof sum !== 'string') {
    throw new GoError(`provenance does not contain a SHA for a file named ${quote(fileName)}`);
  }
  return sum;
}

/** The lines `helm verify` and `pull --verify` print. */
export function verificationText({ signedBy, fingerprint, fileHash }: Verification): string {
  return [
    ...signedBy.map((user) => `Signed by: ${user}\n`),
    `Using Key With Fingerprint: ${fingerprint}\n`,
    `Chart Hash Verified: ${fileHash}\n`,
  ].join('');
}
