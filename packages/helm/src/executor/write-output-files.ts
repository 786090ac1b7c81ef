import { decodeBytes } from '@flotilla/gocompat';
import type { OutputFileWrite } from '../manifest/template-output.ts';
import type { HostFiles } from '../registry/host-files.ts';

/** Writes the files of `helm template --output-dir`; gives what Helm prints for them. Throws GoError. */
export function writeOutputFiles(writes: readonly OutputFileWrite[], files: HostFiles): string {
  const contents = new Map<string, string>();
  for (const { path, text, mode } of writes) contents.set(path, before(path, mode) + text);
  for (const [path, text] of contents) files.write(path, text);
  return writes.map(({ notice }) => `${notice}\n`).join('');

  function before(path: string, mode: OutputFileWrite['mode']): string {
    if (mode === 'create') return '';
    const written = contents.get(path);
    if (written !== undefined) return written;
    const isThere = mode === 'append' || files.stat(path) !== undefined;
    return isThere ? decodeBytes(files.read(path)) : '';
  }
}
