import { compareStrings, joinPath, matchPath } from '@flotilla/gocompat';
import type { Files } from '../ports/files.ts';

const magic = /[*?[\\]/;

/** Turns a path as printed into the absolute one. */
export type ToAbsolute = (path: string) => string;

/**
 * Go `filepath.Glob`, sorted by bytes: `*`, `?` and classes in any segment, no `**`; a pattern without them names itself.
 * Unreadable directories count as empty. Throws GoError `syntax error in pattern`.
 */
export function globFiles(pattern: string, toAbsolute: ToAbsolute, files: Files): readonly string[] {
  matchPath(pattern, '');
  return [...expand(pattern, toAbsolute, files)].sort(compareStrings);
}

function expand(pattern: string, toAbsolute: ToAbsolute, files: Files): readonly string[] {
  if (!magic.test(pattern)) return files.stat(toAbsolute(pattern)) === undefined ? [] : [pattern];
  const slash = pattern.lastIndexOf('/');
  const parent = slash === -1 ? '.' : slash === 0 ? '/' : pattern.slice(0, slash);
  const directories = magic.test(parent) ? expand(parent, toAbsolute, files) : [parent];
  const last = pattern.slice(slash + 1);
  return directories.flatMap((directory) => {
    if (files.stat(toAbsolute(directory))?.kind !== 'directory') return [];
    const names = files.list(toAbsolute(directory)).map((entry) => entry.name);
    return names.filter((name) => matchPath(last, name)).map((name) => joinPath(directory, name));
  });
}
