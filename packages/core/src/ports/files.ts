/**
 * The file system as the core sees it. Paths are absolute; `-` is standard input, which `read` drains. Bytes come back
 * undecoded; callers choose the decoding.
 */

export type FileKind = 'file' | 'directory' | 'other';

export interface FileInfo {
  readonly kind: FileKind;
  readonly size: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileKind;
}

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

export type FileErrorCode =
  | 'not-found'
  | 'not-a-directory'
  | 'is-a-directory'
  | 'permission-denied'
  | 'too-large'
  | 'io';

/** The rejection of every method below; `message` is Go's text (`open /x: no such file or directory`). */
export class FileError extends Error {
  readonly code: FileErrorCode;
  readonly path: string;

  constructor(code: FileErrorCode, path: string, message: string) {
    super(message);
    this.name = 'FileError';
    this.code = code;
    this.path = path;
  }
}

/** Synchronous reads serve the template evaluator and keep a load free of event-loop turns. */
export interface Files {
  /** Undefined when nothing is there; follows links. */
  stat(path: string): FileInfo | undefined;
  read(path: string): Uint8Array;
  /** Entries sorted by name. */
  list(path: string): readonly DirectoryEntry[];
  write(path: string, bytes: Uint8Array | string, options?: { readonly mode?: number }): void;
  makeDirectory(path: string): void;
  remove(path: string): void;
  makeTemporaryDirectory(prefix: string): TemporaryDirectory;
}
