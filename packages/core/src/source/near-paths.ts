import { offer, suggestions } from '@flotilla/diagnostics';
import { FileError, type Files } from '../ports/files.ts';

/**
 * `did you mean …?` for a path at which nothing is: paths that exist and differ from it in the name of one folder or file,
 * by a slip or by a missing ending such as `.gotmpl`. Undefined when there are none.
 */
export function nearPaths(
  path: string,
  toAbsolute: (path: string) => string,
  files: Files,
): string | undefined {
  const segments = path.split('/');
  const exists = (count: number): boolean =>
    files.stat(toAbsolute(segments.slice(0, count).join('/') || '/')) !== undefined;
  const missing = segments.findIndex((segment, index) => segment !== '' && !exists(index + 1));
  if (missing === -1) return undefined;
  const name = segments[missing] ?? '';
  const found = near(name, namesIn(toAbsolute(segments.slice(0, missing).join('/') || '.'), files))
    .map((each) => segments.with(missing, each).join('/'))
    .filter((each) => files.stat(toAbsolute(each)) !== undefined);
  return offer(found.slice(0, 3));
}

function near(name: string, names: readonly string[]): readonly string[] {
  const longer = names.filter((each) => each.startsWith(`${name}.`));
  return [...new Set([...longer, ...suggestions(name, names)])];
}

function namesIn(directory: string, files: Files): readonly string[] {
  if (files.stat(directory)?.kind !== 'directory') return [];
  try {
    return files.list(directory).map(({ name }) => name);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}
