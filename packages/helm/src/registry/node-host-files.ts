/** HostFiles over the local file system. */
import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GoError, sortStrings } from '@flotilla/gocompat';
import { nodeChartFiles } from '../chart/node-files.ts';
import type { HostEntry, HostFiles } from './host-files.ts';

let writes = 0;

/** The local file system; relative paths mean `directory`. */
export function nodeHostFiles(directory: string): HostFiles {
  const at = (path: string): string => resolve(directory, path);
  return {
    stat: (path) => statEntry(at(path), path),
    read: (path) => attempt('open', path, () => readFileSync(at(path))),
    write: (path, content, mode) => writeFile(at(path), content, mode ?? 0o644),
    list: (path) => sortStrings(attempt('open', path, () => readdirSync(at(path)))),
    makeDirectory: (path) => {
      attempt('mkdir', path, () => mkdirSync(at(path), { recursive: true }));
    },
    remove: (path) => attempt('remove', path, () => rmSync(at(path), { recursive: true, force: true })),
    move: (from, to) => attempt('rename', from, () => renameSync(at(from), at(to))),
    readLink: (path) => linkTarget(at(path)),
    absolute: at,
    makeTemporaryDirectory: () => mkdtempSync(join(tmpdir(), 'flotilla-helm-')),
    chartFiles: (path) => nodeChartFiles(at(path)),
    withLock: (path, work) => withLock(at(path), work),
  };
}

function statEntry(path: string, shown: string): HostEntry | undefined {
  const stats = attempt('stat', shown, () => statSync(path, { throwIfNoEntry: false }));
  if (stats === undefined) return undefined;
  const seconds = Math.floor(stats.mtimeMs / 1000);
  return {
    kind: stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'irregular',
    size: stats.size,
    modTime: { seconds, nanoseconds: Math.round((stats.mtimeMs - seconds * 1000) * 1e6) },
  };
}

function writeFile(path: string, content: Uint8Array | string, mode: number): void {
  attempt('mkdir', dirname(path), () => mkdirSync(dirname(path), { recursive: true }));
  writes += 1;
  const temporary = `${path}.${process.pid}-${writes}.tmp`;
  attempt('open', path, () => {
    try {
      writeFileSync(temporary, content, { mode });
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

function linkTarget(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}

const lockWaitMs = 30_000;
const staleLockMs = 120_000;

/** A lock is a neighbour file that only one process can create; one left behind by a dead process is taken over. */
async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const held = `${path}.flotilla`;
  mkdirSync(dirname(held), { recursive: true });
  const deadline = Date.now() + lockWaitMs;
  while (!tryLock(held)) {
    if (Date.now() > deadline) throw new GoError('context deadline exceeded');
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(held, { force: true });
  }
}

function tryLock(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch {
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > staleLockMs) rmSync(path, { force: true });
    return false;
  }
}

function attempt<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof GoError) throw error;
    throw new GoError(`${operation} ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EEXIST: 'file exists',
  ENOTDIR: 'not a directory',
  EISDIR: 'is a directory',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
};

/** Go's words for what an operating system call failed with. */
export function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: string }).code ?? '';
  return reasons[code] ?? String((error as Error).message);
}
