import { Dict } from '@flotilla/gocompat';
import type { ResolvedEnvironment } from '../desired/desired-state.ts';
import { deepMerge } from '../merge/merge-values.ts';

/** An environment with nothing in it. */
export function emptyEnvironment(name: string): ResolvedEnvironment {
  return { name, kubeContext: '', values: new Dict(), defaults: new Dict(), cliOverrides: new Dict() };
}

function isEmpty(map: Dict): boolean {
  for (const _ in map) return false;
  return true;
}

function layered(base: Dict, over: Dict, arrays: 'sparse' | 'merge' = 'sparse'): Dict {
  if (isEmpty(over)) return base;
  return isEmpty(base) ? over : deepMerge(base, over, arrays);
}

const merged = new WeakMap<ResolvedEnvironment, Dict>();

/** `.Values`: defaults under environment values under the command line's, whose arrays merge by element. */
export function mergedValues(environment: ResolvedEnvironment): Dict {
  const known = merged.get(environment);
  if (known !== undefined) return known;
  const { defaults, values, cliOverrides } = environment;
  const result = layered(layered(defaults, values), cliOverrides, 'merge');
  merged.set(environment, result);
  return result;
}

/** `.Environment.Values` where Helmfile shows the command line's values in it, and never the defaults. */
export function mergeCommandLineValues(environment: ResolvedEnvironment): Dict {
  return layered(environment.values, environment.cliOverrides, 'merge');
}

/** Helmfile's `Environment.Merge`: `over` layer by layer on top of `base`; either may be absent. */
export function mergeEnvironments(
  base: ResolvedEnvironment | undefined,
  over: ResolvedEnvironment | undefined,
): ResolvedEnvironment | undefined {
  if (base === undefined || over === undefined) return base ?? over;
  return {
    name: over.name === '' ? base.name : over.name,
    kubeContext: over.kubeContext === '' ? base.kubeContext : over.kubeContext,
    values: layered(base.values, over.values),
    defaults: layered(base.defaults, over.defaults),
    cliOverrides: layered(base.cliOverrides, over.cliOverrides, 'merge'),
  };
}
