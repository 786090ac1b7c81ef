import { type FieldsOf, field, type Shape } from './field.ts';
import { choice, flag, listOf, text, texts, valuesList } from './field-type.ts';
import type { SubHelmfileSpec } from './state-spec.ts';

/** What an entry of `helmfiles` may inherit, in the order in which Helmfile lists it. */
export const inheritableKeys = [
  'repositories',
  'helmDefaults',
  'commonLabels',
  'apiVersions',
  'kubeVersion',
  'templates',
  'environments',
] as const;

const fields: FieldsOf<SubHelmfileSpec> = {
  path: field(text, 'File, directory, glob or remote reference.'),
  selectors: field(texts, 'Which of its releases count; an empty list means all.'),
  selectorsInherited: field(flag, 'Use the selectors of this file.'),
  inherits: field(listOf(choice(...inheritableKeys)), 'What it takes over from this file.'),
  values: field(valuesList, 'Values on top of those of its environment.'),
};

const anonymousStruct =
  'struct { Path string "yaml:\\"path\\""; Selectors []string "yaml:\\"selectors\\""; SelectorsInherited bool ' +
  '"yaml:\\"selectorsInherited\\""; Inherits []string "yaml:\\"inherits\\""; Environment state.SubhelmfileEnvironmentSpec ' +
  '"yaml:\\",inline\\"" }';

const absent = {
  environment: 'Sub-helmfiles run in the environment of this file; pass "values" instead.',
  name: 'Give its "path".',
};

/** The block form of `helmfiles[]`. */
export const subHelmfileShape: Shape = {
  name: 'subHelmfile',
  goType: anonymousStruct,
  title: 'A sub-helmfile',
  fields,
  absent,
};
