/** ChartFiles over the local file system. */
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errnoText, GoError } from '@flotilla/gocompat';
import type { ModTime } from './chart.ts';
import type { ChartEntry, ChartFiles } from './chart-files.ts';
import type { ChartSource } from './load-chart.ts';

/** The directory at `path`; links inside are followed wherever they lead, as Helm does. */
export function nodeChartFiles(path: string): ChartFiles {
  const root = resolve(path);
  return {
    root,
    list: (directory) => {
      const folder = join(root, directory);
      return fileCall('open', folder, () => readdirSync(folder)).map((name) => entryOf(folder, name));
    },
    read: (file) => fileCall('open', join(root, file), () => readFileSync(join(root, file))),
  };
}

/** A chart directory or archive on disk. Throws GoError when there is nothing at `path`. */
export function nodeChartSource(path: string): ChartSource {
  const stats = fileCall('stat', path, () => statSync(path));
  if (stats.isDirectory()) return { kind: 'directory', files: nodeChartFiles(path) };
  return { kind: 'archive', name: path, bytes: fileCall('open', path, () => readFileSync(path)) };
}

/** True when something is at `path`. */
export function isOnDisk(path: string): boolean {
  return existsSync(path);
}

function entryOf(folder: string, name: string): ChartEntry {
  const path = join(folder, name);
  const own = fileCall('lstat', path, () => lstatSync(path));
  if (!own.isSymbolicLink()) return { name, ...entryFacts(own) };
  const link = resolveLink(path);
  const target = fileCall('lstat', link, () => lstatSync(link));
  return { name, ...entryFacts(target), link };
}

function resolveLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const missing = firstMissing(resolve(dirname(path), readlinkSync(path)));
    throw new GoError(`error evaluating symlink ${path}: lstat ${missing}: ${errnoText(error)}`);
  }
}

/** The part of a path at which following it ends. */
function firstMissing(path: string): string {
  const parent = dirname(path);
  return parent === path || existsSync(parent) ? path : firstMissing(parent);
}

/** Kind, size and time of what a path means. */
export function entryFacts(stats: Stats): Pick<ChartEntry, 'kind' | 'size'> & { readonly modTime: ModTime } {
  const seconds = Math.floor(stats.mtimeMs / 1000);
  return {
    kind: stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'irregular',
    size: stats.size,
    modTime: { seconds, nanoseconds: Math.round((stats.mtimeMs - seconds * 1000) * 1e6) },
  };
}

/** What a call of the file system gives; throws GoError in Go's words (`open PATH: no such file or directory`). */
export function fileCall<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GoError) throw error;
    throw new GoError(`${operation} ${path}: ${errnoText(error)}`, { cause: error });
  }
}
