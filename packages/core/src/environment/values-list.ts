/**
 * Values lists: `environments.X.values`, top-level `values`, `--state-values-file`, `values` of `helmfiles` entries.
 * In: entries, what they are relative to, the environment their templates see. Out: one map and every problem on the way.
 * Deals with files, templates, inline maps, inline YAML and the order of merging. Not with layers (resolve-environment).
 */
import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Source,
  type Span,
  source,
  span,
} from '@flotilla/diagnostics';
import { copyDict, Dict, directoryOf, formatValue, GoError, typeOf } from '@flotilla/gocompat';
import type { MappedText } from '@flotilla/gotemplate';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { deepMerge, overrideMerge } from '../merge/merge-values.ts';
import { FileError } from '../ports/files.ts';
import type { MergeStrategy } from '../spec/closed-sets.ts';
import { isTemplateFile } from '../template-context/is-template-file.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { MapKeyError, stringifyKeys } from '../template-context/stringify-keys.ts';
import { environmentData } from '../template-context/template-data.ts';
import { isRenderError, templateDiagnostic } from '../template-context/template-diagnostic.ts';
import type { Place } from '../yaml/provenance.ts';
import { type Translate, writtenIn } from '../yaml/yaml-documents.ts';
import { parseValues } from './parse-values.ts';
import { rememberFileValues, rememberValues } from './remember-values.ts';
import type { EnvironmentServices } from './services.ts';
import { mergedValues } from './state-values.ts';
import { type FoundFile, findValuesFiles } from './values-files.ts';
import { placedInFile, strictValuesProblem } from './values-problem.ts';
import type { ValuesReader } from './values-reader.ts';

export interface ValuesListRequest {
  readonly entries: readonly unknown[];
  /** Where an entry is written; undefined on the command line. */
  readonly placeOf: (index: number) => Place | undefined;
  readonly base: BaseDirectory;
  readonly handler: string | undefined;
  /** What `.Values` and `.Environment` are in templates. */
  readonly context: ResolvedEnvironment;
  /** `override`: later entries win. `fallback`: earlier ones do, and templates see what came before them. */
  readonly strategy: MergeStrategy;
  /** The state file, as messages print it. */
  readonly stateFile: string;
  /** Decrypted HCL files, in front of those of the list. */
  readonly hclFiles?: readonly Source[];
}

/** Loads and merges a list; `value` is undefined when an entry could not be loaded. HCL files count last, all together. */
export async function loadValuesList(
  request: ValuesListRequest,
  services: EnvironmentServices,
): Promise<Diagnosed<Dict>> {
  const diagnostics: Diagnostic[] = [];
  const hcl = [...(request.hclFiles ?? [])];
  let isComplete = true;
  let seen = new Dict();
  for (const [index, entry] of request.entries.entries()) {
    const written = request.placeOf(index);
    const place = { ...request, written, span: written?.span() };
    const maps = await loadEntry(entry, place, { services, seen, hcl });
    diagnostics.push(...maps.diagnostics);
    for (const map of maps.value ?? []) seen = mergeEntry(seen, map, request.strategy);
    isComplete &&= maps.value !== undefined;
  }
  const last = hcl.length === 0 ? { value: new Dict(), diagnostics: [] } : await evaluateHcl(hcl);
  diagnostics.push(...last.diagnostics);
  if (!isComplete || last.value === undefined) return { value: undefined, diagnostics };
  return { value: mergeEntry(seen, last.value, request.strategy), diagnostics };
}

async function evaluateHcl(files: readonly Source[]): Promise<Diagnosed<Dict>> {
  const { evaluateHclValues, HclValuesError } = await import('./hcl/hcl-values.ts');
  try {
    return { value: evaluateHclValues(files), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof HclValuesError)) throw error;
    const { message, span } = error;
    const problem = errorDiagnostic('environment/hcl', message, { span, referenceText: message });
    return { value: undefined, diagnostics: [problem] };
  }
}

function mergeEntry(earlier: Dict, later: Dict, strategy: MergeStrategy): Dict {
  return strategy === 'fallback' ? deepMerge(later, earlier) : overrideMerge(earlier, later);
}

interface EntryPlace extends ValuesListRequest {
  readonly span: Span | undefined;
  readonly written: Place | undefined;
}

interface Progress {
  readonly services: EnvironmentServices;
  /** Merged from the entries so far. */
  readonly seen: Dict;
  /** HCL files met so far. */
  readonly hcl: Source[];
}

async function loadEntry(
  entry: unknown,
  place: EntryPlace,
  progress: Progress,
): Promise<Diagnosed<readonly Dict[]>> {
  if (typeof entry === 'string') {
    return entry.includes('\n')
      ? await inlineYaml(entry, place, progress)
      : await filesOf(entry, place, progress);
  }
  if (entry instanceof Dict)
    return attempt(
      () => [inlineMap(entry, place)],
      place,
      (text) => text,
    );
  const type = entry === null || entry === undefined ? '<nil>' : typeOf(entry);
  const text = `unexpected type of value: value=${formatValue(entry)}, type=${type}`;
  return {
    value: undefined,
    diagnostics: [errorDiagnostic('environment/bad-entry', text, { span: place.span, referenceText: text })],
  };
}

async function filesOf(
  path: string,
  place: EntryPlace,
  { services, seen, hcl }: Progress,
): Promise<Diagnosed<readonly Dict[]>> {
  const found = await findValuesFiles({ ...place, path, what: 'environment values' }, services);
  const diagnostics = [...found.diagnostics];
  const maps: Dict[] = [];
  let isComplete = found.value !== undefined;
  let current = seen;
  for (const file of found.value ?? []) {
    if (file.printed.endsWith('.hcl')) {
      const source = attempt(
        () => services.reader.source(file),
        place,
        (text) => text,
      );
      diagnostics.push(...source.diagnostics);
      if (source.value === undefined) isComplete = false;
      else hcl.push(source.value);
      continue;
    }
    const loaded = await loadFile(file, place, { services, seen: current, hcl });
    diagnostics.push(...loaded.diagnostics);
    if (loaded.value === undefined) isComplete = false;
    else {
      maps.push(loaded.value);
      current = mergeEntry(current, loaded.value, place.strategy);
    }
  }
  return { value: isComplete ? maps : undefined, diagnostics };
}

async function loadFile(file: FoundFile, place: EntryPlace, progress: Progress): Promise<Diagnosed<Dict>> {
  return isTemplateFile(file.printed)
    ? await loadTemplate(file, place, progress)
    : loadPlain(file, place, progress.services.reader);
}

function loadPlain(file: FoundFile, place: EntryPlace, reader: ValuesReader): Diagnosed<Dict> {
  const loaded = attempt(
    () => reader.values(file),
    place,
    (text, error) => {
      const isUnreadable = error instanceof FileError;
      const reason = `failed to load [${file.printed}]: ${text}`;
      return ofFile(file, isUnreadable ? reason : offending(text, reader.source(file).text));
    },
  );
  return placedInFile(loaded, () => {
    const text = reader.source(file);
    return strictValuesProblem(text, writtenIn(text));
  });
}

async function loadTemplate(
  file: FoundFile,
  place: EntryPlace,
  progress: Progress,
): Promise<Diagnosed<Dict>> {
  const { reader, renderer } = progress.services;
  const name = file.printed;
  const base = { absolute: directoryOf(file.absolute), printed: directoryOf(name) };
  const data = dataFor(place, progress);
  let rendered: MappedText;
  try {
    rendered = await renderer.renderMapped({ source: reader.source(file), data, base, scope: file.absolute });
  } catch (error) {
    return failure(error, place, (text) => ofFile(file, `failed to render [${name}], because of ${text}`));
  }
  const written = reader.source(file);
  const loaded = attempt(
    () => placedValues(rendered, written),
    place,
    (reason) => ofFile(file, offending(reason, rendered.text)),
  );
  return placedInFile(loaded, () =>
    strictValuesProblem(source(`${written.name} (rendered)`, rendered.text), inTemplate(rendered, written)),
  );
}

function ofFile({ printed }: FoundFile, text: string): string {
  return `failed to load environment values file "${printed}": ${text}`;
}

function inlineMap(entry: Dict, { written }: EntryPlace): Dict {
  const values = stringifyKeys(entry);
  // The entry itself stays a part of the specification: a copy of it gets a place of its own.
  return written === undefined ? values : rememberValues(copyOf(values), written);
}

function copyOf(map: Dict): Dict {
  const copy = copyDict(map);
  for (const key in copy) {
    const value = copy[key];
    if (value instanceof Dict) copy[key] = copyOf(value);
  }
  return copy;
}

/** Values of a rendered text, whose places are those of the actions and texts that printed them. */
function placedValues(rendered: MappedText, written: Source): Dict {
  return rememberFileValues(parseValues(rendered.text), rendered.text, inTemplate(rendered, written));
}

function inTemplate({ map }: MappedText, written: Source): Translate {
  return (start, end) => map.spanOf(start, end) ?? span(written, 0);
}

function offending(text: string, yaml: string): string {
  return `${text}\n\nOffending YAML:\n${yaml}`;
}

async function inlineYaml(
  text: string,
  place: EntryPlace,
  progress: Progress,
): Promise<Diagnosed<readonly Dict[]>> {
  try {
    const inline = source(`${place.stateFile} (inline values)`, text);
    const data = dataFor(place, progress);
    const rendered = await progress.services.renderer.render({
      source: inline,
      data,
      base: place.base,
      scope: place.stateFile,
    });
    return { value: [parseValues(rendered)], diagnostics: [] };
  } catch (error) {
    return failure(error, place, (reason) => `failed to load inline environment values: ${reason}`);
  }
}

function dataFor(place: EntryPlace, { seen }: Progress): ReturnType<typeof environmentData> {
  const values = mergedValues(place.context);
  return environmentData(
    place.context,
    place.strategy === 'fallback' ? overrideMerge(seen, values) : values,
    '',
  );
}

function attempt<T>(
  load: () => T,
  place: EntryPlace,
  wrap: (text: string, error: Error) => string,
): Diagnosed<T> {
  try {
    return { value: load(), diagnostics: [] };
  } catch (error) {
    return failure(error, place, wrap);
  }
}

function failure(
  error: unknown,
  place: EntryPlace,
  wrap: (text: string, error: Error) => string,
): Diagnosed<never> {
  if (error instanceof FileError) {
    const referenceText = wrap(error.message, error);
    const problem = errorDiagnostic('environment/values-file-unreadable', error.message, {
      span: place.span,
      referenceText,
    });
    return { value: undefined, diagnostics: [problem] };
  }
  if (!isRenderError(error)) throw error;
  if (error instanceof GoError) {
    const referenceText = error instanceof MapKeyError ? error.message : wrap(error.message, error);
    const message = referenceText.split('\n\nOffending YAML:')[0] ?? referenceText;
    const problem = errorDiagnostic('environment/values-invalid', message, {
      span: place.span,
      referenceText,
    });
    return { value: undefined, diagnostics: [problem] };
  }
  return {
    value: undefined,
    diagnostics: [templateDiagnostic(error, (text) => wrap(text, error), place.span)],
  };
}
