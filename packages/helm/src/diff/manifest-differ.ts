import type {
  ManifestDiffer,
  ManifestDiffInput,
  ManifestDiffOptions,
  ManifestDiffResult,
} from '@flotilla/core';
import { type Comparison, compareManifests, type ObjectChange } from './compare-manifests.ts';
import { type ManifestObjects, readManifest } from './manifest-objects.ts';
import { printDiff, printSimple } from './print-diff.ts';
import { printJson } from './print-json.ts';
import { printStructured } from './print-structured.ts';

/**
 * Manifest diffs with the layouts of helm-diff 3.15.11: the differ port of the core.
 * In: two manifests as text. Out: what the plugin prints, and whether anything changed.
 * Not its business: where manifests come from, three-way merging, exit codes.
 */

/** A differ that needs neither plugin nor cluster. */
export function manifestDiffer(): ManifestDiffer {
  return { diff: diffManifests };
}

async function diffManifests(
  input: ManifestDiffInput,
  options: ManifestDiffOptions,
): Promise<ManifestDiffResult> {
  if (input.before === input.after && options.output === 'diff') {
    return { hasChanges: false, text: '', added: 0, changed: 0, removed: 0 };
  }
  const read = (manifest: string): ManifestObjects =>
    readManifest(manifest, {
      namespace: input.namespace,
      includeTests: options.includeTests,
      normalize: options.normalizeManifests,
    });
  const comparison = await compareManifests(read(input.before).objects, read(input.after).objects, {
    secrets: options.showSecretsDecoded ? 'decoded' : options.showSecrets ? 'shown' : 'redacted',
    stripTrailingCr: options.stripTrailingCr,
    suppressLines: options.suppressOutputLineRegex,
    findRenames: options.findRenames,
  });
  return { ...print(comparison, options), ...countsOf(comparison.changes) };
}

function print(
  { changes, hasChanges }: Comparison,
  options: ManifestDiffOptions,
): { readonly text: string; readonly hasChanges: boolean } {
  const suppressKinds = options.suppressSecrets
    ? [...options.suppressKinds, 'Secret']
    : options.suppressKinds;
  const layout = { context: options.context, suppressKinds, color: options.color };
  switch (options.output) {
    case 'simple':
      return { text: printSimple(changes, layout), hasChanges };
    case 'json':
    case 'template':
      return { text: printJson(changes), hasChanges };
    case 'structured':
      return printStructured(changes, suppressKinds);
    case 'diff':
    case 'dyff':
      return { text: printDiff(changes, layout), hasChanges };
    default: {
      const impossible: never = options.output;
      return impossible;
    }
  }
}

function countsOf(
  changes: readonly ObjectChange[],
): Pick<ManifestDiffResult, 'added' | 'changed' | 'removed'> {
  const count = (kind: ObjectChange['change']): number =>
    changes.filter(({ change }) => change === kind).length;
  return {
    added: count('add'),
    changed: count('modify') + count('modify-suppressed'),
    removed: count('remove'),
  };
}
