import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { exitCode } from '../exit-code.ts';
import type { CommandContext } from './command.ts';

/** `cache info`: the folder, then its entries. */
export async function cacheInfo({ host }: CommandContext): Promise<number> {
  const folder = cacheFolder(host);
  host.writeOutput(
    `Cache directory: ${folder}\n${(entriesOf(resolve(host.workingDirectory, folder)) ?? []).map((name) => `- ${name}\n`).join('')}`,
  );
  return exitCode.success;
}

/** `cache cleanup`: names every entry as it goes; nothing at all when there is no folder. */
export async function cacheCleanup({ host }: CommandContext): Promise<number> {
  const folder = cacheFolder(host);
  const place = resolve(host.workingDirectory, folder);
  const entries = entriesOf(place);
  if (entries === undefined) return exitCode.success;
  host.writeOutput(`Cleaning up cache directory: ${folder}\n`);
  for (const name of entries) {
    host.writeOutput(`- ${name}\n`);
    rmSync(join(place, name), { recursive: true, force: true });
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
