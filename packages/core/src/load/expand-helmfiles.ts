import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Span,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import { GoError } from '@flotilla/gocompat';
import { globFiles } from '../environment/glob-files.ts';
import { isRemoteReference } from '../environment/remote-reference.ts';
import { printedPath } from '../environment/values-files.ts';
import type { Files } from '../ports/files.ts';
import { nearPaths } from '../source/near-paths.ts';
import { resolvePath } from '../source/paths.ts';
import type { StateSpec, SubHelmfileSpec } from '../spec/state-spec.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { rememberMerge, spanOf } from '../yaml/provenance.ts';

/** A part's `helmfiles` with every glob replaced by the paths it names, as printed. */
export function expandHelmfiles(spec: StateSpec, base: BaseDirectory, files: Files): Diagnosed<StateSpec> {
  if (spec.helmfiles === undefined) return { value: spec, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const entries = spec.helmfiles.flatMap((entry, index) => {
    if (isRemoteReference(entry.path)) return [entry];
    const span = spanOf(entry, 'path') ?? spanOf(spec, 'helmfiles', index);
    const found = matches(entry.path, { base, files, span });
    diagnostics.push(...found.diagnostics);
    if (found.value?.length === 0) diagnostics.push(noMatch(entry, spec, { base, files, span }));
    return (found.value ?? []).map((path) => at(entry, path));
  });
  const helmfiles: readonly SubHelmfileSpec[] = entries;
  const value = { ...spec, helmfiles };
  rememberMerge(value, [spec]);
  return { value, diagnostics };
}

interface Matching {
  readonly base: BaseDirectory;
  readonly files: Files;
  readonly span: Span | undefined;
}

function matches(path: string, { base, files, span }: Matching): Diagnosed<readonly string[]> {
  try {
    const toAbsolute = (each: string): string => resolvePath(base.absolute, each);
    return { value: globFiles(printedPath(path, base), toAbsolute, files), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const text = `failed processing ${path}: ${error.message}`;
    return {
      value: undefined,
      diagnostics: [errorDiagnostic('state/bad-pattern', text, { span, referenceText: text })],
    };
  }
}

function at(entry: SubHelmfileSpec, path: string): SubHelmfileSpec {
  const placed = { ...entry, path };
  rememberMerge(placed, [entry]);
  return placed;
}

function noMatch(entry: SubHelmfileSpec, spec: StateSpec, { base, files, span }: Matching): Diagnostic {
  const text = `no matches for path: ${entry.path}`;
  const message = `no sub-helmfile matches "${entry.path}"`;
  if ((spec.missingFileHandler ?? 'Error') !== 'Error') {
    return warningDiagnostic('state/helmfiles-missing', message, { span, referenceText: text });
  }
  return errorDiagnostic('state/helmfiles-missing', message, {
    span,
    referenceText: text,
    hint:
      nearPaths(entry.path, (path) => resolvePath(base.absolute, printedPath(path, base)), files) ??
      'create it, or allow it to be absent with missingFileHandler: Warn',
  });
}
