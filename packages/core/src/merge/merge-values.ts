/**
 * Merging of value trees: Helmfile's two engines. In: two Dicts. Out: a new Dict; the inputs stay as they are.
 * `deepMerge` (engine A) lies between layers, parts and parents; `overrideMerge` (engine B) between the entries of one list.
 * Not its business: state files (merge-specs), `--set` syntax.
 */
import { copyDict, Dict } from '@flotilla/gocompat';
import { rememberMerge } from '../yaml/provenance.ts';

/** `sparse`: an array with a null merges by element, any other replaces. `merge`: always by element (`--state-values-set`). */
export type ArrayStrategy = 'sparse' | 'merge';

/** Helmfile 1.8.0 `MergeMaps`: null never overrides a key that is there; maps recurse; arrays follow `arrays`. */
export function deepMerge(base: Dict, over: Dict, arrays: ArrayStrategy = 'sparse'): Dict {
  const merged = copyDict(base);
  for (const key of Object.keys(over)) merged[key] = deepMergeValue(merged[key], over[key], arrays);
  rememberMerge(merged, [base, over]);
  return merged;
}

function deepMergeValue(base: unknown, over: unknown, arrays: ArrayStrategy): unknown {
  if (base === undefined) return over;
  if (over === null || over === undefined) return base;
  if (base instanceof Dict && over instanceof Dict) return deepMerge(base, over, arrays);
  if (Array.isArray(base) && Array.isArray(over)) return mergeArrays(base, over, arrays);
  return over;
}

function mergeArrays(
  base: readonly unknown[],
  over: readonly unknown[],
  arrays: ArrayStrategy,
): readonly unknown[] {
  if (arrays === 'sparse' && !over.includes(null)) return over;
  const merged = Array.from({ length: Math.max(base.length, over.length) }, (_, index) => {
    const current = base[index];
    const next = over[index] ?? null;
    if (next === null) return current ?? null;
    return current instanceof Dict && next instanceof Dict ? deepMerge(current, next, arrays) : next;
  });
  rememberMerge(merged, [base, over]);
  return merged;
}

/** mergo `WithOverride` on maps: maps recurse and everything else replaces, null, `false`, `0`, `""` and `[]` included. */
export function overrideMerge(base: Dict, over: Dict): Dict {
  const merged = copyDict(base);
  for (const key of Object.keys(over)) {
    const current = merged[key];
    const next = over[key];
    merged[key] = current instanceof Dict && next instanceof Dict ? overrideMerge(current, next) : next;
  }
  rememberMerge(merged, [base, over]);
  return merged;
}
