import { environmentShape } from './environment-shape.ts';
import { type FieldsOf, field, nullable, printed, type Shape } from './field.ts';
import { block, integer, listOf, mapOf, text, textMap, texts, valuesList } from './field-type.ts';
import { helmDefaultsShape } from './helm-defaults-shape.ts';
import { subHelmfileShape } from './helmfiles-shape.ts';
import { releaseShape, releaseTemplateShape } from './release-shape.ts';
import { repositoryShape } from './repository-shape.ts';
import { hookShape, missingFileHandler, missingFileHandlerConfigShape } from './small-blocks.ts';
import type { LlmSpec, StateSpec } from './state-spec.ts';

const llmFields: FieldsOf<LlmSpec> = {
  baseURL: field(text, 'URL of the API.'),
  apiKey: field(text, 'Key of the API.'),
  model: field(text, 'Model to ask.'),
  timeout: field({ kind: 'duration' }, 'Limit for a request.'),
  maxTokens: field(integer, 'Longest answer.'),
  temperature: field({ kind: 'float' }, 'Randomness of the answer.'),
};
const llmShape: Shape = {
  name: 'llm',
  goType: 'llm.Config',
  title: 'The model that `doctor` asks',
  fields: llmFields,
};

const fields: FieldsOf<StateSpec> = {
  helmBinary: field(text, 'The helm program.'),
  kustomizeBinary: field(text, 'The kustomize program.'),
  values: field(valuesList, 'Default state values: files and inline values.'),
  environments: field(mapOf(block(environmentShape)), 'Environments, by name.'),
  bases: field(texts, 'State files this one is merged over.'),
  helmDefaults: field(block(helmDefaultsShape), 'Defaults of all releases.'),
  helmfiles: field(
    listOf({ kind: 'path-or-block', shape: subHelmfileShape }),
    'Other state files to load, in front of this one.',
  ),
  kubeContext: field(text, 'Kubernetes context of all releases.'),
  namespace: field(text, 'Namespace of all releases.'),
  chart: field(text, 'Chart of all releases.'),
  repositories: field(listOf(block(repositoryShape)), 'Chart repositories and registries.'),
  commonLabels: field(textMap, 'Labels of all releases.'),
  releases: field(listOf(block(releaseShape)), 'The releases.'),
  llm: field(block(llmShape), 'The model that `doctor` asks.'),
  apiVersions: field(texts, 'API versions that templates see.'),
  kubeVersion: field(text, 'Kubernetes version that templates see.'),
  hooks: field(listOf(block(hookShape)), 'Programs to run at moments of the whole file.'),
  templates: printed(mapOf(block(releaseTemplateShape)), 'Release templates, by name.'),
  defaultInherit: field({ kind: 'name-or-names' }, 'Release templates that every release starts from.'),
  missingFileHandler: nullable(missingFileHandler, 'What a missing file means where nothing else says so.'),
  missingFileHandlerConfig: nullable(block(missingFileHandlerConfigShape), 'Details of the above.'),
  lockFilePath: field(text, 'Where the lock file is.'),
};

/** A state file. */
export const stateShape: Shape = {
  name: 'state',
  goType: 'state.helmStateAlias',
  title: 'A helmfile',
  fields,
  legacy: {
    charts: { renamedTo: 'releases', deprecation: 'Rename it to "releases".' },
    context: { renamedTo: 'kubeContext', deprecation: 'Rename it to "kubeContext".' },
    filepath: {},
    renderedvalues: {},
  },
};
