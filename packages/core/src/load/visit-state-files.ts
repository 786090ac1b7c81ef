/**
 * Visiting: which files make up a load, in which order, and what each gets from its parent (helmfile-format §1.3–1.5).
 * In: a path and what is inherited. Out: desired state files, children before parents, and every problem of every file.
 * A file that fails does not keep its siblings from being read.
 */
import { type Diagnostic, errorDiagnostic, hasErrors, type Span } from '@flotilla/diagnostics';
import { baseNameOf, Dict, directoryOf, joinPath } from '@flotilla/gocompat';
import { desiredReleases } from '../desired/desired-releases.ts';
import type { DesiredStateFile, ResolvedEnvironment } from '../desired/desired-state.ts';
import { prefixReferences } from '../environment/reference-text.ts';
import { placeBelow } from '../environment/remember-values.ts';
import { mergedValues } from '../environment/state-values.ts';
import { inheritFromParent } from '../merge/inherit-from-parent.ts';
import { checkSpec } from '../rules/check-spec.ts';
import { selectorsAreCompatible } from '../select/selector.ts';
import { findStateFiles, type StateFileLocation } from '../source/find-state-files.ts';
import type { StateSpec, SubHelmfileSpec } from '../spec/state-spec.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { type Place, spanOf } from '../yaml/provenance.ts';
import { applyOptions } from './apply-options.ts';
import { checkStateFile, uninheritedRepositories } from './check-state-file.ts';
import type { LoadServices } from './load-services.ts';
import { type LoadedStateFile, loadStateFile } from './load-state-file.ts';
import { locateStateFile } from './locate-state-file.ts';
import { overrideEnvironment } from './override-environment.ts';

/** What a sub-helmfile takes over. */
interface Inherited {
  readonly keys: readonly string[];
  readonly spec: StateSpec;
  readonly environment: ResolvedEnvironment;
}

export interface VisitRequest {
  /** File, directory, remote reference, `-`, or empty for the default names. */
  readonly path: string;
  /** Where it is written, when it is in a file. */
  readonly span: Span | undefined;
  /** Directory that a relative path resolves against, absolute. */
  readonly directory: string;
  /** Effective selectors. */
  readonly selectors: readonly string[];
  /** Values laid over the environment; `base` undefined stands for the directory of the file itself. */
  readonly values: {
    readonly entries: readonly unknown[];
    readonly placeOf: (index: number) => Place | undefined;
    readonly base: BaseDirectory | undefined;
  };
  readonly setValues: Dict;
  readonly inherited: Inherited | undefined;
  readonly parentRepositories: readonly string[];
  /** Files on the way to this one. */
  readonly ancestors: readonly string[];
  /** What Helmfile's messages about this path start with. */
  readonly errorPrefix: string;
}

/** Everything found so far. */
export interface Visited {
  readonly files: DesiredStateFile[];
  readonly diagnostics: Diagnostic[];
  /** Files that do not define the environment. */
  readonly skipped: { readonly name: string; readonly spec: StateSpec }[];
}

/** Loads what a path names into `visited`; gives the indexes of the files it led to. */
export async function visitStateFiles(
  request: VisitRequest,
  visited: Visited,
  services: LoadServices,
): Promise<readonly number[]> {
  services.signal.throwIfAborted();
  if (request.ancestors.length > maxNesting) {
    report(visited, request.errorPrefix, [tooDeep(request)]);
    return [];
  }
  const located = await locateStateFile(request.path, request, services);
  report(visited, request.errorPrefix, located.diagnostics);
  if (located.value === undefined) return [];
  const found = findStateFiles(
    located.value,
    { workingDirectory: request.directory, reverse: services.options.isReversed ?? false },
    services.files,
  );
  const { span, errorPrefix } = request;
  const placed =
    span === undefined ? found.diagnostics : found.diagnostics.map((each) => ({ ...each, span }));
  report(visited, errorPrefix, placed);
  const locations = found.value ?? [];
  const indexes: number[] = [];
  for (const location of locations) {
    const place = filePlace(location, { ...request, isSingle: locations.length === 1 });
    indexes.push(...(await visitFile(place, request, { visited, services })));
  }
  return indexes;
}

/** Helmfile knows no bound and never comes back from a circle. */
const maxNesting = 64;

function tooDeep({ ancestors, span }: VisitRequest): Diagnostic {
  const last = ancestors.slice(-4).map((each) => baseNameOf(each));
  return errorDiagnostic('state/recursion', `sub-helmfiles are nested more than ${maxNesting} deep`, {
    span,
    hint: `look for a circle: … ${last.join(' → ')}`,
  });
}

interface FilePlace {
  readonly path: string;
  readonly fileName: string;
  readonly base: BaseDirectory;
  /** What Helmfile's messages about the file start with: `in ./helmfile.yaml: in .helmfiles[0]: in sub/helmfile.yaml: `. */
  readonly errorPrefix: string;
  /** The only file of its path: Helmfile works inside its directory. */
  readonly isSingle: boolean;
}

/** A single file is named by its base name and works in its directory; several have absolute names. */
function filePlace(
  { path, name }: StateFileLocation,
  { isSingle, directory, errorPrefix: outer }: Pick<FilePlace, 'isSingle'> & VisitRequest,
): FilePlace {
  const file = baseNameOf(name);
  const errorPrefix = `${outer}in ${directoryOf(name)}/${file}: `;
  const absolute = path === '-' ? directory : directoryOf(path);
  return isSingle
    ? { path, fileName: file, base: { absolute, printed: '.' }, errorPrefix, isSingle }
    : { path, fileName: path, base: { absolute, printed: absolute }, errorPrefix, isSingle };
}

function report(visited: Visited, errorPrefix: string, diagnostics: readonly Diagnostic[]): void {
  // Not spread into one call: there may be more of them than the stack takes.
  for (const each of prefixReferences(diagnostics, errorPrefix)) visited.diagnostics.push(each);
}

interface Visit {
  readonly visited: Visited;
  readonly services: LoadServices;
}

async function visitFile(place: FilePlace, request: VisitRequest, visit: Visit): Promise<readonly number[]> {
  const { visited, services } = visit;
  const loaded = await loadWithOverrides(place, request, visit);
  if (loaded === undefined) return [];
  if (!loaded.hasEnvironment) {
    visited.skipped.push({ name: place.fileName, spec: loaded.spec });
    return [];
  }
  const spec = finalSpec(loaded.spec, place, { request, visit });
  const parent: ParentFile = { place, request, spec, environment: loaded.environment };
  const isReversed = services.options.isReversed ?? false;
  const before = isReversed ? [] : await visitChildren(parent, visit);
  const children = [...before];
  const index = await addFile(parent, children, visit);
  if (isReversed) children.push(...(await visitChildren(parent, visit)));
  return [index];
}

async function loadWithOverrides(
  place: FilePlace,
  request: VisitRequest,
  { visited, services }: Visit,
): Promise<LoadedStateFile | undefined> {
  const { base, fileName, path } = place;
  const own = place.isSingle ? base.absolute : services.ports.workingDirectory;
  const overrides = await overrideEnvironment(
    {
      ...request.values,
      setValues: request.setValues,
      base: request.values.base ?? { absolute: own, printed: '.' },
      stateFile: fileName,
    },
    services,
  );
  report(visited, place.errorPrefix, overrides.diagnostics);
  if (hasErrors(overrides.diagnostics)) return undefined;
  const inheritsEnvironment = request.inherited?.keys.includes('environments') ?? false;
  const inherited = inheritsEnvironment ? request.inherited?.environment : undefined;
  const loaded = await loadStateFile(
    { path, fileName, base, inherited, overrides: overrides.value, isBase: false },
    services,
  );
  report(visited, place.errorPrefix, loaded.diagnostics);
  return loaded.value;
}

function finalSpec(
  loaded: StateSpec,
  place: FilePlace,
  { request, visit }: { readonly request: VisitRequest; readonly visit: Visit },
): StateSpec {
  const { inherited, parentRepositories } = request;
  const { visited, services } = visit;
  report(visited, place.errorPrefix, checkStateFile(loaded, place.fileName));
  const spec = inherited === undefined ? loaded : inheritFromParent(loaded, inherited.spec, inherited.keys);
  report(visited, place.errorPrefix, uninheritedRepositories(spec, parentRepositories));
  const applied = applyOptions(spec, services.options);
  report(visited, place.errorPrefix, [...applied.diagnostics, ...checkSpec(spec)]);
  return applied.value ?? spec;
}

interface ParentFile {
  readonly place: FilePlace;
  readonly request: VisitRequest;
  readonly spec: StateSpec;
  readonly environment: ResolvedEnvironment;
}

async function addFile(
  { place, request, spec, environment }: ParentFile,
  children: readonly number[],
  { visited, services }: Visit,
): Promise<number> {
  const { base, fileName, path } = place;
  const fileIndex = visited.files.length;
  const values = mergedValues(environment);
  const { kubeContext = '', namespace = '', chart = '' } = spec;
  const overrides = { kubeContext, namespace, chart };
  const releases = await desiredReleases(
    { spec, environment, values, overrides, base, fileName, fileIndex },
    services.renderer,
  );
  report(visited, place.errorPrefix, releases.diagnostics);
  visited.files.push({
    name: fileName,
    absolutePath: path === '-' ? path : joinPath(base.absolute, baseNameOf(path)),
    baseDirectory: base.absolute,
    printedBaseDirectory: base.printed,
    errorPrefix: place.errorPrefix,
    spec,
    environment,
    values,
    overrides,
    releases: releases.value ?? [],
    children,
    selectors: request.selectors,
  });
  return fileIndex;
}

async function visitChildren(parent: ParentFile, visit: Visit): Promise<readonly number[]> {
  const indexes: number[] = [];
  for (const [index, entry] of (parent.spec.helmfiles ?? []).entries()) {
    const leadsBack = entry.path === parent.place.fileName || entry.path === '.';
    if (leadsBack || isOutOfReach(entry, visit.services)) continue;
    const request = childRequest(entry, index, { parent, visit });
    indexes.push(...(await visitStateFiles(request, visit.visited, visit.services)));
  }
  return indexes;
}

/** True when no release can match both the command line's selectors and the entry's: it is skipped unread. */
function isOutOfReach(entry: SubHelmfileSpec, { options }: LoadServices): boolean {
  const own = entry.selectors ?? [];
  if (own.length === 0 || entry.selectorsInherited === true) return false;
  return !selectorsAreCompatible(options.selectors ?? [], own);
}

function childRequest(
  entry: SubHelmfileSpec,
  index: number,
  { parent, visit }: { readonly parent: ParentFile; readonly visit: Visit },
): VisitRequest {
  const { spec, environment, place, request } = parent;
  const { ports } = visit.services;
  const inherits = entry.inherits ?? [];
  const isInherited =
    entry.selectorsInherited === true ||
    (entry.selectors === undefined && !isExplicitOnly(ports.environment));
  return {
    path: entry.path,
    span: spanOf(entry, 'path') ?? spanOf(spec, 'helmfiles', index),
    directory: place.isSingle ? place.base.absolute : ports.workingDirectory,
    selectors: isInherited ? request.selectors : (entry.selectors ?? []),
    values: {
      entries: entry.values ?? [],
      placeOf: (position) => placeBelow(entry, 'values', position),
      base: { absolute: place.base.absolute, printed: place.base.absolute },
    },
    setValues: new Dict(),
    inherited: inherits.length === 0 ? undefined : { keys: inherits, spec, environment },
    ancestors: [...request.ancestors, place.path],
    errorPrefix: `${place.errorPrefix}in .helmfiles[${index}]: `,
    parentRepositories: (spec.repositories ?? []).flatMap((each) => each.name ?? []),
  };
}

function isExplicitOnly(environment: Readonly<Record<string, string>>): boolean {
  const experimental = environment['HELMFILE_EXPERIMENTAL'] ?? '';
  return experimental === 'true' || experimental.includes('explicit-selector-inheritance');
}
