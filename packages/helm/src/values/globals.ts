import { Dict, quote } from '@flotilla/gocompat';
import { joinKey, type MergeRules, mergeTables } from './tables.ts';

const globalKey = 'global';

/**
 * Hands the globals of a chart down to the section of a sub-chart (Helm 4.3.1 `coalesceGlobals`): the chart's win, tables
 * are merged, and every sub-chart ends up with a `global` table.
 */
export function coalesceGlobals(section: Dict, parent: Dict, rules: MergeRules, prefix: string): void {
  const target = section[globalKey] ?? missing(section);
  if (!(target instanceof Dict)) {
    rules.warn(`warning: skipping globals because destination ${globalKey} is not a table.`);
    return;
  }
  const source = parent[globalKey] ?? missing(parent);
  if (!(source instanceof Dict)) {
    rules.warn(`warning: skipping globals because source ${globalKey} is not a table.`);
    return;
  }
  for (const key of Object.keys(source)) handDown(target, key, source[key], { rules, prefix });
  section[globalKey] = target;
}

/** A new table where there is no `global`; a null one counts as present. */
function missing(table: Dict): unknown {
  return table[globalKey] === undefined ? new Dict() : null;
}

interface HandDownContext {
  readonly rules: MergeRules;
  readonly prefix: string;
}

function handDown(target: Dict, key: string, value: unknown, { rules, prefix }: HandDownContext): void {
  const present = target[key];
  if (value instanceof Dict) {
    const copy = shallowCopy(value);
    if (present === undefined) target[key] = copy;
    else if (!(present instanceof Dict)) {
      rules.warn(`Conflict: cannot merge map onto non-map for ${quote(key)}. Skipping.`);
    } else {
      target[key] = mergeTables(copy, present, { ...rules, keepsNulls: true }, joinKey(prefix, key));
    }
  } else if (present instanceof Dict) {
    rules.warn(`key ${key} is table. Skipping`);
  } else {
    target[key] = value;
  }
}

function shallowCopy(table: Dict): Dict {
  const copy = new Dict();
  for (const key in table) copy[key] = table[key];
  return copy;
}
