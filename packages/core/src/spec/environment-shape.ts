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
  mergeStrategy: field(choice('override', 'fallback'), '`fallback` lets earlier entries win.'),
};

/** `environments.<name>`. */
export const environmentShape: Shape = {
  name: 'environment',
  goType: 'state.EnvironmentSpec',
  title: 'An environment',
  fields,
  legacy: {
    defaults: { deprecation: 'Move it to top-level "values": environments have no defaults of their own.' },
  },
};
