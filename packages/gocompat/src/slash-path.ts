/** Slash-separated paths as Go's `path` treats them, and `path/filepath` on Linux and macOS: purely textual. */

/** Go `path.Clean`: no empty or `.` segments, `..` resolved, `.` for nothing. */
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

/** Go `path.Join`: empty elements are left out, the rest is joined and cleaned. */
export function joinPath(...elements: readonly string[]): string {
  const given = elements.filter((each) => each !== '');
  return given.length === 0 ? '' : cleanPath(given.join('/'));
}

/** Go `path.Dir`. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return cleanPath(slash === -1 ? '' : path.slice(0, slash + 1));
}

/** Go `path.Base`. */
export function baseNameOf(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Go `path.Ext`: from the last dot of the last segment, empty without one. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot);
}
