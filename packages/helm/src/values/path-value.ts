import { Dict } from '@flotilla/gocompat';

/** The table at a dotted path, or the first name on the way that is no table (Helm's `Values.Table`). */
export function tableAt(values: Dict, path: string): { readonly table: Dict } | { readonly missing: string } {
  let table = values;
  for (const name of path.split('.')) {
    const next = table[name];
    if (!(next instanceof Dict)) return { missing: name };
    table = next;
  }
  return { table };
}

/** The value at a dotted path when there is one that is no table; null counts (Helm's `Values.PathValue`). */
export function valueAt(values: Dict, path: string): { readonly value: unknown } | undefined {
  const dot = path.lastIndexOf('.');
  const parent = dot < 0 ? { table: values } : tableAt(values, path.slice(0, dot));
  if (!('table' in parent)) return undefined;
  const value = parent.table[path.slice(dot + 1)];
  return value === undefined || value instanceof Dict ? undefined : { value };
}
