/** Go's `path` package, and `path/filepath` on POSIX, as sprig exposes them: slash-separated, purely textual. */
import { baseNameOf, cleanPath, directoryOf, extensionOf } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';

function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** sprig's path functions. */
export const pathFunctions: Readonly<Record<string, FunctionSpec>> = {
  base: goFunction(['string'], baseNameOf),
  dir: goFunction(['string'], directoryOf),
  clean: goFunction(['string'], cleanPath),
  ext: goFunction(['string'], extensionOf),
  isAbs: goFunction(['string'], isAbsolute),
  osBase: goFunction(['string'], baseNameOf),
  osDir: goFunction(['string'], directoryOf),
  osClean: goFunction(['string'], cleanPath),
  osExt: goFunction(['string'], extensionOf),
  osIsAbs: goFunction(['string'], isAbsolute),
};
