/** A chart directory as a flat list of files, ignore rules applied, links followed. */
import { decodeBytes, GoError, sortStrings } from '@flotilla/gocompat';
import type { ChartFile } from './chart.ts';
import type { ChartEntry, ChartFiles } from './chart-files.ts';
import type { HelmCompat } from './helm-compat.ts';
import { type IgnoreRules, parseIgnoreRules } from './ignore-rules.ts';
import { type LogSink, slogRecord } from './log-record.ts';
import { maximumChartSize, maximumFileSizeV3, withoutByteOrderMark } from './size-limits.ts';

/** Deeper than any real chart; a link to its own parent ends here. */
const maximumDepth = 100;

export interface DirectoryOptions {
  readonly compat: HelmCompat;
  readonly log: LogSink;
}

/**
 * Reads a chart directory in lexical order (Helm 4.3.1 `LoadDir`). The files together may not exceed 100 MiB; Helm 3
 * allows 5 MiB per file instead. Throws GoError with Helm's text.
 */
export function readChartDirectory(files: ChartFiles, options: DirectoryOptions): ChartFile[] {
  return new DirectoryReader(files, options).run();
}

class DirectoryReader {
  readonly #files: ChartFiles;
  readonly #options: DirectoryOptions;
  readonly #isIgnored: IgnoreRules;
  readonly #result: ChartFile[] = [];
  #remaining = maximumChartSize;

  constructor(files: ChartFiles, options: DirectoryOptions) {
    this.#files = files;
    this.#options = options;
    const hasRules = files.list('').some((entry) => entry.name === '.helmignore');
    this.#isIgnored = parseIgnoreRules(hasRules ? decodeBytes(files.read('.helmignore')) : '');
  }

  run(): ChartFile[] {
    this.#walk('', 0);
    return this.#result;
  }

  #walk(directory: string, depth: number): void {
    if (depth > maximumDepth) throw new GoError(`chart directory is nested too deeply at ${directory}`);
    const entries = new Map(this.#files.list(directory).map((entry) => [entry.name, entry]));
    for (const name of sortStrings([...entries.keys()])) {
      const entry = entries.get(name);
      if (entry !== undefined) this.#visit(directory === '' ? name : `${directory}/${name}`, entry, depth);
    }
  }

  #visit(path: string, entry: ChartEntry, depth: number): void {
    if (entry.link !== undefined) this.#logLink(path, entry.link);
    if (this.#isIgnored(path, entry.kind === 'directory')) return;
    switch (entry.kind) {
      case 'directory':
        this.#walk(path, depth + 1);
        break;
      case 'irregular':
        throw new GoError(
          `cannot load irregular file ${this.#files.root}/${path} as it has file mode type bits set`,
        );
      case 'file':
        this.#read(path, entry);
    }
  }

  #read(path: string, entry: ChartEntry): void {
    if (this.#options.compat === 'v3' && entry.size > maximumFileSizeV3) {
      const base = path.slice(path.lastIndexOf('/') + 1);
      throw new GoError(`chart file "${base}" is larger than the maximum file size ${maximumFileSizeV3}`);
    }
    if (this.#options.compat === 'v4' && entry.size > this.#remaining) throw tooLarge(path);
    const data = this.#files.read(path);
    this.#remaining -= data.length;
    if (this.#options.compat === 'v4' && this.#remaining < 0) throw tooLarge(path);
    this.#result.push({ name: path, data: withoutByteOrderMark(data), modTime: entry.modTime });
  }

  #logLink(path: string, link: string): void {
    this.#options.log(
      slogRecord('INFO', 'found symbolic link in path. Contents of linked file included and used', [
        ['path', `${this.#files.root}/${path}`],
        ['resolved', link],
      ]),
    );
  }
}

function tooLarge(path: string): GoError {
  return new GoError(
    `error reading ${path}: chart exceeds maximum decompressed size of ${maximumChartSize} bytes`,
  );
}
