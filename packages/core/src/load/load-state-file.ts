/**
 * One state file, its parts and bases folded into one specification and environment (helmfile-format §2.4, §2.5).
 * In: where the file is, what it inherits, what overrides it. Out: the loaded file, or that its environment is not defined,
 * with every problem. Deals with the order of parts and layers. Not with sub-helmfiles and releases.
 */

import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  hasErrors,
  type Source,
} from '@flotilla/diagnostics';
import { joinPath } from '@flotilla/gocompat';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { displayPath } from '../environment/display-path.ts';
import { resolveEnvironment } from '../environment/resolve-environment.ts';
import { emptyEnvironment, mergeEnvironments } from '../environment/state-values.ts';
import { lostSettings } from '../merge/lost-settings.ts';
import { mergeLayers, mergeParts } from '../merge/merge-specs.ts';
import { checkPolicy } from '../source/check-policy.ts';
import type { Dialect } from '../source/detect-dialect.ts';
import { resolvePath } from '../source/paths.ts';
import { readSource } from '../source/read-source.ts';
import { type StatePart, splitParts } from '../source/split-parts.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { spanOf } from '../yaml/provenance.ts';
import { decodeRendered } from './decode-rendered.ts';
import { dialectOf } from './dialect-of.ts';
import { expandHelmfiles } from './expand-helmfiles.ts';
import { firstPassText } from './first-pass.ts';
import type { LoadServices } from './load-services.ts';
import { locateStateFile } from './locate-state-file.ts';
import { renderLeniently, renderPart } from './render-part.ts';

export interface StateFileRequest {
  /** Absolute, or `-`. */
  readonly path: string;
  /** As messages print it. */
  readonly fileName: string;
  readonly base: BaseDirectory;
  /** The environment inherited from a parent, or that of the file a base belongs to. */
  readonly inherited: ResolvedEnvironment | undefined;
  /** Values of the command line or of the `helmfiles` entry. */
  readonly overrides: ResolvedEnvironment | undefined;
  readonly isBase: boolean;
}

export interface LoadedStateFile {
  readonly spec: StateSpec;
  readonly environment: ResolvedEnvironment;
  /** False when the file declares environments, or needs one, and not this one: Helmfile skips it. */
  readonly hasEnvironment: boolean;
}

/** Loads a file. `value` is undefined when it has errors. */
export async function loadStateFile(
  request: StateFileRequest,
  services: LoadServices,
): Promise<Diagnosed<LoadedStateFile>> {
  const name = displayPath(request.path, services.ports.workingDirectory);
  const read = readSource({ path: request.path, name }, services.files);
  if (read.value === undefined) return { value: undefined, diagnostics: named(read.diagnostics, request) };
  const dialect = dialectOf(read.value, services);
  const policy =
    dialect.name === 'v1' && dialect.engine !== 'eta' ? checkPolicy(read.value, request.fileName) : [];
  if (hasErrors(policy)) return { value: undefined, diagnostics: policy };
  return await foldParts(read.value, dialect, { request, services });
}

/** Messages name the file as Helmfile does, not by its absolute path. */
function named(
  diagnostics: readonly Diagnostic[],
  { path, fileName }: StateFileRequest,
): readonly Diagnostic[] {
  return diagnostics.map((each) => {
    const message = each.message.replace(path, () => fileName);
    if (each.referenceText === undefined) return { ...each, message };
    return { ...each, message, referenceText: each.referenceText.replace(path, () => fileName) };
  });
}

interface FileLoad {
  readonly request: StateFileRequest;
  readonly services: LoadServices;
}

async function foldParts(
  file: Source,
  dialect: Dialect,
  load: FileLoad,
): Promise<Diagnosed<LoadedStateFile>> {
  const { request, services } = load;
  const diagnostics: Diagnostic[] = [];
  const parts = splitParts(file);
  let spec: StateSpec | undefined;
  let environment = request.inherited;
  for (const part of parts) {
    const loaded = await loadPart({ part, dialect, isLast: part === parts.at(-1), environment }, load);
    diagnostics.push(...loaded.diagnostics);
    if (loaded.value === undefined) return { value: undefined, diagnostics };
    if (spec !== undefined) diagnostics.push(...lostSettings(spec, loaded.value.spec));
    spec = spec === undefined ? loaded.value.spec : mergeParts(spec, loaded.value.spec);
    ({ environment } = loaded.value);
    if (!request.isBase && !knowsEnvironment(spec, services.environmentName)) break;
  }
  const known = environment ?? emptyEnvironment(services.environmentName);
  const hasEnvironment = request.isBase || isDefined(spec ?? {}, dialect, load);
  return { value: { spec: spec ?? {}, environment: known, hasEnvironment }, diagnostics };
}

/**
 * Without any declared environments, a name other than `default` needs values from elsewhere to make sense to Helmfile. Classic
 * files know the name by itself, as their templates use it: `values-{{ .Environment.Name }}.yaml`.
 */
function isDefined(spec: StateSpec, dialect: Dialect, { request, services }: FileLoad): boolean {
  if (services.environmentName === 'default') return true;
  if (Object.keys(spec.environments ?? {}).length > 0)
    return knowsEnvironment(spec, services.environmentName);
  return dialect.name === 'classic' || request.inherited !== undefined || request.overrides !== undefined;
}

/** True unless environments are declared and this one is not among them. */
function knowsEnvironment(spec: StateSpec, name: string): boolean {
  const declared = Object.keys(spec.environments ?? {});
  return name === 'default' || declared.length === 0 || declared.includes(name);
}

interface PartLoad {
  readonly part: StatePart;
  readonly dialect: Dialect;
  readonly isLast: boolean;
  readonly environment: ResolvedEnvironment | undefined;
}

interface LoadedPart {
  readonly spec: StateSpec;
  readonly environment: ResolvedEnvironment;
}

async function loadPart(load: PartLoad, file: FileLoad): Promise<Diagnosed<LoadedPart>> {
  const { part, dialect } = load;
  const { request, services } = file;
  const { fileName, base } = request;
  const context = mergeEnvironments(load.environment, request.overrides);
  const known = context ?? emptyEnvironment(services.environmentName);
  const partRequest = { part, dialect, environment: known, base, fileName };
  const first = dialect.name === 'classic' ? await firstPass(partRequest, context, file) : undefined;
  if (first !== undefined && !request.isBase && !knowsEnvironment(first.spec, services.environmentName)) {
    return { value: first, diagnostics: [] };
  }
  const environment = first?.environment ?? known;
  const rendered = await renderPart({ ...partRequest, environment }, services);
  if (rendered.value === undefined) return { value: undefined, diagnostics: rendered.diagnostics };
  const decoded = decodeRendered(part.source, rendered.value, { fileName, services });
  if (decoded.value === undefined) return { value: undefined, diagnostics: decoded.diagnostics };
  const resolved = await resolvePart(decoded.value, { context, isLast: load.isLast }, file);
  return { value: resolved.value, diagnostics: [...decoded.diagnostics, ...resolved.diagnostics] };
}

interface PartContext {
  readonly context: ResolvedEnvironment | undefined;
  readonly isLast: boolean;
}

async function resolvePart(
  own: StateSpec,
  { context, isLast }: PartContext,
  file: FileLoad,
): Promise<Diagnosed<LoadedPart>> {
  const { request, services } = file;
  const layered = await withBases(own, context, file);
  if (layered.value === undefined) return { value: undefined, diagnostics: layered.diagnostics };
  const spec = layered.value;
  const { fileName, base } = request;
  const name = services.environmentName;
  // A base's environment matters to its later parts only: the file that has the base resolves it again, merged.
  const skipsEnvironment = request.isBase && isLast;
  const environment = skipsEnvironment
    ? { value: context ?? emptyEnvironment(name), diagnostics: [] }
    : await resolveEnvironment({ spec, name, context, base, stateFile: fileName }, services);
  const expanded = expandHelmfiles(spec, base, services.files);
  const diagnostics = [...layered.diagnostics, ...environment.diagnostics, ...expanded.diagnostics];
  if (environment.value === undefined || expanded.value === undefined || hasErrors(expanded.diagnostics)) {
    return { value: undefined, diagnostics };
  }
  return { value: { spec: expanded.value, environment: environment.value }, diagnostics };
}

/** The part with its bases underneath; a base may not have bases itself. */
async function withBases(
  own: StateSpec,
  context: ResolvedEnvironment | undefined,
  file: FileLoad,
): Promise<Diagnosed<StateSpec>> {
  const bases = own.bases ?? [];
  if (bases.length === 0) return { value: own, diagnostics: [] };
  if (file.request.isBase) return { value: undefined, diagnostics: [nestedBases(own)] };
  const diagnostics: Diagnostic[] = [];
  let layers: StateSpec = {};
  let isComplete = true;
  for (const [index, path] of bases.entries()) {
    const loaded = await loadBase({ path, index, own, context }, file);
    diagnostics.push(...loaded.diagnostics);
    if (loaded.value === undefined) isComplete = false;
    else {
      diagnostics.push(...lostSettings(layers, loaded.value.spec));
      layers = mergeLayers(layers, loaded.value.spec);
    }
  }
  diagnostics.push(...lostSettings(layers, own));
  return { value: isComplete ? mergeLayers(layers, own) : undefined, diagnostics };
}

interface BaseLoad {
  readonly path: string;
  readonly index: number;
  readonly own: StateSpec;
  readonly context: ResolvedEnvironment | undefined;
}

async function loadBase(
  { path, index, own, context }: BaseLoad,
  { request, services }: FileLoad,
): Promise<Diagnosed<LoadedStateFile>> {
  const { base } = request;
  const span = spanOf(own, 'bases', index);
  const located = await locateStateFile(path, { directory: base.absolute, span }, services);
  if (located.value === undefined) return { value: undefined, diagnostics: located.diagnostics };
  const printed = located.value;
  const loaded = await loadStateFile(
    {
      path: resolvePath(base.absolute, printed),
      fileName: printed.startsWith('/') ? printed : joinPath(base.printed, printed),
      base,
      inherited: context,
      overrides: undefined,
      isBase: true,
    },
    services,
  );
  if (loaded.value !== undefined || span === undefined) return loaded;
  return {
    value: undefined,
    diagnostics: loaded.diagnostics.map((each) => (each.span === undefined ? { ...each, span } : each)),
  };
}

function nestedBases(own: StateSpec): Diagnostic {
  return errorDiagnostic('state/nested-bases', 'a base cannot have bases itself', {
    span: spanOf(own, 'bases'),
    hint: 'list all of them in the file that uses them',
    referenceText: 'nested `base` helmfile is unsupported. please submit a feature request if you need this!',
  });
}

/** What a classic part declares before its values are known: its templates see that environment in the second pass. */
async function firstPass(
  request: Parameters<typeof renderPart>[0],
  context: ResolvedEnvironment | undefined,
  file: FileLoad,
): Promise<LoadedPart | undefined> {
  const { services } = file;
  const text = await renderLeniently(request, services);
  const part = text === undefined ? undefined : firstPassText(request.part.source, text);
  if (part === undefined) return undefined;
  const decoded = decodeRendered(part.source, part.rendered, { fileName: request.fileName, services });
  if (decoded.value === undefined) return undefined;
  const resolved = await resolvePart(decoded.value, { context, isLast: false }, file);
  return resolved.value;
}
