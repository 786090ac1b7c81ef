import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import type { CommandContext } from './command.ts';

/** `cache info`: the folder, then its entries. */
export async function cacheInfo({ host }: CommandContext): Promise<number> {
  const folder = cacheFolder(host);
  host.writeOutput(
    `Cache directory: ${folder}\n${(entriesOf(folder) ?? []).map((name) => `- ${name}\n`).join('')}`,
  );
  return exitCode.success;
}

/** `cache cleanup`: names every entry as it goes; nothing at all when there is no folder. */
export async function cacheCleanup({ host }: CommandContext): Promise<number> {
  const folder = cacheFolder(host);
  const entries = entriesOf(folder);
  if (entries === undefined) return exitCode.success;
  host.writeOutput(`Cleaning up cache directory: ${folder}\n`);
  for (const name of entries) {
    host.writeOutput(`- ${name}\n`);
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  return exitCode.success;
}

function entriesOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

/** `$HELMFILE_CACHE_HOME`, else helmfile's folder in the user's cache folder, else `.helmfile` here. */
export function cacheFolder({ env, workingDirectory }: Host): string {
  if (env['HELMFILE_CACHE_HOME']) return env['HELMFILE_CACHE_HOME'];
  const home = env['HOME'] ?? '';
  if (process.platform === 'win32' && env['LocalAppData']) return join(env['LocalAppData'], 'helmfile');
  if (process.platform === 'darwin' && home !== '') return join(home, 'Library/Caches/helmfile');
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'helmfile');
  return home === '' ? resolve(workingDirectory, '.helmfile') : join(home, '.cache/helmfile');
}
