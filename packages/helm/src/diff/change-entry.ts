import type { ChangeKind, ObjectChange } from './compare-manifests.ts';

/** A change as the `json` and `template` layouts of helm-diff 3.15.11 see it. */
export interface ChangeEntry {
  readonly api: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly change: string;
}

/** The words of helm-diff for what happened. */
export const changeWords: Readonly<Record<ChangeKind, string>> = {
  add: 'ADD',
  remove: 'REMOVE',
  modify: 'MODIFY',
  'modify-suppressed': 'MODIFY_SUPPRESSED',
  ownership: 'OWNERSHIP',
};

const keyPattern = /([a-z0-9-]+), ([a-z0-9.-]+), (\w+) \(([^)]+)\)/;

/** The entry of a change; undefined when its key has another form (`system:x`). */
export function changeEntry({ key, change }: ObjectChange): ChangeEntry | undefined {
  const match = keyPattern.exec(key);
  if (match === null) return undefined;
  const [, namespace = '', name = '', kind = '', api = ''] = match;
  return { api, kind, namespace, name, change: changeWords[change] };
}

/** Entries of all changes that have one, as there. */
export function changeEntries(changes: readonly ObjectChange[]): readonly ChangeEntry[] {
  return changes.map(changeEntry).filter((entry) => entry !== undefined);
}
