/**
 * sprig v3.3.0's text functions. Comes in: the host that answers for clock, randomness, environment and names.
 * Goes out: one table of all of them; each chapter is a file of its own. Go's builtins, and what Helm and Helmfile add, are elsewhere.
 */
import type { FunctionSpec, FunctionTable } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';
import { aesFunctions } from './aes.ts';
import { certificateFunctions } from './certificates/certificates.ts';
import { clockFunctions } from './clock.ts';
import { dateFunctions } from './dates.ts';
import { dictFunctions } from './dicts.ts';
import { encodingFunctions } from './encoding.ts';
import { environmentFunctions } from './environment.ts';
import { hashFunctions } from './hashes.ts';
import { listFunctions } from './lists.ts';
import { logicFunctions } from './logic.ts';
import { numberFunctions } from './numbers.ts';
import { passwordFunctions } from './password.ts';
import { pathFunctions } from './paths.ts';
import { randomFunctions } from './random.ts';
import { reflectionFunctions } from './reflection.ts';
import { regexpFunctions } from './regexps.ts';
import { semverFunctions } from './semver.ts';
import { stringFunctions } from './strings.ts';
import { urlFunctions } from './urls.ts';

const pureChapters: readonly Readonly<Record<string, FunctionSpec>>[] = [
  stringFunctions,
  numberFunctions,
  logicFunctions,
  listFunctions,
  dictFunctions,
  encodingFunctions,
  hashFunctions,
  reflectionFunctions,
  pathFunctions,
  urlFunctions,
  regexpFunctions,
  semverFunctions,
];

/** All functions of sprig's `TxtFuncMap`, asking `host` for everything that is not computed. */
export function sprigFunctions(host: TemplateHost): FunctionTable {
  const chapters = [
    ...pureChapters,
    clockFunctions(host),
    dateFunctions(host),
    randomFunctions(host),
    environmentFunctions(host),
    passwordFunctions(host),
    aesFunctions(host),
    certificateFunctions(host),
  ];
  return new Map(chapters.flatMap((chapter) => Object.entries(chapter)));
}
