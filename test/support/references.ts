import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder of the reference programs (helmfile, helm4, helm3, kube, …); see scripts/references.mjs. */
export const referencesFolder: string =
  process.env['TESTBED_BIN'] ?? join(homedir(), '.cache/flotilla-references/2026-11/bin');

/** Path of one of them, or undefined when it is not built. */
export function reference(name: string): string | undefined {
  const path = join(referencesFolder, name);
  return existsSync(path) ? path : undefined;
}

/** Published charts as a repository on disk; not part of this repository. */
export const chartsFolder: string | undefined = [
  process.env['FLOTILLA_CHARTS'],
  join(import.meta.dirname, '../../../shared/charts'),
].find((path) => path !== undefined && existsSync(path));
