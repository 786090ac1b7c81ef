/**
 * Finding state files. In: the path of `--file` (or none) and where we stand. Out: the files to load, in order.
 * Deals with default names, `helmfile.d`, directories and `-`.
 * Does not deal with remote references (the loader fetches them first) or with what is in a file.
 */
import { type Diagnosed, errorDiagnostic, suggestions } from '@flotilla/diagnostics';
import { compareStrings, joinPath } from '@flotilla/gocompat';
import type { Files } from '../ports/files.ts';
import { nearPaths } from './near-paths.ts';
import { resolvePath } from './paths.ts';

/** How a state file was found. */
export type FoundBy = 'argument' | 'default-name' | 'directory' | 'stdin';

export interface StateFileLocation {
  /** Absolute, or `-` for standard input. */
  readonly path: string;
  /** As messages print it: as given, or joined to the directory as given. */
  readonly name: string;
  readonly foundBy: FoundBy;
}

export interface FindOptions {
  /** Absolute directory that relative paths resolve against. */
  readonly workingDirectory: string;
  /** Commands that take down visit the files of a directory in descending order. */
  readonly reverse?: boolean;
}

const defaultNames = ['helmfile.yaml', 'helmfile.yaml.gotmpl', 'helmfile.yaml.eta'] as const;
const defaultDirectory = 'helmfile.d';
const stateFilePattern = /\.y.*ml(?:\.gotmpl|\.eta)?$/s;

/**
 * The state files for `path` (`''` looks for default names), sorted by name as Helmfile 1.8.0 does. A directory may give none.
 * Errors: `source/not-found`, `source/ambiguous-default`.
 */
export function findStateFiles(
  path: string,
  options: FindOptions,
  files: Files,
): Diagnosed<readonly StateFileLocation[]> {
  if (path === '-') return found([{ path: '-', name: '-', foundBy: 'stdin' }]);
  if (path === '') return findDefaults(options, files);
  const absolute = resolvePath(options.workingDirectory, path);
  const kind = files.stat(absolute)?.kind;
  if (kind === 'file') return found([{ path: absolute, name: path, foundBy: 'argument' }]);
  if (kind === 'directory') return found(listStateFiles(path, options, files));
  const near = nearPaths(path, (each) => resolvePath(options.workingDirectory, each), files);
  return failed('source/not-found', `specified state file ${path} is not found`, near);
}

function findDefaults(options: FindOptions, files: Files): Diagnosed<readonly StateFileLocation[]> {
  const kindOf = (name: string): string | undefined =>
    files.stat(joinPath(options.workingDirectory, name))?.kind;
  const names = defaultNames.filter((name) => kindOf(name) === 'file');
  const [first, second] = names;
  if (first !== undefined && second !== undefined) {
    return failed('source/ambiguous-default', `both ${first} and ${second} exist. Please remove one of them`);
  }
  const hasDirectory = kindOf(defaultDirectory) === 'directory';
  if (first !== undefined && hasDirectory) {
    const text = `configuration conlict error: you can have either ${first} or ${defaultDirectory}, but not both`;
    return failed('source/ambiguous-default', text);
  }
  if (hasDirectory) return found(listStateFiles(defaultDirectory, options, files));
  if (first !== undefined) {
    const path = joinPath(options.workingDirectory, first);
    return found([{ path, name: first, foundBy: 'default-name' }]);
  }
  return failed('source/not-found', nothingFound, nearDefault(options, files));
}

/** A file that was meant for the default one, or how to begin. */
function nearDefault({ workingDirectory }: FindOptions, files: Files): string {
  const names = files.list(workingDirectory).flatMap(({ name, kind }) => (kind === 'file' ? [name] : []));
  const [near] = ['helmfile.yml', ...suggestions('helmfile.yaml', names)].filter((name) =>
    names.includes(name),
  );
  return near === undefined
    ? 'write a first one with "flotilla create", or go where yours is'
    : `name it with --file ${near}`;
}

const nothingFound =
  'no state file found. It must be named helmfile.d/*.{yaml,yml,yaml.gotmpl,yml.gotmpl}, helmfile.yaml, or ' +
  'helmfile.yaml.gotmpl, otherwise specified with the --file flag or HELMFILE_FILE_PATH environment variable';

/** The state files directly inside a directory; folders whose names look like state files are left out. */
function listStateFiles(directory: string, options: FindOptions, files: Files): readonly StateFileLocation[] {
  const absolute = resolvePath(options.workingDirectory, directory);
  const locations = files
    .list(absolute)
    .filter((entry) => stateFilePattern.test(entry.name))
    .filter((entry) => isFile(files, joinPath(absolute, entry.name), entry.kind))
    .map((entry): StateFileLocation => {
      return {
        path: joinPath(absolute, entry.name),
        name: joinPath(directory, entry.name),
        foundBy: 'directory',
      };
    });
  locations.sort((a, b) => compareStrings(a.name, b.name));
  return options.reverse === true ? locations.reverse() : locations;
}

/** A listing does not follow links, `stat` does. */
function isFile(files: Files, path: string, kind: string): boolean {
  return kind === 'file' || (kind === 'other' && files.stat(path)?.kind === 'file');
}

function found(value: readonly StateFileLocation[]): Diagnosed<readonly StateFileLocation[]> {
  return { value, diagnostics: [] };
}

function failed(code: `source/${string}`, text: string, hint?: string): Diagnosed<never> {
  return { value: undefined, diagnostics: [errorDiagnostic(code, text, { hint, referenceText: text })] };
}
