/** Provenance: the signed statement that stands beside an archive as its `.prov` file. */
import { basename } from 'node:path';
import { Dict, decodeBytes, emitYaml, GoError } from '@flotilla/gocompat';
import { loadChart } from '../chart/load-chart.ts';
import { metadataYaml } from '../package/metadata-table.ts';
import { sha256 } from '../registry/content-cache.ts';
import type { HostFiles } from '../registry/host-files.ts';
import { findKey, loadKeyring, unlockKey } from './keyring.ts';

export interface SigningKey {
  /** A user id, or a part of one that no other has. */
  readonly key: string;
  readonly keyring: string;
  /** Asked when the key is locked. */
  readonly passphrase: (userId: string) => Promise<string>;
}

/** The text of a `.prov` file for the archive at `path` (Helm 4.3.1 `Clearsign`). Rejects with GoError. */
export async function signArchive(
  path: string,
  signer: SigningKey,
  host: { readonly files: HostFiles },
): Promise<string> {
  const keys = await loadKeyring(signer.keyring, host.files);
  const key = await unlockKey(findKey(keys, signer.key), signer.passphrase);
  const archive = host.files.read(path);
  const message = provenanceMessage(basename(path), archive);
  const openpgp = await import('openpgp');
  return openpgp.sign({
    message: await openpgp.createCleartextMessage({ text: message.replace(/\n$/, '') }),
    signingKeys: key,
    config: { preferredHashAlgorithm: openpgp.enums.hash.sha512, showVersion: false, showComment: false },
  });
}

/** What is signed: Chart.yaml as Helm writes it, and the digest of the archive by its name. */
export function provenanceMessage(fileName: string, archive: Uint8Array): string {
  const { metadata } = loadChart({ kind: 'archive', name: fileName, bytes: archive });
  const files = new Dict();
  files[fileName] = `sha256:${sha256(archive)}`;
  const sums = new Dict();
  sums['files'] = files;
  return `${metadataYaml(metadata)}\n...\n${emitYaml(sums, { dialect: 'v2' })}`;
}

/** The passphrase in the bytes of a file or of standard input: the first line (Helm's `--passphrase-file`). */
export function passphraseIn(bytes: Uint8Array): string {
  const text = decodeBytes(bytes);
  if (text === '') throw new GoError('EOF');
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '');
}
