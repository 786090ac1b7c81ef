/**
 * The values a user gives with a release: files, then `--set-json`, `--set`, `--set-string`, `--set-file`, `--set-literal`,
 * each kind in the order written (Helm 4.3.1 `MergeValues`). Comes in: texts. Goes out: one table, or a GoError.
 */
import { Dict, GoError, orElse, parseGoJson, trimSpace, wrapping } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { copyValues } from './copy-values.ts';
import { applySet, applySetFile, applySetJson, applySetLiteral, applySetString } from './strvals.ts';
import { overlayTables } from './tables.ts';
import { parseValues } from './yaml-documents.ts';

export interface UserValuesSources {
  /** Values files: the name that messages show, and the text. */
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  readonly setJson?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setFile?: readonly string[];
  readonly setLiteral?: readonly string[];
  /** Reads the files of `setFile`; throws GoError. */
  readonly readText?: (path: string) => string;
}

/** All of a user's values in one table. */
export function userValues(sources: UserValuesSources, compat: HelmCompat = 'v4'): Dict {
  let values = new Dict();
  for (const file of sources.files ?? []) {
    const table = wrapping(`failed to parse ${file.name}: `, () => parseValues(file.text, compat));
    values = overlayTables(values, table);
  }
  values = copyValues(values);
  for (const expression of sources.setJson ?? []) values = withJson(values, expression, compat);
  const options = { compat };
  for (const expression of sources.set ?? []) {
    wrapping('failed parsing --set data: ', () => applySet(expression, values, options));
  }
  for (const expression of sources.setString ?? []) {
    wrapping('failed parsing --set-string data: ', () => applySetString(expression, values, options));
  }
  const readText = sources.readText ?? unreadable;
  for (const expression of sources.setFile ?? []) {
    wrapping('failed parsing --set-file data: ', () =>
      applySetFile(expression, values, { ...options, readText }),
    );
  }
  for (const expression of sources.setLiteral ?? []) {
    wrapping('failed parsing --set-literal data: ', () => applySetLiteral(expression, values, options));
  }
  return values;
}

/** A whole object, in Helm 4, or `KEY=JSON`; Helm does not say what is wrong with either. */
function withJson(values: Dict, expression: string, compat: HelmCompat): Dict {
  const trimmed = trimSpace(expression);
  if (compat === 'v4' && trimmed.startsWith('{')) {
    const object = instead(`failed parsing --set-json data JSON: ${expression}`, () =>
      parseGoJson(trimmed, { numbers: 'float64' }),
    );
    return overlayTables(values, object as Dict);
  }
  instead(`failed parsing --set-json data ${expression}`, () => applySetJson(expression, values, { compat }));
  return values;
}

function unreadable(path: string): string {
  throw new GoError(`open ${path}: no such file or directory`);
}

function instead<T>(message: string, run: () => T): T {
  return orElse(run, (error) => {
    throw new GoError(message, { cause: error });
  });
}
