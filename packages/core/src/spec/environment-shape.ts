import { mergeStrategies } from './closed-sets.ts';
import { type FieldsOf, field, nullable, type Shape } from './field.ts';
import { block, choice, text, texts, valuesList } from './field-type.ts';
import { missingFileHandler, missingFileHandlerConfigShape } from './small-blocks.ts';
import type { EnvironmentSpec } from './state-spec.ts';

const fields: FieldsOf<EnvironmentSpec> = {
  values: field(valuesList, 'Values files and inline values, later ones winning.'),
  secrets: field(texts, 'Encrypted values files.'),
  kubeContext: field(text, 'Kubernetes context of releases that name none.'),
  missingFileHandler: nullable(missingFileHandler, 'What a missing values or secrets file means.'),
  missingFileHandlerConfig: nullable(block(missingFileHandlerConfigShape), 'Details of the above.'),
  mergeStrategy: field(choice(...mergeStrategies), '`fallback` lets earlier entries win.'),
};

/** `environments.<name>`. */
export const environmentShape: Shape = {
  name: 'environment',
  goType: 'state.EnvironmentSpec',
  title: 'An environment',
  fields,
  absent: {
    defaults: 'Put default values under "values" at the top level.',
    namespace: 'Set it on releases, or with --namespace.',
    releases: 'Declare releases at the top level, with a "condition" or "installed" per environment.',
  },
};
