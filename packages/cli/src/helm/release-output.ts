import { emitYaml, parseGoJson } from '@flotilla/gocompat';
import { allValuesOf, type Release, releaseJson, statusText } from '@flotilla/helm';
import type { HelmCall } from './helm-command.ts';

/** `--output`: the layout of one thing, as Helm 4.3.1 writes it. */

/** The two texts a thing has; both are made on demand. */
export interface Layouts {
  readonly table: () => string;
  /** Without a line end. */
  readonly json: () => string;
}

/** Prints in the layout that was asked for. */
export function printAs({ host, flags }: HelmCall, { table, json }: Layouts): void {
  switch (flags.string('output')) {
    case 'json':
      host.writeOutput(`${json()}\n`);
      return;
    case 'yaml':
      host.writeOutput(emitYaml(parseGoJson(json()), { dialect: 'v2' }));
      return;
    default:
      host.writeOutput(table());
  }
}

/** Prints what became of a release; with `--debug` its values, hooks and manifest, too. */
export function printDeployed(call: HelmCall, release: Release, showsNotes: boolean): void {
  printAs(call, {
    table: () => statusText(release, { showsNotes, ...debugDetails(call, release) }),
    json: () => releaseJson(release),
  });
}

/** What `--debug` adds to {@link statusText}. */
export function debugDetails(
  { settings, registry }: HelmCall,
  release: Release,
): { readonly computedValues?: ReturnType<typeof allValuesOf> } {
  if (!settings.isDebug) return {};
  return { computedValues: allValuesOf({ compat: 'v4', log: registry.log }, release) };
}
