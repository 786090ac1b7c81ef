import {
  cleanPath,
  decodeBytes,
  GoError,
  type GoMethod,
  GoStruct,
  int64,
  joinPath,
  quote,
  stringSlice,
} from '@flotilla/gocompat';
import { callFunction, type FunctionTable } from '@flotilla/gotemplate';
import { type DirectoryEntry, FileError } from '../ports/files.ts';
import { isAbsolutePath, resolvePath } from '../source/paths.ts';
import { insecureCallsDisabled } from './insecure.ts';
import { type RenderContext, renderContextOf } from './render-context.ts';

/** `readFile`, `readDir`, `readDirEntries`, `isFile`, `isDir` as in Helmfile 1.8.0; paths resolve against the base directory. */
export const fileFunctions: FunctionTable = new Map([
  ['readFile', callFunction(['string'], (execution, path) => readFile(renderContextOf(execution), path))],
  ['readDir', callFunction(['string'], (execution, path) => readDir(renderContextOf(execution), path))],
  [
    'readDirEntries',
    callFunction(['string'], (execution, path) => readDirEntries(renderContextOf(execution), path)),
  ],
  ['isFile', callFunction(['string'], (execution, path) => isKind(renderContextOf(execution), path, false))],
  ['isDir', callFunction(['string'], (execution, path) => isKind(renderContextOf(execution), path, true))],
]);

function readFile(context: RenderContext, path: string): string {
  guardRead(context, path);
  if (context.isLenient) return '';
  return atPath(context, path, '', (absolute) => decodeBytes(context.world.files.read(absolute)));
}

function readDir(context: RenderContext, path: string): unknown {
  guardRead(context, path);
  if (context.isLenient) return stringSlice([]);
  const wrap = `ReadDir ${quote(printedPath(context, path))}: `;
  const entries = atPath(context, path, wrap, (absolute) => context.world.files.list(absolute));
  const names = entries.filter((entry) => entry.kind !== 'directory').map((entry) => entry.name);
  return stringSlice(names.map((name) => joinPath(path, name)));
}

function readDirEntries(context: RenderContext, path: string): unknown {
  guardRead(context, path);
  if (context.isLenient) return [];
  const wrap = `ReadDirEntries ${quote(printedPath(context, path))}: `;
  const entries = atPath(context, path, wrap, (absolute) => context.world.files.list(absolute));
  return entries.map((entry) => directoryEntry(context, resolvePath(context.base.absolute, path), entry));
}

function isKind(context: RenderContext, path: string, wantsDirectory: boolean): boolean {
  return atPath(context, path, '', (absolute) => {
    const info = context.world.files.stat(absolute);
    return info !== undefined && (info.kind === 'directory') === wantsDirectory;
  });
}

function printedPath(context: RenderContext, path: string): string {
  return isAbsolutePath(path) ? path : joinPath(context.base.printed, path);
}

/** Runs a read; its error names the path as Helmfile would have it. */
function atPath<T>(context: RenderContext, path: string, wrap: string, read: (absolute: string) => T): T {
  const absolute = resolvePath(context.base.absolute, path);
  try {
    return read(absolute);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new GoError(wrap + error.message.replace(absolute, () => printedPath(context, path)));
  }
}

function guardRead(context: RenderContext, path: string): void {
  const { isInsecureDisabled, deny, projectDirectories } = context.world;
  if (isInsecureDisabled) throw new GoError(insecureCallsDisabled);
  if (!deny.has('read')) return;
  const absolute = cleanPath(resolvePath(context.base.absolute, path));
  const isInside = projectDirectories.some(
    (directory) => directory === '/' || absolute === directory || absolute.startsWith(`${directory}/`),
  );
  if (!isInside) throw new GoError(`"${path}" is outside the project and --deny read is active`);
}

/** Go's `fs.DirEntry`. */
function directoryEntry(context: RenderContext, directory: string, entry: DirectoryEntry): GoStruct {
  const isDirectory = entry.kind === 'directory';
  const mode = isDirectory ? 'd---------' : entry.kind === 'file' ? '----------' : 'L---------';
  const info = (): GoStruct => {
    const size = context.world.files.stat(joinPath(directory, entry.name))?.size ?? 0;
    return goObject('*os.fileStat', entry.name, [
      getter('Name', () => entry.name),
      getter('Size', () => int64(size)),
      getter('IsDir', () => isDirectory),
    ]);
  };
  return goObject('*os.unixDirent', `${mode[0]} ${entry.name}${isDirectory ? '/' : ''}`, [
    getter('Name', () => entry.name),
    getter('IsDir', () => isDirectory),
    getter('Type', () => mode),
    getter('Info', info),
  ]);
}

function goObject(goType: string, text: string, methods: readonly GoMethod[]): GoStruct {
  return new GoStruct({
    goType: goType.slice(1),
    isPointer: true,
    fields: new Map(),
    methods: new Map(methods.map((method) => [method.name, method])),
    text: () => text,
  });
}

function getter(name: string, call: () => unknown): GoMethod {
  return { name, parameters: [], call };
}
