/**
 * ChartFiles: the port through which chart directories are read. Paths are slash paths below the chart's root, `''` is the
 * root. Implementations: in memory (here), Node (node-files.ts).
 */
import { encodeText, GoError } from '@flotilla/gocompat';
import type { ModTime } from './chart.ts';

export interface ChartEntry {
  readonly name: string;
  /** What the entry is after following links. */
  readonly kind: 'file' | 'directory' | 'irregular';
  /** Where a symbolic link ends, for the log. */
  readonly link?: string | undefined;
  readonly size: number;
  readonly modTime?: ModTime | undefined;
}

export interface ChartFiles {
  /** The root as messages name it: an absolute path. */
  readonly root: string;
  /** Entries of a directory, in any order. Throws GoError with the operating system's text as Go words it. */
  readonly list: (directory: string) => readonly ChartEntry[];
  /** Content of a file. Throws GoError as `list` does. */
  readonly read: (path: string) => Uint8Array;
}

/** Files in memory, for tests and generated charts: slash paths to text or bytes. */
export function memoryChartFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  root = '/chart',
): ChartFiles {
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? encodeText(content) : content,
    ]),
  );
  return {
    root,
    list: (directory) => listMemory(contents, directory === '' ? '' : `${directory}/`),
    read: (path) => {
      const content = contents.get(path);
      if (content === undefined) throw new GoError(`open ${root}/${path}: no such file or directory`);
      return content;
    },
  };
}

function listMemory(contents: ReadonlyMap<string, Uint8Array>, prefix: string): readonly ChartEntry[] {
  const entries = new Map<string, ChartEntry>();
  for (const [path, content] of contents) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const slash = rest.indexOf('/');
    const name = slash < 0 ? rest : rest.slice(0, slash);
    entries.set(
      name,
      slash < 0 ? { name, kind: 'file', size: content.length } : { name, kind: 'directory', size: 0 },
    );
  }
  return [...entries.values()];
}
