/** Merging one table into another: the step that coalescing, globals and import-values share. */
import { Dict, formatValue } from '@flotilla/gocompat';

export interface MergeRules {
  /** Keep nulls of the destination (Helm's merge) instead of taking them as deletions (coalesce). */
  readonly keepsNulls: boolean;
  readonly warn: (text: string) => void;
}

/** `a.b`, or `b` below the root. */
export function joinKey(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`;
}

/** True when the key is there, null or not. */
export function hasKey(table: Dict, key: string): boolean {
  return table[key] !== undefined;
}

/**
 * Fills `destination` from `source`; `destination` wins, tables are merged, everything else is taken whole
 * (Helm 4.3.1 `coalesceTablesFullKey`). Both are changed: `source` learns the nulls of `destination`.
 */
export function mergeTables(destination: Dict, source: Dict, rules: MergeRules, prefix = ''): Dict {
  const defaults = new Set<string>();
  for (const key in source) if (source[key] !== null) defaults.add(key);
  for (const key in destination) if (destination[key] === null) source[key] = null;
  for (const key of Object.keys(source)) {
    const mine = destination[key];
    const theirs = source[key];
    if (mine === null && !rules.keepsNulls && defaults.has(key)) delete destination[key];
    else if (mine === undefined) destination[key] = theirs;
    else mergeEntry(mine, theirs, rules, joinKey(prefix, key));
  }
  return destination;
}

function mergeEntry(mine: unknown, theirs: unknown, rules: MergeRules, key: string): void {
  if (theirs instanceof Dict) {
    if (mine instanceof Dict) mergeTables(mine, theirs, rules, key);
    else rules.warn(`warning: cannot overwrite table with non table for ${key} (${formatValue(theirs)})`);
  } else if (mine instanceof Dict && theirs !== null) {
    rules.warn(
      `warning: destination for ${key} is a table. Ignoring non-table value (${formatValue(theirs)})`,
    );
  }
}

/** Removes every null below `table`, in place. */
export function removeNulls(table: Dict): void {
  for (const key in table) {
    const value = table[key];
    if (value === null) delete table[key];
    else if (value instanceof Dict) removeNulls(value);
  }
}

/** `base` with `overlay` laid over it; tables are merged, everything else (null too) is replaced (Helm 4.3.1 `MergeMaps`). */
export function overlayTables(base: Dict, overlay: Dict): Dict {
  const result = new Dict();
  for (const key in base) result[key] = base[key];
  for (const key in overlay) {
    const mine = result[key];
    const theirs = overlay[key];
    result[key] = mine instanceof Dict && theirs instanceof Dict ? overlayTables(mine, theirs) : theirs;
  }
  return result;
}
