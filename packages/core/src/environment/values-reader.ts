import { type Source, source } from '@flotilla/diagnostics';
import { type Dict, decodeBytes } from '@flotilla/gocompat';
import type { Files } from '../ports/files.ts';
import { writtenIn } from '../yaml/yaml-documents.ts';
import { displayPath } from './display-path.ts';
import { parseValues } from './parse-values.ts';
import { rememberFileValues } from './remember-values.ts';
import type { FoundFile } from './values-files.ts';

/** Reads values files, each once per load: what comes back is shared and must not be changed. */
export class ValuesReader {
  readonly #files: Files;
  readonly #workingDirectory: string;
  readonly #sources = new Map<string, Source>();
  readonly #values = new Map<string, Dict>();

  constructor(files: Files, workingDirectory: string) {
    this.#files = files;
    this.#workingDirectory = workingDirectory;
  }

  /** The text of a file. Throws FileError. */
  source(file: FoundFile): Source {
    const known = this.#sources.get(file.absolute);
    if (known !== undefined) return known;
    const read = source(
      displayPath(file.absolute, this.#workingDirectory),
      decodeBytes(this.#files.read(file.absolute)),
    );
    this.#sources.set(file.absolute, read);
    return read;
  }

  /** The map in a file that is not a template. Throws FileError, GoError. */
  values(file: FoundFile): Dict {
    const known = this.#values.get(file.absolute);
    if (known !== undefined) return known;
    const source = this.source(file);
    const values = rememberFileValues(parseValues(source.text), source, writtenIn(source));
    this.#values.set(file.absolute, values);
    return values;
  }
}
