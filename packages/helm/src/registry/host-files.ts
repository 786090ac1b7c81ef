/**
 * HostFiles: the port through which repositories, caches and packages reach the disk. Paths are the host's. What fails
 * throws GoError with the operating system's text as Go words it (`open P: no such file or directory`).
 */
import { orUndefined } from '@flotilla/gocompat';
import type { ModTime } from '../chart/chart.ts';
import type { ChartFiles } from '../chart/chart-files.ts';

export interface HostEntry {
  readonly kind: 'file' | 'directory' | 'irregular';
  readonly size: number;
  readonly modTime: ModTime;
}

export interface HostFiles {
  /** What is at `path`, links followed; undefined when nothing is. */
  readonly stat: (path: string) => HostEntry | undefined;
  readonly read: (path: string) => Uint8Array;
  /** Writes by way of a temporary neighbour, so that readers see the old or the new content. Folders are made. */
  readonly write: (path: string, content: Uint8Array | string, mode?: number) => void;
  /** Names in a directory, sorted by bytes. */
  readonly list: (path: string) => readonly string[];
  readonly makeDirectory: (path: string) => void;
  /** Removes a file or a whole directory; nothing happens when there is none. */
  readonly remove: (path: string) => void;
  readonly move: (from: string, to: string) => void;
  /** Where a symbolic link points; undefined for anything else. */
  readonly readLink: (path: string) => string | undefined;
  /** `path` made absolute and clean. */
  readonly absolute: (path: string) => string;
  /** A new, empty directory for this process alone. */
  readonly makeTemporaryDirectory: () => string;
  /** A chart directory. */
  readonly chartFiles: (path: string) => ChartFiles;
  /** Runs `work` while this process alone holds the lock at `path`; waits up to 30 seconds. */
  readonly withLock: <T>(path: string, work: () => Promise<T>) => Promise<T>;
}

/** Whether a directory can be found at `path`; below a file there is none. */
export function isDirectory(files: HostFiles, path: string): boolean {
  return orUndefined(() => files.stat(path))?.kind === 'directory';
}
