/** Helm 4's cache of archives by content: `<two hex digits>/<sha256>.chart` and `.prov`. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import type { RegistryHost } from './registry-host.ts';

export type CachedKind = 'chart' | 'prov';

/** The hex digest of an index entry, without its algorithm. Throws GoError with Helm's texts for anything else. */
export function digestKey(digest: string): string | undefined {
  const hex = digest.slice(digest.indexOf(':') + 1).toLowerCase();
  if (hex === '') return undefined;
  const bad = /[^0-9a-f]/u.exec(hex)?.[0];
  if (bad !== undefined) {
    const shown = `U+${(bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${bad}'`;
    throw new GoError(`unable to decode digest: encoding/hex: invalid byte: ${shown}`);
  }
  if (hex.length % 2 === 1) throw new GoError('unable to decode digest: encoding/hex: odd length hex string');
  if (hex.length !== 64) throw new GoError(`invalid digest length: ${hex.length / 2}`);
  return hex;
}

/** Hex SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function cachePath(key: string, kind: CachedKind, host: RegistryHost): string {
  return join(host.paths.contentCache, key.slice(0, 2), `${key}.${kind}`);
}

/** The path of a kept file; empty ones count as absent. */
export function cachedPath(key: string, kind: CachedKind, host: RegistryHost): string | undefined {
  const path = cachePath(key, kind, host);
  const entry = host.files.stat(path);
  return entry?.kind === 'file' && entry.size > 0 ? path : undefined;
}

/** Keeps a file and gives its path. */
export function keepCached(
  key: string,
  content: { readonly kind: CachedKind; readonly bytes: Uint8Array },
  host: RegistryHost,
): string {
  const path = cachePath(key, content.kind, host);
  host.files.write(path, content.bytes);
  return path;
}
