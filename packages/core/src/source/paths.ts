/**
 * Paths of helmfiles: slash-separated, a Windows drive counts as absolute.
 * In: path texts. Out: path texts. Not its business: what exists on disk.
 */
import { cleanPath, joinPath } from '@flotilla/gocompat';

const drive = /^[A-Za-z]:[\\/]/;

/** True for `/x` and `C:\x`. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || drive.test(path);
}

/** `path` itself when absolute, else joined to `base`. */
export function resolvePath(base: string, path: string): string {
  return isAbsolutePath(path) ? cleanPath(path) : joinPath(base, path);
}
