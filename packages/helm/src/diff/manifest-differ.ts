import {
  ExecutorError,
  type ManifestDiffer,
  type ManifestDiffInput,
  type ManifestDiffOptions,
  type ManifestDiffResult,
} from '@flotilla/core';
import { type Comparison, compareManifests, type ObjectChange } from './compare-manifests.ts';
import { ManifestError, manifestReader } from './manifest-objects.ts';
import { ownershipChanges } from './ownership-changes.ts';
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
  if (input.before === input.after && input.foreign === undefined && options.output === 'diff') {
    return { hasChanges: false, text: '', added: 0, changed: 0, removed: 0 };
  }
  try {
    const comparison = await compare(input, options);
    return { ...(await print(comparison, options)), ...countsOf(comparison.changes) };
  } catch (error) {
    if (error instanceof ManifestError) throw new ExecutorError('render-failed', error.message);
    throw error;
  }
}

async function compare(input: ManifestDiffInput, options: ManifestDiffOptions): Promise<Comparison> {
  const { includeTests, normalizeManifests: normalize } = options;
  const read = manifestReader({ namespace: input.namespace, includeTests, normalize });
  return compareManifests(read(input.before), read(input.after), {
    secrets: options.showSecretsDecoded ? 'decoded' : options.showSecrets ? 'shown' : 'redacted',
    stripTrailingCr: options.stripTrailingCr,
    suppressLines: options.suppressOutputLineRegex,
    findRenames: options.findRenames,
    ownership: ownershipChanges(input, includeTests),
  });
}

interface Printed {
  readonly text: string;
  readonly hasChanges: boolean;
}

/** The rarer layouts are loaded when they are asked for. */
async function print({ changes, hasChanges }: Comparison, options: ManifestDiffOptions): Promise<Printed> {
  const suppressKinds = options.suppressSecrets
    ? [...options.suppressKinds, 'Secret']
    : options.suppressKinds;
  const layout = { context: options.context, suppressKinds, color: options.color };
  switch (options.output) {
    case 'simple':
      return { text: printSimple(changes, layout), hasChanges };
    case 'json':
      return { text: printJson(changes), hasChanges };
    case 'template':
      return { text: await printByTemplate(changes, options.template), hasChanges };
    case 'structured':
      return printStructured(changes, suppressKinds);
    case 'diff':
      return { text: printDiff(changes, layout), hasChanges };
    case 'dyff': {
      const { printDyff } = await import('./dyff/print-dyff.ts');
      return { text: await printDyff(changes, options.findRenames > 0), hasChanges };
    }
    default: {
      const impossible: never = options.output;
      return impossible;
    }
  }
}

async function printByTemplate(
  changes: readonly ObjectChange[],
  template: ManifestDiffOptions['template'],
): Promise<string> {
  if (template === undefined) return printJson(changes);
  const { printTemplate } = await import('./print-template.ts');
  const { TemplateError } = await import('@flotilla/gotemplate');
  try {
    return printTemplate(changes, template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new ExecutorError('render-failed', `Error loading custom template: ${error.message}`);
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
