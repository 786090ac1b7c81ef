import type { RunReport } from '@flotilla/core';
import type { CommandContext } from '../commands/command.ts';

/**
 * The last words of a failed run as Helmfile 1.8.0 prints them: the first error of the first failed file behind `in FILE: `.
 * A run that matched nothing says so.
 */
export function errorText(report: RunReport, { settings }: CommandContext): string {
  if (report.exit.reason === 'no-match') {
    return `err: no releases found that matches specified selector(${settings.selectors.join(', ')}) and environment(${settings.environment}), in any helmfile`;
  }
  const failed = report.files.find((file) => file.errors.length > 0);
  const error = failed?.errors[0];
  if (failed === undefined || error === undefined) return changesText(report);
  return `in ${placeOf(failed.file)}: ${error.referenceText}`;
}

function changesText(report: RunReport): string {
  return report.command === 'diff' && report.exit.reason === 'changed'
    ? 'Identified at least one change'
    : '';
}

/** Helmfile names a file by its folder and name: `./helmfile.yaml`. */
function placeOf(file: string): string {
  return file.includes('/') ? file : `./${file}`;
}
