/**
 * Which files an entry of a values list names. In: the entry, the directory it is relative to, what a missing file means.
 * Out: the files under their printed and absolute names. Deals with globs, remote references and missing-file handlers.
 * Does not read the files.
 */
import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Span,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import { GoError, joinPath } from '@flotilla/gocompat';
import { FetchError, type Fetcher } from '../ports/fetcher.ts';
import type { Files } from '../ports/files.ts';
import { nearPaths } from '../source/near-paths.ts';
import { resolvePath } from '../source/paths.ts';
import { isOneOf, missingFileHandlers } from '../spec/closed-sets.ts';
import type { BaseDirectory, Capability } from '../template-context/render-context.ts';
import { globFiles } from './glob-files.ts';
import { isRemoteReference } from './remote-reference.ts';

export interface FoundFile {
  readonly printed: string;
  readonly absolute: string;
}

export interface ValuesFilePorts {
  readonly files: Files;
  readonly fetcher: Fetcher;
  readonly deny: ReadonlySet<Capability>;
  readonly signal: AbortSignal;
}

export interface ValuesFileRequest {
  readonly path: string;
  readonly base: BaseDirectory;
  /** `environment values`, `values`, `secrets`: the word in front of "file" in messages. */
  readonly what: string;
  /** `Error` when absent. */
  readonly handler: string | undefined;
  readonly ignoresMissingGitBranch?: boolean;
  /** The state file, as messages print it. */
  readonly stateFile: string;
  readonly span: Span | undefined;
}

/** The files of an entry; none, with or without a warning, where a handler says that a missing one may be skipped. */
export async function findValuesFiles(
  request: ValuesFileRequest,
  ports: ValuesFilePorts,
): Promise<Diagnosed<readonly FoundFile[]>> {
  const found = isRemoteReference(request.path)
    ? await fetchFiles(request, ports)
    : localFiles(request, ports.files);
  if (found.value?.length !== 0) return found;
  return missingFile(request, ports.files);
}

function localFiles(request: ValuesFileRequest, files: Files): Diagnosed<readonly FoundFile[]> {
  const pattern = printedPath(request.path, request.base);
  const toAbsolute = (path: string): string => resolvePath(request.base.absolute, path);
  try {
    const paths = globFiles(pattern, toAbsolute, files);
    return { value: paths.map((path) => ({ printed: path, absolute: toAbsolute(path) })), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const text = `failed processing ${request.path}: ${error.message}`;
    return failed('environment/bad-pattern', text, request.span);
  }
}

/** Helmfile's `normalizePath`: URLs and absolute paths stay, the rest is joined to the base directory once. */
export function printedPath(path: string, base: BaseDirectory): string {
  if (/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/.test(path)) return path;
  if (base.printed !== '.' && path.startsWith(`${base.printed}/`)) return path;
  return joinPath(base.printed, path);
}

async function fetchFiles(
  request: ValuesFileRequest,
  ports: ValuesFilePorts,
): Promise<Diagnosed<readonly FoundFile[]>> {
  if (ports.deny.has('remote')) {
    return failed(
      'source/remote-denied',
      `cannot fetch ${request.path}: --deny remote is active`,
      request.span,
    );
  }
  try {
    const paths = await ports.fetcher.fetch({ url: request.path, consumer: 'values' }, ports.signal);
    const files = paths.filter((path) => ports.files.stat(path)?.kind === 'file');
    return { value: files.map((path) => ({ printed: path, absolute: path })), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const isMissingBranch = error.message.includes("' did not match any file(s) known to git");
    if (isMissingBranch && request.ignoresMissingGitBranch === true) return { value: [], diagnostics: [] };
    return failed('source/remote-failed', error.message, request.span);
  }
}

function missingFile(request: ValuesFileRequest, files: Files): Diagnosed<readonly FoundFile[]> {
  const { path, what, base, span, stateFile, handler = 'Error' } = request;
  if (handler === 'Error') {
    const text = `${what} file matching "${path}" does not exist in "${base.printed}"`;
    const near = nearPaths(path, (each) => resolvePath(base.absolute, printedPath(each, base)), files);
    return failed('environment/values-file-missing', text, span, near ?? missingFileHint);
  }
  if (!isOneOf(missingFileHandlers, handler)) {
    const text = `invalid missing file handler "${handler}" while processing "${path}" in "${stateFile}": it must be one of [${missingFileHandlers.join(' ')}]`;
    return failed('environment/missing-file-handler', text, span);
  }
  const text = skippedNotice(what, path);
  const notice = warningDiagnostic('environment/values-file-missing', text, { span, referenceText: text });
  return { value: [], diagnostics: handler === 'Warn' ? [notice] : [] };
}

/** Helmfile's words for a missing file that may be missing. */
export function skippedNotice(what: string, path: string): string {
  return `skipping missing ${what} file matching "${path}"`;
}

const missingFileHint = 'create the file, or allow it to be absent with missingFileHandler: Warn';

function failed(
  code: Diagnostic['code'],
  text: string,
  span: Span | undefined,
  hint?: string,
): Diagnosed<never> {
  return {
    value: undefined,
    diagnostics: [errorDiagnostic(code, text, { span, hint, referenceText: text })],
  };
}
