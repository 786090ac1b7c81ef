import type { HostFiles } from '../registry/host-files.ts';

/** The default keyring (Helm 4.3.1): pubring.gpg, or pubring.kbx where only that exists. */
export function defaultKeyring(gnupgHome: string, files: HostFiles): string {
  const legacy = `${gnupgHome}/pubring.gpg`;
  const keybox = `${gnupgHome}/pubring.kbx`;
  if (isPresent(legacy, files)) return legacy;
  return isPresent(keybox, files) ? keybox : legacy;
}

/** A file that cannot be looked at counts as present: the error shows when it is opened. */
function isPresent(path: string, files: HostFiles): boolean {
  try {
    return files.stat(path) !== undefined;
  } catch {
    return true;
  }
}
