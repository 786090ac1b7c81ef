import { type Diagnosed, type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import type { StateSpec } from '../spec/state-spec.ts';
import { rememberMerge, spanOf } from '../yaml/provenance.ts';
import type { LoadOptions } from './load-options.ts';

/**
 * The specification under the command line's overrides: kube context, namespace and chart, which may not be set in the file as
 * well, the binaries, and the order of commands that take down.
 */
export function applyOptions(spec: StateSpec, options: LoadOptions): Diagnosed<StateSpec> {
  const diagnostics: Diagnostic[] = [];
  const overrides: { -readonly [K in keyof StateSpec]: StateSpec[K] } = {};
  for (const { key, flag } of overridable) {
    const value = options[key];
    if (value === undefined || value === '') continue;
    if ((spec[key] ?? '') !== '') diagnostics.push(conflict(spec, key, flag));
    overrides[key] = value;
  }
  if (overrides.kubeContext !== undefined) {
    overrides.helmDefaults = { ...spec.helmDefaults, kubeContext: overrides.kubeContext };
    if (spec.helmDefaults !== undefined) rememberMerge(overrides.helmDefaults, [spec.helmDefaults]);
  }
  overrides.helmBinary = binary('helm', options.helmBinary, spec.helmBinary);
  overrides.kustomizeBinary = binary('kustomize', options.kustomizeBinary, spec.kustomizeBinary);
  if (options.isReversed === true) Object.assign(overrides, reversed(spec));
  const value = { ...spec, ...overrides };
  rememberMerge(value, [spec]);
  return { value, diagnostics };
}

const overridable = [
  { key: 'kubeContext', flag: '--kube-context' },
  { key: 'namespace', flag: '--namespace' },
  { key: 'chart', flag: '--chart' },
] as const;

function conflict(spec: StateSpec, key: 'kubeContext' | 'namespace' | 'chart', flag: string): Diagnostic {
  return errorDiagnostic('cli/conflict', `${flag} is given, and the file sets "${key}" itself`, {
    span: spanOf(spec, key),
    hint: 'drop either',
    referenceText: `err: Cannot use option ${flag} and set attribute ${key}.`,
  });
}

/** A flag that names the default counts as not given. */
function binary(name: string, flag: string | undefined, own: string | undefined): string {
  if (flag !== undefined && flag !== '' && flag !== name) return flag;
  return own === undefined || own === '' ? name : own;
}

function reversed(spec: StateSpec): Pick<StateSpec, 'releases' | 'helmfiles'> {
  return {
    ...(spec.releases === undefined ? {} : { releases: [...spec.releases].reverse() }),
    ...(spec.helmfiles === undefined ? {} : { helmfiles: [...spec.helmfiles].reverse() }),
  };
}
