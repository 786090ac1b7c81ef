import type { ChangeKind, ObjectChange } from './compare-manifests.ts';

/** The `json` layout of helm-diff 3.15.11 (its built-in template). Entries whose key has another form are left out, as there. */

const keyPattern = /^([a-z0-9-]*), ([a-z0-9.-]+), (\w+) \(([^)]+)\)$/;
const words: Readonly<Record<ChangeKind, string>> = {
  add: 'ADD',
  remove: 'REMOVE',
  modify: 'MODIFY',
  'modify-suppressed': 'MODIFY_SUPPRESSED',
};

/** An array of `{api, kind, namespace, name, change}` objects. */
export function printJson(changes: readonly ObjectChange[]): string {
  const entries = changes.flatMap(({ key, change }) => {
    const match = keyPattern.exec(key);
    if (match === null) return [];
    const [, namespace = '', name = '', kind = '', api = ''] = match;
    const fields = { api, kind, namespace, name, change: words[change] };
    const lines = Object.entries(fields).map(([field, value]) => `  "${field}": "${value}"`);
    return [`{\n${lines.join(',\n')}\n}`];
  });
  return `[${entries.join(',')}]\n`;
}
