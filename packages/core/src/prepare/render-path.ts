import type { Diagnosed } from '@flotilla/diagnostics';
import { type GoMethod, GoStruct, type GoValue } from '@flotilla/gocompat';
import { builtinFunctions, TemplateSet } from '@flotilla/gotemplate';
import { isRenderError, templateDiagnostic } from '../template-context/template-diagnostic.ts';

/** A path given as a plain Go template on the command line. */
export interface PathTemplate {
  /** Helmfile's name for it, which messages start with. */
  readonly name: 'output-dir' | 'output-file' | 'output-dir-template';
  readonly text: string;
  readonly data: GoStruct;
}

/** The path a template stands for. */
export function renderPath({ name, text, data }: PathTemplate): Diagnosed<string> {
  const set = new TemplateSet({ functions: builtinFunctions });
  // Helmfile keeps the reason to itself for this one.
  const parsing =
    name === 'output-dir'
      ? (): string => `parsing ${name} template`
      : (reason: string): string => `parsing ${name} template ${JSON.stringify(text)}: ${reason}`;
  const executing = (reason: string): string => `executing ${name} template: ${reason}`;
  let wrap = parsing;
  try {
    set.parse(name, { name: `--${name.replace(/-template$/, '')}-template`, text });
    wrap = executing;
    return { value: set.execute(name, data), diagnostics: [] };
  } catch (error) {
    if (!isRenderError(error)) throw error;
    return { value: undefined, diagnostics: [templateDiagnostic(error, wrap)] };
  }
}

const noMethods: ReadonlyMap<string, GoMethod> = new Map();

/** What a path template sees, under the Go type its errors name. */
export function pathData(goType: string, fields: readonly (readonly [string, GoValue])[]): GoStruct {
  return new GoStruct({ goType, isPointer: false, methods: noMethods, fields: new Map(fields) });
}
