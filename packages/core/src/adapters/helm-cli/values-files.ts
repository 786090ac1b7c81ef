import type { ReleaseKey } from '../../desired/desired-state.ts';
import type { ValuesDocument } from '../../ports/executor.ts';
import type { Files } from '../../ports/files.ts';

/** Values documents on disk for the length of one helm call. */
export interface ValuesFiles extends AsyncDisposable {
  /** In the order of the documents. */
  readonly paths: readonly string[];
}

/**
 * Writes each document that is not a file already to a private file (mode 0600) in a fresh private directory; disposing removes
 * the directory whatever happened. `documents` may be empty: then nothing is made.
 */
export function writeValuesFiles(
  files: Files,
  key: ReleaseKey,
  documents: readonly ValuesDocument[],
): ValuesFiles {
  if (documents.every((document) => document.path !== undefined)) {
    return { paths: documents.map((document) => document.path ?? ''), [Symbol.asyncDispose]: async () => {} };
  }
  const directory = files.makeTemporaryDirectory('helmfile');
  const prefix = [key.namespace, key.name].filter((each) => each !== '').join('-');
  const paths = documents.map((document, index) => {
    if (document.path !== undefined) return document.path;
    const path = `${directory.path}/${prefix}-values-${index}`;
    files.write(path, document.content, { mode: 0o600 });
    return path;
  });
  return { paths, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}
