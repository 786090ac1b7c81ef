/** `.Files`: the files of a chart as templates see them, a map of bytes with methods. */
import { Buffer } from 'node:buffer';
import {
  baseNameOf,
  compileGlob,
  Dict,
  decodeBytes,
  GoError,
  sortedKeys,
  stringSlice,
  TypedMap,
} from '@flotilla/gocompat';
import type { FunctionTable, goFunction } from '@flotilla/gotemplate';
import type { ChartFile } from '../chart/chart.ts';
import { toYaml } from './data-functions.ts';

export const filesType = 'engine.files';

type Files = TypedMap<Uint8Array>;

const nothing = new Uint8Array(0);

/** The `.Files` of a chart. */
export function filesObject(files: readonly ChartFile[]): Files {
  return new TypedMap(
    filesType,
    files.map((file) => [file.name, file.data] as const),
    nothing,
  );
}

/** Methods of `.Files` (Helm 4.3.1); the receiver comes first. */
export const filesMethods: FunctionTable = new Map(
  Object.entries({
    Get: method(['string'], (files, name) => decodeBytes(files.entries.get(name) ?? nothing)),
    GetBytes: method(['string'], (files, name) => files.entries.get(name) ?? nothing),
    Glob: method(['string'], globFiles),
    Lines: method(['string'], (files, name) => lines(files.entries.get(name) ?? nothing)),
    AsConfig: method([], (files) => flattened(files, decodeBytes)),
    AsSecrets: method([], (files) => flattened(files, toBase64)),
  }),
);

function method(
  params: readonly 'string'[],
  call: (files: Files, name: string) => unknown,
): ReturnType<typeof goFunction> {
  return { params, call: (files: never, name: never) => call(files, name) };
}

/** A pattern that cannot be read matches everything. */
function globFiles(files: Files, pattern: string): Files {
  const matches = globMatcher(pattern);
  return new TypedMap(
    filesType,
    [...files.entries].filter(([name]) => matches(name)),
    nothing,
  );
}

function globMatcher(pattern: string): (name: string) => boolean {
  try {
    const glob = compileGlob(pattern, '/');
    return (name) => glob.matches(name);
  } catch (error) {
    if (error instanceof GoError) return () => true;
    throw error;
  }
}

function lines(content: Uint8Array): string[] {
  if (content.length === 0) return stringSlice([]);
  return stringSlice(decodeBytes(content).replace(/\n$/, '').split('\n'));
}

/** Files of equal names fall together: the last in order stays. */
function flattened(files: Files, convert: (content: Uint8Array) => string): string {
  const table = new Dict();
  for (const name of sortedKeys(files)) table[baseNameOf(name)] = convert(files.entries.get(name) ?? nothing);
  try {
    return toYaml(table);
  } catch (error) {
    if (error instanceof GoError) return '';
    throw error;
  }
}

function toBase64(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');
}
