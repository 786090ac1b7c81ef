/** HostFiles over the local file system. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
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
import { GoError, sortStrings } from '@flotilla/gocompat';
import { acquireLock } from '../chart/node-file-lock.ts';
import { entryFacts, fileCall, nodeChartFiles } from '../chart/node-files.ts';
import type { HostEntry, HostFiles } from './host-files.ts';

let writes = 0;

/** The local file system; relative paths mean `directory`. */
export function nodeHostFiles(directory: string): HostFiles {
  const at = (path: string): string => resolve(directory, path);
  return {
    stat: (path) => statEntry(at(path), path),
    read: (path) => fileCall('open', path, () => readFileSync(at(path))),
    write: (path, content, mode) => writeFile(at(path), content, mode ?? 0o644),
    list: (path) => sortStrings(fileCall('open', path, () => readdirSync(at(path)))),
    makeDirectory: (path) => {
      fileCall('mkdir', path, () => mkdirSync(at(path), { recursive: true }));
    },
    remove: (path) => fileCall('remove', path, () => rmSync(at(path), { recursive: true, force: true })),
    move: (from, to) => fileCall('rename', from, () => renameSync(at(from), at(to))),
    readLink: (path) => linkTarget(at(path)),
    absolute: at,
    makeTemporaryDirectory: () => mkdtempSync(join(tmpdir(), 'flotilla-helm-')),
    chartFiles: (path) => nodeChartFiles(at(path)),
    withLock: (path, work) => withLock(at(path), work),
  };
}

function statEntry(path: string, shown: string): HostEntry | undefined {
  const stats = fileCall('stat', shown, () => statSync(path, { throwIfNoEntry: false }));
  return stats === undefined ? undefined : entryFacts(stats);
}

function writeFile(path: string, content: Uint8Array | string, mode: number): void {
  fileCall('mkdir', dirname(path), () => mkdirSync(dirname(path), { recursive: true }));
  writes += 1;
  const temporary = `${path}.${process.pid}-${writes}.tmp`;
  fileCall('open', path, () => {
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

const lockPatience = 30_000;

/** A lock is a neighbour file that only one process can create; one left behind by a dead process is taken over. */
async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const held = `${path}.flotilla`;
  mkdirSync(dirname(held), { recursive: true });
  const release = await acquireLock(held, {
    patience: lockPatience,
    busy: () => new GoError('context deadline exceeded'),
  });
  try {
    return await work();
  } finally {
    release();
  }
}
