import type { HclFunction } from './evaluate-hcl.ts';
import { collectionFunctions } from './functions/collections.ts';
import { encodingFunctions } from './functions/encodings.ts';
import { formatFunctions } from './functions/formats.ts';
import { networkFunctions } from './functions/networks.ts';
import { numberFunctions } from './functions/numbers.ts';
import { setFunctions } from './functions/sets.ts';
import { textFunctions } from './functions/texts.ts';

let table: ReadonlyMap<string, HclFunction> | undefined;

/** Every function of Helmfile 1.8.0's HCL but `try` and `can`, which the evaluator has. */
export function hclFunctions(): ReadonlyMap<string, HclFunction> {
  table ??= new Map([
    ...collectionFunctions,
    ...encodingFunctions,
    ...formatFunctions,
    ...networkFunctions,
    ...numberFunctions,
    ...setFunctions,
    ...textFunctions,
  ]);
  return table;
}
