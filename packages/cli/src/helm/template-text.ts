import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  builtinFunctions,
  type FunctionTable,
  mergeFunctions,
  sprigFunctions,
  TemplateError,
  TemplateSet,
} from '@flotilla/gotemplate';
import type { Host } from '../host.ts';

/** The text of a one-line template of the command line. Throws GoError. */
export function templateText(name: string, text: string, options: TemplateTextOptions = {}): string {
  const functions = options.functions ?? builtinFunctions;
  const set = new TemplateSet({ functions, rootName: name });
  try {
    set.parse(name, text);
    return set.execute(name, options.data ?? null);
  } catch (error) {
    if (error instanceof TemplateError) throw new GoError(error.message, { cause: error });
    throw error;
  }
}

export interface TemplateTextOptions {
  readonly functions?: FunctionTable;
  readonly data?: unknown;
}

/** Go's own functions and sprig's, as `--name-template` has them. */
export function nameFunctions({ env }: Host): FunctionTable {
  return mergeFunctions(builtinFunctions, sprigFunctions(createNodeTemplateHost(env)));
}
