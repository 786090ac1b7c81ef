import { FileError, type FileKind, type Files } from '../ports/files.ts';

/** A Files port over a table of absolute paths; directories exist where files lie below them. */
export function filesOf(table: Readonly<Record<string, string | Uint8Array>>): Files {
  const kindOf = (path: string): FileKind | undefined => {
    if (Object.hasOwn(table, path)) return 'file';
    return Object.keys(table).some((each) => each.startsWith(`${path}/`)) ? 'directory' : undefined;
  };
  const bytesOf = (path: string): Uint8Array => {
    const content = table[path];
    if (content === undefined)
      throw new FileError('not-found', path, `open ${path}: no such file or directory`);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const refuse = (): never => {
    throw new FileError('permission-denied', '', 'read-only');
  };
  return {
    stat: (path) => {
      const kind = kindOf(path);
      if (kind === undefined) return undefined;
      return { kind, size: kind === 'file' ? bytesOf(path).byteLength : 0 };
    },
    read: bytesOf,
    list: (path) => {
      const below = Object.keys(table).filter((each) => each.startsWith(`${path}/`));
      const names = new Set(below.map((each) => each.slice(path.length + 1).split('/')[0] ?? ''));
      return [...names].sort().map((name) => ({ name, kind: kindOf(`${path}/${name}`) ?? 'other' }));
    },
    write: refuse,
    makeDirectory: refuse,
    remove: refuse,
    makeTemporaryDirectory: refuse,
  };
}
