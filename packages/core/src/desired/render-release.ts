/**
 * The release-template pass: fields of a release rendered with the release's own data until nothing changes
 * (helmfile-format §6.3). In: an inherited release. Out: the release without templates, or where and why one failed.
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
import { baseNameOf, type Dict, GoError, parseYaml } from '@flotilla/gocompat';
import { TemplateError } from '@flotilla/gotemplate';
import { taggedValue } from '../environment/parse-values.ts';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import type { SharedValues } from '../template-context/own-data.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import { type FileOverrides, type ReleaseFacts, releaseData } from '../template-context/template-data.ts';
import { templateDiagnostic } from '../template-context/template-diagnostic.ts';
import type { TemplateRenderer } from '../template-context/template-renderer.ts';
import { spanOf } from '../yaml/provenance.ts';
import type { ResolvedEnvironment } from './desired-state.ts';
import { type FieldPlace, isSettled, renderFields } from './render-fields.ts';

/** What the releases of one state file have in common. */
export interface ReleaseScope {
  /** The state file, as messages print it. */
  readonly fileName: string;
  readonly base: BaseDirectory;
  readonly environment: ResolvedEnvironment;
  /** `.Values`. */
  readonly shared: SharedValues;
  readonly overrides: FileOverrides;
}

/** A chain of more references than this cannot be resolved. */
const maxIterations = 6;

/** Renders a release; text without actions is only trimmed where Helmfile trims. */
export async function renderRelease(
  spec: ReleaseSpec,
  scope: ReleaseScope,
  renderer: TemplateRenderer,
): Promise<Diagnosed<ReleaseSpec>> {
  if (isSettled(spec)) return decodeBooleans(trimFields(spec), spec, scope);
  try {
    const stable = await renderer.withEffects(() => renderUntilStable(spec, scope, renderer));
    if (stable !== undefined) return decodeBooleans(stable, spec, scope);
    return failed(endless(spec, scope));
  } catch (error) {
    if (!(error instanceof FieldFailure)) throw error;
    return failed(fieldProblem(error, spec, scope));
  }
}

function failed(problem: Diagnostic): Diagnosed<never> {
  return { value: undefined, diagnostics: [problem] };
}

function trimFields(spec: ReleaseSpec): ReleaseSpec {
  const { name = '', chart = '', namespace = '', version = '' } = spec;
  const isTrim = [name, chart, namespace, version].every((text) => text === text.trim());
  if (isTrim) return spec;
  return {
    ...spec,
    name: name.trim(),
    chart: chart.trim(),
    namespace: namespace.trim(),
    version: version.trim(),
  };
}

function renderUntilStable(
  spec: ReleaseSpec,
  scope: ReleaseScope,
  renderer: TemplateRenderer,
): ReleaseSpec | undefined {
  let facts = factsOf(spec);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const rendered = renderOnce(spec, facts, { scope, renderer });
    const next = factsOf(rendered);
    if (isSameFacts(facts, next)) return rendered;
    facts = next;
  }
  return undefined;
}

function factsOf(spec: ReleaseSpec): ReleaseFacts {
  const { name = '', namespace = '', labels = {}, chart = '', version = '', kubeContext = '' } = spec;
  return { name, namespace, labels, chart, version, kubeContext };
}

/** Templates of a release see nothing else of it, so equal facts give equal results. */
function isSameFacts(a: ReleaseFacts, b: ReleaseFacts): boolean {
  const isSameText = (['name', 'namespace', 'chart', 'version'] as const).every((key) => a[key] === b[key]);
  return isSameText && Object.keys(b.labels).every((key) => a.labels[key] === b.labels[key]);
}

interface Rendering {
  readonly scope: ReleaseScope;
  readonly renderer: TemplateRenderer;
}

function renderOnce(spec: ReleaseSpec, facts: ReleaseFacts, { scope, renderer }: Rendering): ReleaseSpec {
  const { base, fileName } = scope;
  const dataFor = dataMaker(scope, facts);
  return renderFields(spec, {
    render: (text, place) => {
      if (!text.includes('{{')) return text;
      const template = source(`${fileName} (${place.label})`, text);
      const run = `${fileName}\n${spec.name ?? ''}\n${place.label}`;
      // Text of several lines is inline YAML, which Helmfile does not know: it may be as forgiving as classic files.
      const allowsDefaults = text.includes('\n');
      const request = { source: template, data: dataFor(text), base, scope: run, allowsDefaults };
      return guarded(text, place, () => renderer.renderNow(request));
    },
    at: guarded,
  });
}

/** The data of a release; made again only when the values under it were copied. */
function dataMaker(
  scope: ReleaseScope,
  release: ReleaseFacts,
): (text: string) => ReturnType<typeof releaseData> {
  let made: { readonly values: Dict; readonly data: ReturnType<typeof releaseData> } | undefined;
  return (text) => {
    const values = scope.shared.for(text);
    if (made?.values !== values) made = { values, data: releaseData({ ...scope, values, release }) };
    return made.data;
  };
}

/** A field whose template failed, on its way to where the release is known. */
class FieldFailure extends Error {
  readonly text: string;
  readonly place: FieldPlace;
  readonly reason: TemplateError | GoError;

  constructor(text: string, place: FieldPlace, reason: TemplateError | GoError) {
    super(reason.message);
    this.text = text;
    this.place = place;
    this.reason = reason;
  }
}

function guarded<T>(text: string, place: FieldPlace, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const isExpected = error instanceof TemplateError || error instanceof GoError;
    throw isExpected ? new FieldFailure(text, place, error) : error;
  }
}

function wrapper({ fileName }: ReleaseScope, name: string | undefined): (text: string) => string {
  return (text) =>
    `failed executing release templates in "${baseNameOf(fileName)}": failed executing templates in release "${fileName}"."${name ?? ''}": ${text}`;
}

function fieldProblem(
  { text, place, reason }: FieldFailure,
  spec: ReleaseSpec,
  scope: ReleaseScope,
): Diagnostic {
  const wrap = wrapper(scope, spec.name);
  const field = `failed executing template expressions in release "${spec.name ?? ''}".${place.label} = "${text}": `;
  const written = spanOf(spec, ...place.path) ?? spanOf(spec);
  const problem = templateDiagnostic(reason, (cause) => wrap(field + cause), written);
  const inner = reason instanceof TemplateError ? reason.span : undefined;
  const exact = written === undefined || inner === undefined ? undefined : within(written, inner, text);
  const spot = exact ?? written;
  const { span: _, ...rest } = problem;
  return spot === undefined ? rest : { ...rest, span: spot };
}

/** The part of a field that a template error points at, when the field's text stands in the file as it is. */
function within(written: Span, inner: Span, text: string): Span | undefined {
  const file: Source = written.source;
  const at = file.text.slice(written.start, written.end).indexOf(text);
  if (at === -1 || inner.source.text !== text) return undefined;
  return span(file, written.start + at + inner.start, written.start + at + inner.end);
}

function endless(spec: ReleaseSpec, scope: ReleaseScope): Diagnostic {
  const text = "recursive references can't be resolved";
  return errorDiagnostic(
    'template/recursive',
    `the templates of release "${spec.name ?? ''}" refer to each other without end`,
    {
      span: spanOf(spec),
      hint: `a chain of references may have at most ${maxIterations - 1} steps`,
      referenceText: wrapper(scope, spec.name)(text),
    },
  );
}

const booleanTemplates = {
  installedTemplate: 'installed',
  conditionTemplate: 'condition',
  waitTemplate: 'wait',
  verifyTemplate: 'verify',
} as const;

type BooleanTemplate = keyof typeof booleanTemplates;

/** Turns `installedTemplate` and its like into the fields they stand for. */
function decodeBooleans(
  rendered: ReleaseSpec,
  spec: ReleaseSpec,
  scope: ReleaseScope,
): Diagnosed<ReleaseSpec> {
  const keys = (Object.keys(booleanTemplates) as BooleanTemplate[]).filter(
    (key) => rendered[key] !== undefined,
  );
  if (keys.length === 0) return { value: rendered, diagnostics: [] };
  const {
    installedTemplate: _a,
    conditionTemplate: _b,
    waitTemplate: _c,
    verifyTemplate: _d,
    ...rest
  } = rendered;
  const decoded: Partial<Record<(typeof booleanTemplates)[BooleanTemplate], boolean | string>> = {};
  for (const key of keys) {
    const text = rendered[key] ?? '';
    const value = booleanOf(text);
    if (value === undefined) return failed(notBoolean(key, text, { spec, scope }));
    decoded[booleanTemplates[key]] = key === 'conditionTemplate' ? String(value) : value;
  }
  return { value: { ...rest, ...(decoded as Partial<ReleaseSpec>) }, diagnostics: [] };
}

function booleanOf(text: string): boolean | undefined {
  const word = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/.test(word)) return true;
  return /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE|null|Null|NULL|~|)$/.test(word) ? false : undefined;
}

function booleanProblem(text: string): string {
  try {
    const value = parseYaml(text, { dialect: 'v3' });
    return `yaml: unmarshal errors:\n  line 1: cannot unmarshal ${taggedValue(value)} into bool`;
  } catch (error) {
    if (error instanceof GoError) return error.message;
    throw error;
  }
}

function notBoolean(
  key: BooleanTemplate,
  text: string,
  { spec, scope }: { readonly spec: ReleaseSpec; readonly scope: ReleaseScope },
): Diagnostic {
  const cause = booleanProblem(text);
  return errorDiagnostic(
    'template/not-boolean',
    `${key} of release "${spec.name ?? ''}" gives "${text}", which is not true or false`,
    {
      span: spanOf(spec, key),
      referenceText: wrapper(scope, spec.name)(`${key}: failed deserialising string ${text}: ${cause}`),
    },
  );
}
