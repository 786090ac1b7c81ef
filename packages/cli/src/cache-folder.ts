import { join, resolve } from 'node:path';
import type { Host } from './host.ts';

/** Where downloads are kept: `$HELMFILE_CACHE_HOME`, else helmfile's folder in the user's cache folder, else `.helmfile` here. */
export function cacheFolder({ env, workingDirectory }: Pick<Host, 'env' | 'workingDirectory'>): string {
  const { HELMFILE_CACHE_HOME: given, XDG_CACHE_HOME: shared, LocalAppData: local, HOME: home = '' } = env;
  if (given) return given;
  if (process.platform === 'win32' && local) return join(local, 'helmfile');
  if (process.platform === 'darwin' && home !== '') return join(home, 'Library/Caches/helmfile');
  if (shared) return join(shared, 'helmfile');
  return home === '' ? resolve(workingDirectory, '.helmfile') : join(home, '.cache/helmfile');
}
