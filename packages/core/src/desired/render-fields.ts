/**
 * The fields of a release that hold templates, in the order in which Helmfile 1.8.0 renders them, and what becomes of each.
 * In: a release and a function that renders one text. Out: the release with these fields rendered.
 * Not its business: the data of the templates, effects, repeating until nothing changes.
 */
import { Dict, emitYaml } from '@flotilla/gocompat';
import { parseValues } from '../environment/parse-values.ts';
import type { ReleaseSpec, SetValueSpec, ValuesEntrySpec } from '../spec/release-spec.ts';

/** A template inside a release. */
export interface FieldPlace {
  /** As Helmfile's messages name it: `values[0]`. */
  readonly label: string;
  /** Where it is in the specification. */
  readonly path: readonly (string | number)[];
}

/** Renders one text. */
type RenderField = (text: string, place: FieldPlace) => string;

/** Runs the conversions of rendered maps under the name of their field. */
type AtField = <T>(text: string, place: FieldPlace, convert: () => T) => T;

export interface FieldRenderer {
  readonly render: RenderField;
  readonly at: AtField;
}

type Draft = { -readonly [K in keyof ReleaseSpec]: ReleaseSpec[K] };

const trimmed = ['name', 'chart', 'namespace', 'version'] as const;
const templates = ['waitTemplate', 'installedTemplate', 'conditionTemplate', 'verifyTemplate'] as const;

/** True when rendering would change nothing: no field holds an action and none is merged into another. */
export function isSettled(spec: ReleaseSpec): boolean {
  if (spec.valuesTemplate !== undefined || spec.setTemplate !== undefined) return false;
  const texts = [
    ...trimmed.map((key) => spec[key]),
    ...templates.map((key) => spec[key]),
    ...Object.values(spec.labels ?? {}),
    ...(spec.postRendererArgs ?? []),
    ...(spec.values ?? []),
    ...(spec.secrets ?? []),
    ...(spec.needs ?? []),
  ];
  return !texts.some((text) => typeof text === 'string' && text.includes('{{'));
}

/** The release with every template field rendered once. */
export function renderFields(spec: ReleaseSpec, renderer: FieldRenderer): ReleaseSpec {
  const draft: Draft = { ...spec };
  const text = (value: string, label: string, ...path: (string | number)[]): string =>
    renderer.render(value, { label, path: path.length === 0 ? [label] : path });
  for (const key of trimmed) draft[key] = text(spec[key] ?? '', key).trim();
  for (const key of templates) {
    const value = spec[key];
    if (value !== undefined) draft[key] = text(value, key);
  }
  if (spec.labels !== undefined) {
    const entries = Object.entries(spec.labels);
    draft.labels = Object.fromEntries(
      entries.map(([key, value]) => [key, text(value, `labels[${key}]`, 'labels', key)]),
    );
  }
  const args = spec.postRendererArgs?.map((arg, i) => text(arg, 'postRendererArgs', 'postRendererArgs', i));
  if (args !== undefined) draft.postRendererArgs = args;
  renderValues(draft, spec, renderer);
  renderSets(draft, spec, text);
  const needs = spec.needs?.map((need, i) => text(need, `needs[${i}]`, 'needs', i));
  if (needs !== undefined) draft.needs = needs;
  return draft;
}

function renderValues(draft: Draft, spec: ReleaseSpec, renderer: FieldRenderer): void {
  const template = spec.valuesTemplate?.map((entry, index) => valuesTemplateEntry(entry, index, renderer));
  if (template !== undefined) draft.valuesTemplate = template;
  const first = template?.length ?? 0;
  const values = [...(template ?? []), ...(spec.values ?? [])].map((entry, index) => {
    if (typeof entry !== 'string') return entry;
    const path = index < first ? ['valuesTemplate', index] : ['values', index - first];
    return renderer.render(entry, { label: `values[${index}]`, path });
  });
  if (values.length > 0) draft.values = values;
  const secrets = spec.secrets?.map((entry, index) => {
    if (typeof entry !== 'string') return entry;
    return renderer.render(entry, { label: `secrets[${index}]`, path: ['secrets', index] });
  });
  if (secrets !== undefined) draft.secrets = secrets;
}

/** Maps are rendered as YAML text, so that their keys may hold templates too. */
function valuesTemplateEntry(
  entry: ValuesEntrySpec,
  index: number,
  renderer: FieldRenderer,
): ValuesEntrySpec {
  if (!(entry instanceof Dict)) return entry;
  const place = { label: `values[${index}]`, path: ['valuesTemplate', index] };
  const yaml = emitYaml(entry, { dialect: 'v3' });
  const rendered = renderer.render(yaml, place);
  return renderer.at(yaml, place, () => parseValues(rendered));
}

type RenderText = (value: string, label: string, ...path: (string | number)[]) => string;

function renderSets(draft: Draft, spec: ReleaseSpec, text: RenderText): void {
  if (spec.setTemplate === undefined) return;
  const template = spec.setTemplate.map((item, index) => setItem(item, index, text));
  draft.setTemplate = template;
  draft.set = [...template, ...(spec.set ?? [])];
}

function setItem(item: SetValueSpec, index: number, text: RenderText): SetValueSpec {
  const rendered: { -readonly [K in keyof SetValueSpec]: SetValueSpec[K] } = { ...item };
  for (const key of ['name', 'value', 'file'] as const) {
    const value = item[key];
    if (value !== undefined) rendered[key] = text(value, `set[${index}].${key}`, 'setTemplate', index, key);
  }
  const values = item.values?.map((value, i) =>
    typeof value === 'string'
      ? text(value, `set[${index}].values[${i}]`, 'setTemplate', index, 'values', i)
      : value,
  );
  if (values !== undefined) rendered.values = values;
  return rendered;
}
