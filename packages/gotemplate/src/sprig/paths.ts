/** Go's `path` package, and `path/filepath` on POSIX, as sprig exposes them: slash-separated, purely textual. */
import { type FunctionSpec, goFunction } from '../function-table.ts';

/** `path.Clean`. */
export function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push('..');
  }
  const joined = kept.join('/');
  if (isRooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

function directory(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

function baseName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function extension(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot) : '';
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** sprig's path functions. */
export const pathFunctions: Readonly<Record<string, FunctionSpec>> = {
  base: goFunction(['string'], baseName),
  dir: goFunction(['string'], directory),
  clean: goFunction(['string'], cleanPath),
  ext: goFunction(['string'], extension),
  isAbs: goFunction(['string'], isAbsolute),
  osBase: goFunction(['string'], baseName),
  osDir: goFunction(['string'], directory),
  osClean: goFunction(['string'], cleanPath),
  osExt: goFunction(['string'], extension),
  osIsAbs: goFunction(['string'], isAbsolute),
};
