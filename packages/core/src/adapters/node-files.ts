import { randomInt } from 'node:crypto';
import {
  chmodSync,
  type Dirent,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { errnoText } from '@flotilla/gocompat';
import {
  type DirectoryEntry,
  FileError,
  type FileErrorCode,
  type FileKind,
  type Files,
} from '../ports/files.ts';

/**
 * The file system on Node. In: absolute paths. Out: bytes, entries, and FileErrors that read as Go's (`open /x: no such file
 * or directory`). Not its business: decoding, globs, which paths may be read.
 */

export interface NodeFilesOptions {
  /** Parent of temporary directories; the system's by default. */
  readonly temporaryRoot?: string;
  /** What `-` reads; standard input of the process by default. */
  readonly standardInput?: Uint8Array;
  /** Larger files are refused. */
  readonly maxFileBytes?: number;
}

const defaultMaxFileBytes = 256 * 1024 * 1024;

/** The Files port over `node:fs`. */
export function createNodeFiles(options: NodeFilesOptions = {}): Files {
  const maxFileBytes = options.maxFileBytes ?? defaultMaxFileBytes;
  const temporaries = new Temporaries();
  return {
    stat: (path) => {
      const stats = wrapped('stat', path, () => statIfThere(path));
      return stats === undefined ? undefined : { kind: kindOf(stats), size: stats.size };
    },
    read: (path) => {
      const bytes = wrapped('open', path, () =>
        path === '-' ? (options.standardInput ?? readFileSync(0)) : readFileSync(path),
      );
      if (bytes.length > maxFileBytes) {
        throw new FileError('too-large', path, `open ${path}: larger than ${maxFileBytes} bytes`);
      }
      return bytes;
    },
    list: (path) => wrapped('open', path, () => listDirectory(path)),
    write: (path, bytes, { mode } = {}) =>
      wrapped('open', path, () => {
        writeFileSync(path, bytes, mode === undefined ? {} : { mode });
        // The mode given to open is cut by the umask and ignored for files that exist.
        if (mode !== undefined) chmodSync(path, mode);
      }),
    makeDirectory: makeDirectories,
    remove: (path) => wrapped('remove', path, () => rmSync(path, { recursive: true, force: true })),
    makeTemporaryDirectory: (prefix) => {
      const root = options.temporaryRoot ?? tmpdir();
      const path = wrapped('mkdir', root, () => makeTemporary(root, prefix));
      temporaries.add(path);
      return {
        path,
        [Symbol.asyncDispose]: async () => {
          await rm(path, { recursive: true, force: true, maxRetries: 3 });
          temporaries.delete(path);
        },
      };
    },
  };
}

/** One after the other as Go does: Node's own recursion never ends where a parent cannot have children (`/proc`). */
function makeDirectories(path: string): void {
  const stats = wrapped('mkdir', path, () => statIfThere(path));
  if (stats?.isDirectory() === true) return;
  if (stats !== undefined) throw new FileError('not-a-directory', path, `mkdir ${path}: not a directory`);
  if (dirname(path) !== path) makeDirectories(dirname(path));
  wrapped('mkdir', path, () => {
    try {
      mkdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  });
}

/** Directories that still have to go; a process that ends in the middle of things removes them on its way out. */
class Temporaries {
  readonly #paths = new Set<string>();
  readonly #removeAll = (): void => {
    for (const path of this.#paths) rmSync(path, { recursive: true, force: true });
  };

  add(path: string): void {
    if (this.#paths.size === 0) process.on('exit', this.#removeAll);
    this.#paths.add(path);
  }

  delete(path: string): void {
    this.#paths.delete(path);
    if (this.#paths.size === 0) process.off('exit', this.#removeAll);
  }
}

/** As Go names them: digits behind the prefix; open to their owner alone. */
function makeTemporary(root: string, prefix: string): string {
  for (;;) {
    const path = join(root, `${prefix}${randomInt(1_000_000_000, 4_000_000_000)}`);
    try {
      mkdirSync(path, { mode: 0o700 });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Nothing is below a file, and nothing has a name longer than the file system takes. */
function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function listDirectory(path: string): readonly DirectoryEntry[] {
  const entries = readdirSync(path, { withFileTypes: true });
  const listed = entries.map((entry) => ({ name: entry.name, kind: entryKind(path, entry) }));
  return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entryKind(directory: string, entry: Dirent): FileKind {
  if (!entry.isSymbolicLink()) return kindOf(entry);
  const target = statSync(join(directory, entry.name), { throwIfNoEntry: false });
  return target === undefined ? 'other' : kindOf(target);
}

function kindOf(stats: Stats | Dirent): FileKind {
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'directory' : 'other';
}

const codes: Readonly<Record<string, FileErrorCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
};

function wrapped<T>(operation: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const fileCode = codes[(error as NodeJS.ErrnoException).code ?? ''] ?? 'io';
    // Go opens a directory without complaint and fails when it reads it.
    const verb = fileCode === 'is-a-directory' ? 'read' : operation;
    throw new FileError(fileCode, path, `${verb} ${path}: ${errnoText(error)}`);
  }
}
