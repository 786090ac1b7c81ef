import type { Diagnosed } from '@flotilla/diagnostics';
import { Dict } from '@flotilla/gocompat';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { parseSetValues } from '../environment/set-values.ts';
import { emptyEnvironment } from '../environment/state-values.ts';
import { loadValuesList } from '../environment/values-list.ts';
import { deepMerge } from '../merge/merge-values.ts';
import type { BaseDirectory } from '../template-context/render-context.ts';
import type { Place } from '../yaml/provenance.ts';
import type { LoadServices } from './load-services.ts';

/** Values that are laid over a file's environment: a list of entries, and those of `--state-values-set`. */
export interface OverrideRequest {
  readonly entries: readonly unknown[];
  readonly placeOf: (index: number) => Place | undefined;
  readonly setValues: Dict;
  /** What relative paths in `entries` resolve against. */
  readonly base: BaseDirectory;
  readonly stateFile: string;
}

function isEmpty(map: Dict): boolean {
  return Object.keys(map).length === 0;
}

/** The environment to lay over a file's own; `value` is undefined both when there is none and on errors. */
export async function overrideEnvironment(
  { entries, placeOf, setValues, base, stateFile }: OverrideRequest,
  services: LoadServices,
): Promise<Diagnosed<ResolvedEnvironment>> {
  if (entries.length === 0 && isEmpty(setValues)) return { value: undefined, diagnostics: [] };
  const context = emptyEnvironment(services.environmentName);
  const request = {
    entries,
    placeOf,
    base,
    context,
    handler: undefined,
    strategy: 'override',
    stateFile,
  } as const;
  const { value, diagnostics } = await loadValuesList(request, services);
  if (value === undefined) return { value, diagnostics };
  return { value: { ...context, values: value, cliOverrides: setValues }, diagnostics };
}

/** `--state-values-set` over `--state-values-set-string`. */
export function setValuesOf(options: {
  readonly stateValuesSet?: readonly string[];
  readonly stateValuesSetString?: readonly string[];
}): Diagnosed<Dict> {
  const typed = parseSetValues(options.stateValuesSet ?? [], 'typed');
  const text = parseSetValues(options.stateValuesSetString ?? [], 'string');
  return {
    value: deepMerge(text.value ?? new Dict(), typed.value ?? new Dict()),
    diagnostics: [...text.diagnostics, ...typed.diagnostics],
  };
}
