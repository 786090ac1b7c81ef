/** The function table of Helm's templates. */
import {
  type FunctionSpec,
  type FunctionTable,
  sprigFunctions,
  type TemplateHost,
} from '@flotilla/gotemplate';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { dataFunctions } from './data-functions.ts';
import { durationFunctions } from './durations.ts';
import { gatedHostLookup, templateFunctions } from './template-functions.ts';

/** Functions Helm 3 has not, or has from sprig. */
const newInV4 = new Set(['mustToYaml', 'mustToToml', 'mustToJson', ...Object.keys(durationFunctions)]);

/** sprig without `env` and `expandenv`, and Helm's own functions over it (Helm 4.3.1 `funcMap`). */
export function helmFunctions(host: TemplateHost, compat: HelmCompat = 'v4'): FunctionTable {
  const table = new Map<string, FunctionSpec>(sprigFunctions(host));
  table.delete('env');
  table.delete('expandenv');
  for (const own of [dataFunctions, durationFunctions, templateFunctions]) {
    for (const [name, spec] of Object.entries(own)) {
      if (compat === 'v4' || !newInV4.has(name)) table.set(name, spec);
    }
  }
  const askHost = table.get('getHostByName');
  if (askHost !== undefined) table.set('getHostByName', gatedHostLookup(askHost));
  return table;
}
