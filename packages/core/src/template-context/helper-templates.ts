import { type Source, source } from '@flotilla/diagnostics';
import { decodeBytes, joinPath } from '@flotilla/gocompat';
import type { Files } from '../ports/files.ts';
import type { BaseDirectory } from './render-context.ts';

/** The `_*.tpl` partials directly inside a directory, sorted by name; none when the directory is absent. */
export function readHelpers(base: BaseDirectory, files: Files): readonly Source[] {
  if (files.stat(base.absolute)?.kind !== 'directory') return [];
  return files
    .list(base.absolute)
    .filter(({ name }) => name.startsWith('_') && name.endsWith('.tpl'))
    .map(({ name }) => {
      const bytes = files.read(joinPath(base.absolute, name));
      return source(joinPath(base.printed, name), decodeBytes(bytes));
    });
}
