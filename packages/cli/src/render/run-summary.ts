import type { Failure, ReleaseOutcome, RunReport } from '@flotilla/core';
import { formatDiagnostic } from '@flotilla/diagnostics';

/** A run's outcome in Flotilla's words. Pure: a report in, lines out. */

/** What happened to one release, in a few words. */
export function outcomeLine(outcome: ReleaseOutcome): string {
  switch (outcome.kind) {
    case 'succeeded':
      return outcome.version === '' ? outcome.action : `${outcome.action} ${outcome.version}`;
    case 'unchanged':
      return 'unchanged';
    case 'failed':
      return outcome.isUninstall ? 'uninstall failed' : 'failed';
    case 'blocked':
      return `not started: it needs ${outcome.by}, which failed`;
    case 'skipped':
      return `skipped: ${outcome.reason}`;
    case 'aborted':
      return 'not started: the run was interrupted';
    default: {
      const impossible: never = outcome;
      return impossible;
    }
  }
}

/** Failures with their causes, then one line of totals. */
export function reportLines(report: RunReport): readonly string[] {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  for (const file of report.files) {
    for (const { outcome } of file.outcomes) {
      const word = outcome.kind === 'succeeded' ? outcome.action : outcome.kind;
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    for (const error of file.errors) {
      lines.push(failureLine(error.failure, error.release));
    }
  }
  const totals = [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
  if (report.exit.reason === 'no-match') lines.push('nothing to do: no release matches');
  else if (totals !== '') lines.push(totals);
  return lines;
}

/** Diagnostics bring their own severity, code and place. */
function failureLine(failure: Failure, release: string | undefined): string {
  if (failure.kind === 'diagnostics' && failure.diagnostics.length > 0) return failureText(failure);
  return `error: ${release === undefined ? '' : `${release}: `}${failureText(failure)}`;
}

function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'executor': {
      const said = failure.transcript?.stderr.trim();
      return `${failure.message} [executor/${failure.code}]${said === undefined || said === '' ? '' : `\n${indent(said)}`}`;
    }
    case 'hook':
      return `hook ${failure.hook}: ${failure.message}`;
    case 'diagnostics':
      return failure.diagnostics.map((each) => formatDiagnostic(each)).join('\n');
    case 'other':
      return failure.message;
    default: {
      const impossible: never = failure;
      return impossible;
    }
  }
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
