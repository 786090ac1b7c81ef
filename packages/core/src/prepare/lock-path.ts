import { baseNameOf, joinPath } from '@flotilla/gocompat';
import type { DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import type { Files } from '../ports/files.ts';
import { resolvePath } from '../source/paths.ts';

/** Where the lock of a state file is. */
export function lockPath(file: DesiredStateFile): string {
  const given = file.spec.lockFilePath ?? '';
  if (given !== '') return resolvePath(file.baseDirectory, given);
  const name = baseNameOf(file.absolutePath)
    .replace(/\.gotmpl$/, '')
    .replace(/\.ya?ml$/, '');
  return joinPath(file.baseDirectory, `${name}.lock`);
}

/** True when a file of the state has a lock. */
export function hasLock(files: Files, state: DesiredState): boolean {
  return state.files.some((file) => files.stat(lockPath(file)) !== undefined);
}
