import { emitYaml, GoError, parseYaml, YamlError } from '@flotilla/gocompat';
import { type FunctionTable, goFunction } from '@flotilla/gotemplate';
import { stringifyKeys } from './stringify-keys.ts';

/** `toYaml` (keeps the last line break, unlike Helm's) and `fromYaml` of Helmfile 1.8.0. */
export const yamlFunctions: FunctionTable = new Map([
  ['toYaml', goFunction(['any'], (value) => emitYaml(value, { dialect: 'v3' }))],
  ['fromYaml', goFunction(['string'], fromYaml)],
]);

function fromYaml(text: string): unknown {
  try {
    return stringifyKeys(parseYaml(text, { dialect: 'v3' }));
  } catch (error) {
    if (!(error instanceof YamlError) && !(error instanceof GoError)) throw error;
    throw new GoError(`${error.message}, offending yaml: ${text}`);
  }
}
