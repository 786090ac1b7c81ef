import { type DirectoryEntry, FileError, type FileInfo, type Files } from '@flotilla/core';

/** A Files port over a map from absolute path to content; directories exist when something lies in them. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, Uint8Array>();
  readonly #directories = new Set<string>(['/']);
  readonly modes = new Map<string, number>();
  #temporaries = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  /** Paths of all files, sorted. */
  paths(): readonly string[] {
    return [...this.#files.keys()].sort();
  }

  text(path: string): string {
    return new TextDecoder().decode(this.read(path));
  }

  stat(path: string): FileInfo | undefined {
    const bytes = this.#files.get(path);
    if (bytes !== undefined) return { kind: 'file', size: bytes.length };
    return this.#directories.has(path) ? { kind: 'directory', size: 0 } : undefined;
  }

  read(path: string): Uint8Array {
    const bytes = this.#files.get(path);
    if (bytes !== undefined) return bytes;
    if (this.#directories.has(path))
      throw new FileError('is-a-directory', path, `read ${path}: is a directory`);
    throw new FileError('not-found', path, `open ${path}: no such file or directory`);
  }

  list(path: string): readonly DirectoryEntry[] {
    if (!this.#directories.has(path)) {
      throw new FileError('not-found', path, `open ${path}: no such file or directory`);
    }
    const prefix = path === '/' ? '/' : `${path}/`;
    const below = [...this.#files.keys(), ...this.#directories].filter((each) => each.startsWith(prefix));
    const names = new Set(below.map((each) => each.slice(prefix.length).split('/')[0] ?? ''));
    names.delete('');
    return [...names]
      .sort()
      .map((name) => ({ name, kind: this.#files.has(prefix + name) ? 'file' : 'directory' }));
  }

  write(path: string, bytes: Uint8Array | string, options: { readonly mode?: number } = {}): void {
    this.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/');
    this.#files.set(path, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    if (options.mode !== undefined) this.modes.set(path, options.mode);
  }

  makeDirectory(path: string): void {
    const segments = path.split('/').filter((each) => each !== '');
    for (let depth = 1; depth <= segments.length; depth += 1) {
      this.#directories.add(`/${segments.slice(0, depth).join('/')}`);
    }
  }

  remove(path: string): void {
    const isInside = (each: string): boolean => each === path || each.startsWith(`${path}/`);
    for (const each of [...this.#files.keys()].filter(isInside)) this.#files.delete(each);
    for (const each of [...this.#directories].filter(isInside)) this.#directories.delete(each);
  }

  makeTemporaryDirectory(prefix: string): { readonly path: string } & AsyncDisposable {
    this.#temporaries += 1;
    const path = `/tmp/${prefix}${this.#temporaries}`;
    this.makeDirectory(path);
    return { path, [Symbol.asyncDispose]: async () => this.remove(path) };
  }
}
