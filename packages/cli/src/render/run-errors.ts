import type { FileReport, RunError, RunReport } from '@flotilla/core';
import type { CommandContext } from '../commands/command.ts';
import { noMatchText } from './no-match.ts';

/**
 * The last words of a failed run as Helmfile 1.8.0 prints them: the first error of the first failed file behind its place, or
 * the list of errors that were kept for the end. A run that matched nothing says so.
 */
export function errorText(report: RunReport, { settings }: CommandContext): string {
  if (report.exit.reason === 'no-match') return noMatchText(settings);
  const errors = report.files.flatMap((file) => file.errors.map((error) => ({ file, error })));
  const first = errors.find(({ error }) => error.isDeferred !== true);
  if (first !== undefined) return placedText(first.file, first.error);
  return errors.length === 0
    ? changesText(report)
    : deferredText(errors.map(({ file, error }) => placedText(file, error)));
}

function placedText({ errorPrefix }: FileReport, { referenceText }: RunError): string {
  return errorPrefix + referenceText;
}

function deferredText(texts: readonly string[]): string {
  const entries = texts.map(
    (text, index) => `\n\nError ${index + 1}:\n\n${text.replaceAll(/^(?=.)/gm, '  ')}`,
  );
  return `Failed with ${texts.length} errors:${entries.join('')}`;
}

function changesText(report: RunReport): string {
  const isFound = report.command === 'diff' && report.exit.reason === 'changed';
  return isFound ? 'Identified at least one change' : '';
}
