import { changeEntries } from './change-entry.ts';
import type { ObjectChange } from './compare-manifests.ts';

/** The `json` layout of helm-diff 3.15.11 (its built-in template): an array of `{api, kind, namespace, name, change}` objects. */
export function printJson(changes: readonly ObjectChange[]): string {
  const entries = changeEntries(changes).map((entry) => {
    const lines = Object.entries(entry).map(([field, value]) => `  "${field}": "${value}"`);
    return `{\n${lines.join(',\n')}\n}`;
  });
  return `[${entries.join(',')}]\n`;
}
