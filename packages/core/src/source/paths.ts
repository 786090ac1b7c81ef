/**
 * Slash-separated paths as Go's `path/filepath` treats them on Linux and macOS; a Windows drive counts as absolute.
 * In: path texts. Out: path texts. Not its business: what exists on disk.
 */

const drive = /^[A-Za-z]:[\\/]/;

/** True for `/x` and `C:\x`. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || drive.test(path);
}

/** Go `filepath.Clean`: no empty or `.` segments, `..` resolved, `.` for nothing. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const isUp = segment === '..';
    if (isUp && kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (!isUp || !rooted) kept.push(segment);
  }
  const joined = kept.join('/');
  if (rooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** Go `filepath.Join`: empty elements are left out, the rest is joined and cleaned. */
export function joinPath(...elements: readonly string[]): string {
  const given = elements.filter((each) => each !== '');
  return given.length === 0 ? '' : cleanPath(given.join('/'));
}

/** `path` itself when absolute, else joined to `base`. */
export function resolvePath(base: string, path: string): string {
  return isAbsolutePath(path) ? cleanPath(path) : joinPath(base, path);
}

/** Go `filepath.Dir`. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return cleanPath(slash === -1 ? '' : path.slice(0, slash + 1));
}

/** Go `filepath.Base`. */
export function baseNameOf(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Go `filepath.Ext`: from the last dot of the last segment, empty without one. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot);
}
