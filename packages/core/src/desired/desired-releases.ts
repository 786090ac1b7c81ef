/**
 * The releases of one state file, ready to select and plan. In: the file's merged specification and resolved environment.
 * Out: DesiredRelease values in the order written, and every problem of every release.
 * Deals with inheritance, defaults, templates, overrides, labels, needs and conditions. Not with other files.
 */
import {
  type Diagnosed,
  type Diagnostic,
  errorDiagnostic,
  type Span,
  warningDiagnostic,
} from '@flotilla/diagnostics';
import { baseNameOf, type Dict } from '@flotilla/gocompat';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { SharedValues } from '../template-context/own-data.ts';
import type { TemplateRenderer } from '../template-context/template-renderer.ts';
import { rememberMerge, spanOf } from '../yaml/provenance.ts';
import type { DesiredRelease } from './desired-state.ts';
import { inheritTemplates } from './inherit-templates.ts';
import { conditionHolds } from './release-condition.ts';
import { identityOf, needId, selectorLabels } from './release-identity.ts';
import { type ReleaseScope, renderRelease } from './render-release.ts';

export interface DesiredFile extends Omit<ReleaseScope, 'shared'> {
  readonly spec: StateSpec;
  /** `.Values`. */
  readonly values: Dict;
  readonly fileIndex: number;
}

/** All releases of a file; a release with a problem is left out, and the problem reported. */
export async function desiredReleases(
  file: DesiredFile,
  renderer: TemplateRenderer,
): Promise<Diagnosed<readonly DesiredRelease[]>> {
  const diagnostics: Diagnostic[] = [];
  const releases: DesiredRelease[] = [];
  const scope = { ...file, shared: new SharedValues(file.values) };
  for (const written of file.spec.releases ?? []) {
    const { value, diagnostics: problems } = await desiredRelease(written, scope, renderer);
    diagnostics.push(...problems);
    if (value !== undefined) releases.push(value);
  }
  return { value: releases, diagnostics: [...diagnostics, ...uninstalledNeeds(releases)] };
}

type ScopedFile = DesiredFile & ReleaseScope;

async function desiredRelease(
  written: ReleaseSpec,
  file: ScopedFile,
  renderer: TemplateRenderer,
): Promise<Diagnosed<DesiredRelease>> {
  const inherited = inheritTemplates(file.spec, written);
  if (inherited.value === undefined)
    return { value: undefined, diagnostics: inRelease(file, inherited.diagnostics) };
  const prepared = withFileDefaults(inherited.value, file);
  const { value, diagnostics } = await rendered(prepared, file, renderer);
  return { value, diagnostics: [...inherited.diagnostics, ...diagnostics] };
}

async function rendered(
  prepared: ReleaseSpec,
  file: ScopedFile,
  renderer: TemplateRenderer,
): Promise<Diagnosed<DesiredRelease>> {
  const { value, diagnostics } = await renderRelease(prepared, file, renderer);
  if (value === undefined) return { value, diagnostics };
  if ((value.chart ?? '') === '')
    return { value: undefined, diagnostics: [emptyChart(value, prepared, file)] };
  return finish(withOverrides(value, file), prepared, file);
}

function inRelease(file: DesiredFile, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const prefix = `failed executing release templates in "${baseNameOf(file.fileName)}": `;
  return diagnostics.map((each) =>
    each.referenceText === undefined ? each : { ...each, referenceText: prefix + each.referenceText },
  );
}

/** The chart of the command line stands in where the release names none; others get it when charts are prepared. */
function withFileDefaults(spec: ReleaseSpec, { spec: state, overrides }: DesiredFile): ReleaseSpec {
  const kubeContext = spec.kubeContext || state.helmDefaults?.kubeContext;
  const kubeVersion = spec.kubeVersion || state.kubeVersion;
  const apiVersions = spec.apiVersions?.length ? spec.apiVersions : state.apiVersions;
  const result: ReleaseSpec = {
    ...spec,
    ...((spec.chart ?? '') === '' && overrides.chart !== '' ? { chart: overrides.chart } : {}),
    ...(kubeContext === undefined ? {} : { kubeContext }),
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    ...(apiVersions === undefined ? {} : { apiVersions }),
    ...(state.commonLabels === undefined ? {} : { labels: { ...spec.labels, ...state.commonLabels } }),
  };
  rememberMerge(result, [spec]);
  return result;
}

function emptyChart(rendered: ReleaseSpec, prepared: ReleaseSpec, file: DesiredFile): Diagnostic {
  const name = rendered.name ?? '';
  const text = `encountered empty chart while reading release "${name}"`;
  return errorDiagnostic('state/empty-chart', `release "${name}" has no chart`, {
    span: spanOf(prepared, 'chart') ?? spanOf(prepared, 'name') ?? spanOf(prepared),
    hint: 'add chart: repository/name, or the path of a local chart such as ./charts/name',
    referenceText: `failed executing release templates in "${baseNameOf(file.fileName)}": ${text}`,
  });
}

function withOverrides(spec: ReleaseSpec, { overrides }: DesiredFile): ReleaseSpec {
  const { kubeContext, namespace } = overrides;
  if (kubeContext === '' && namespace === '') return spec;
  return {
    ...spec,
    ...(kubeContext === '' ? {} : { kubeContext }),
    ...(namespace === '' ? {} : { namespace }),
  };
}

function finish(spec: ReleaseSpec, prepared: ReleaseSpec, file: DesiredFile): Diagnosed<DesiredRelease> {
  const { name = '', chart = '' } = spec;
  const place = placeFinder(prepared);
  const condition = conditionHolds(spec.condition ?? '', file.values, { name, span: place('condition') });
  const labels = selectorLabels(file.spec.commonLabels ?? {}, spec);
  const needs = (spec.needs ?? []).map((need) => needId(need, spec));
  const environment = file.spec.environments?.[file.environment.name];
  const value: DesiredRelease = {
    id: identityOf(spec),
    key: {
      name,
      namespace: spec.namespace ?? '',
      kubeContext: spec.kubeContext || environment?.kubeContext || '',
    },
    spec: { ...spec, name, chart, labels, ...(needs.length === 0 ? {} : { needs }) },
    labels,
    needs,
    isInstalled: spec.installed ?? true,
    isEnabled: condition.value ?? false,
    fileIndex: file.fileIndex,
    spanOf: place,
  };
  return { value, diagnostics: condition.diagnostics };
}

/** `values` and `set` of a finished release start with what their templates gave. */
function placeFinder(prepared: ReleaseSpec): DesiredRelease['spanOf'] {
  const templateOf = { values: 'valuesTemplate', set: 'setTemplate' } as const;
  return (...path): Span | undefined => {
    const [key, index, ...rest] = path;
    if ((key !== 'values' && key !== 'set') || typeof index !== 'number') return spanOf(prepared, ...path);
    const first = prepared[templateOf[key]]?.length ?? 0;
    if (index < first) return spanOf(prepared, templateOf[key], index, ...rest);
    return spanOf(prepared, key, index - first, ...rest);
  };
}

/** Helmfile's warning about needs that will not be there; unknown ones are an error of the plan. */
function uninstalledNeeds(releases: readonly DesiredRelease[]): readonly Diagnostic[] {
  const uninstalled = new Map(releases.filter((each) => !each.isInstalled).map((each) => [each.id, each]));
  if (uninstalled.size === 0) return [];
  return releases.flatMap((release) => {
    if (!release.isInstalled) return [];
    return release.needs.flatMap((need, index) => {
      const target = uninstalled.get(need);
      return target === undefined ? [] : [uninstalledNeed(release, index, target)];
    });
  });
}

function uninstalledNeed(release: DesiredRelease, index: number, target: DesiredRelease): Diagnostic {
  const [from, to] = [release.key.name, target.key.name];
  const span = target.spanOf('installed') ?? target.spanOf();
  const text = `release ${from} needs ${to}, but ${to} is not installed due to installed: false. Either mark ${to} as installed or remove ${to} from ${from}'s needs`;
  return warningDiagnostic(
    'needs/not-installed',
    `release "${from}" needs "${to}", which is marked installed: false`,
    {
      span: release.spanOf('needs', index),
      related: span === undefined ? [] : [{ span, message: 'not installed' }],
      referenceText: `WARNING: ${text}`,
    },
  );
}
