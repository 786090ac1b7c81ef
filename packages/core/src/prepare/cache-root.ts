import { joinPath } from '../source/paths.ts';

/** Where downloads are kept between runs: `HELMFILE_CACHE_HOME`, else `helmfile` in the user's cache directory. */
export function cacheRoot(environment: Readonly<Record<string, string>>): string {
  const given = environment['HELMFILE_CACHE_HOME'] ?? '';
  if (given !== '') return given;
  const shared = environment['XDG_CACHE_HOME'] ?? '';
  return joinPath(shared === '' ? joinPath(environment['HOME'] ?? '/', '.cache') : shared, 'helmfile');
}
