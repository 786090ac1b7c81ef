/** ChartFiles over the local file system. */
import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GoError } from '@flotilla/gocompat';
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
      return attempt('open', folder, () => readdirSync(folder)).map((name) => entryOf(folder, name));
    },
    read: (file) => attempt('open', join(root, file), () => readFileSync(join(root, file))),
  };
}

/** A chart directory or archive on disk. Throws GoError when there is nothing at `path`. */
export function nodeChartSource(path: string): ChartSource {
  const stats = attempt('stat', path, () => statSync(path));
  if (stats.isDirectory()) return { kind: 'directory', files: nodeChartFiles(path) };
  return { kind: 'archive', name: path, bytes: attempt('open', path, () => readFileSync(path)) };
}

function entryOf(folder: string, name: string): ChartEntry {
  const path = join(folder, name);
  const own = attempt('lstat', path, () => lstatSync(path));
  if (!own.isSymbolicLink()) return entry(name, own);
  const link = resolveLink(path);
  return {
    ...entry(
      name,
      attempt('lstat', link, () => lstatSync(link)),
    ),
    link,
  };
}

function resolveLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const target = resolve(dirname(path), readlinkSync(path));
    throw new GoError(`error evaluating symlink ${path}: lstat ${target}: ${reasonOf(error)}`);
  }
}

function entry(name: string, stats: Stats): ChartEntry {
  const kind = stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'irregular';
  return { name, kind, size: stats.size, modTime: modTimeOf(stats) };
}

function modTimeOf(stats: Stats): ModTime {
  const seconds = Math.floor(stats.mtimeMs / 1000);
  return { seconds, nanoseconds: Math.round((stats.mtimeMs - seconds * 1000) * 1e6) };
}

function attempt<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new GoError(`${operation} ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
};

function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: string }).code ?? '';
  return reasons[code] ?? String((error as Error).message);
}
