import type { ExitStatus, FileReport } from './run-report.ts';

export interface ExitOptions {
  /** `--detailed-exitcode`. */
  readonly isDetailed: boolean;
  readonly isInterrupted: boolean;
  readonly allowsNoMatch: boolean;
}

/** What a shell is told (Helmfile 1.8.0): an error before a missing match before a change. */
export function exitStatus(files: readonly FileReport[], options: ExitOptions): ExitStatus {
  if (options.isInterrupted) return { code: 130, reason: 'interrupted' };
  if (files.some((file) => file.errors.length > 0)) return { code: 1, reason: 'failed' };
  if (!files.some((file) => file.isMatched)) {
    return options.allowsNoMatch ? { code: 0, reason: 'no-match' } : { code: 3, reason: 'no-match' };
  }
  const isChanged = files.some((file) => file.isChanged);
  return options.isDetailed && isChanged ? { code: 2, reason: 'changed' } : { code: 0, reason: 'ok' };
}
