/**
 * One part's environment: its values files, secrets and top-level values on top of what earlier parts left.
 * In: the part's merged specification and the context its templates saw. Out: the environment the next part starts from.
 * Deals with layers (helmfile-format §4.2–4.4). Not with which parts there are (load).
 */
import { type Diagnosed, type Diagnostic, errorDiagnostic, type Source } from '@flotilla/diagnostics';
import { Dict } from '@flotilla/gocompat';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { deepMerge, overrideMerge } from '../merge/merge-values.ts';
import { isOneOf, mergeStrategies } from '../spec/closed-sets.ts';
import type { EnvironmentSpec, StateSpec } from '../spec/state-spec.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { spanOf } from '../yaml/provenance.ts';
import { prefixReferences } from './reference-text.ts';
import { placeBelow } from './remember-values.ts';
import type { EnvironmentServices } from './services.ts';
import { emptyEnvironment } from './state-values.ts';
import { findValuesFiles } from './values-files.ts';
import { loadValuesList } from './values-list.ts';

export interface EnvironmentRequest {
  readonly spec: StateSpec;
  readonly name: string;
  /** What earlier parts, parents and overrides left; undefined when there is nothing yet. */
  readonly context: ResolvedEnvironment | undefined;
  readonly base: BaseDirectory;
  /** The state file, as messages print it. */
  readonly stateFile: string;
}

/** The environment after this part. `value` is undefined when something in it could not be loaded. */
export async function resolveEnvironment(
  request: EnvironmentRequest,
  services: EnvironmentServices,
): Promise<Diagnosed<ResolvedEnvironment>> {
  const { spec, name, context, stateFile } = request;
  const declared = spec.environments?.[name];
  const own = await environmentValues(declared, request, services);
  const defaults = await topLevelValues(request, services);
  const diagnostics = [
    ...prefixReferences(own.diagnostics, `failed to read ${stateFile}: `),
    ...defaults.diagnostics,
  ];
  if (own.value === undefined || defaults.value === undefined) return { value: undefined, diagnostics };
  const carried = context ?? emptyEnvironment(name);
  const value: ResolvedEnvironment = {
    name: carried.name === '' ? name : carried.name,
    kubeContext: carried.kubeContext === '' ? (declared?.kubeContext ?? '') : carried.kubeContext,
    values: deepMerge(carried.values, own.value),
    defaults: overrideMerge(carried.defaults, defaults.value),
    cliOverrides: carried.cliOverrides,
  };
  return { value, diagnostics };
}

async function topLevelValues(
  { spec, name, context, base, stateFile }: EnvironmentRequest,
  services: EnvironmentServices,
): Promise<Diagnosed<Dict>> {
  const entries = spec.values ?? [];
  if (entries.length === 0) return { value: new Dict(), diagnostics: [] };
  return await loadValuesList(
    {
      entries,
      placeOf: (index) => placeBelow(spec, 'values', index),
      base,
      handler: undefined,
      context: context ?? emptyEnvironment(name),
      strategy: 'override',
      stateFile,
    },
    services,
  );
}

async function environmentValues(
  declared: EnvironmentSpec | undefined,
  request: EnvironmentRequest,
  services: EnvironmentServices,
): Promise<Diagnosed<Dict>> {
  if (declared === undefined) return { value: new Dict(), diagnostics: [] };
  const strategy = declared.mergeStrategy || 'override';
  if (!isOneOf(mergeStrategies, strategy)) {
    return { value: undefined, diagnostics: [badStrategy(request, strategy)] };
  }
  const secrets = await secretValues(declared, request, services);
  const values = await loadValuesList(
    {
      entries: declared.values ?? [],
      placeOf: (index) => placeBelow(request.spec, 'environments', request.name, 'values', index),
      base: request.base,
      handler: declared.missingFileHandler,
      context: request.context ?? emptyEnvironment(request.name),
      strategy,
      stateFile: request.stateFile,
      hclFiles: secrets.value?.hclFiles ?? [],
    },
    services,
  );
  const diagnostics = [...secrets.diagnostics, ...values.diagnostics];
  if (secrets.value === undefined || values.value === undefined) return { value: undefined, diagnostics };
  return { value: overrideMerge(values.value, secrets.value.values), diagnostics };
}

function badStrategy(request: EnvironmentRequest, strategy: string): Diagnostic {
  const text = `environment "${request.name}": invalid mergeStrategy "${strategy}" (must be "override" or "fallback")`;
  return errorDiagnostic('environment/merge-strategy', text, {
    span: spanOf(request.spec, 'environments', request.name, 'mergeStrategy'),
    referenceText: text,
  });
}

interface SecretValues {
  readonly values: Dict;
  /** Evaluated together with the HCL files under `values`. */
  readonly hclFiles: readonly Source[];
}

async function secretValues(
  declared: EnvironmentSpec,
  { spec, name, base, stateFile }: EnvironmentRequest,
  services: EnvironmentServices,
): Promise<Diagnosed<SecretValues>> {
  const config = declared.missingFileHandlerConfig ?? spec.missingFileHandlerConfig;
  const loads = (declared.secrets ?? []).map(async (path, index) => {
    const span = spanOf(spec, 'environments', name, 'secrets', index);
    const handler = declared.missingFileHandler ?? spec.missingFileHandler;
    const ignoresMissingGitBranch = config?.ignoreMissingGitBranch ?? false;
    const found = await findValuesFiles(
      { path, base, what: 'environment values', handler, ignoresMissingGitBranch, stateFile, span },
      services,
    );
    const files = (found.value ?? []).map((file) => services.secretFiles.load(file, span));
    return { found, loaded: await Promise.all(files) };
  });
  const results = await Promise.all(loads);
  const diagnostics = results.flatMap(({ found, loaded }) => [
    ...found.diagnostics,
    ...loaded.flatMap((each) => each.diagnostics),
  ]);
  const failures = results.flatMap(({ loaded }) => loaded).filter((each) => each.value === undefined).length;
  if (results.some(({ found }) => found.value === undefined)) return { value: undefined, diagnostics };
  if (failures > 0) return { value: undefined, diagnostics: summarised(diagnostics, failures) };
  const loaded = results.flatMap((each) => each.loaded.map(({ value }) => value));
  const maps = loaded.filter((each) => each instanceof Dict);
  const hclFiles = loaded.filter((each): each is Source => each !== undefined && !(each instanceof Dict));
  const values = maps.reduce<Dict>((all, map) => overrideMerge(all, map), new Dict());
  return { value: { values, hclFiles }, diagnostics };
}

/** Helmfile logs the failures and ends with their number. */
function summarised(diagnostics: readonly Diagnostic[], failures: number): readonly Diagnostic[] {
  const referenceText = `failed loading environment secrets with ${failures} errors`;
  return diagnostics.map((each) => (each.severity === 'error' ? { ...each, referenceText } : each));
}
