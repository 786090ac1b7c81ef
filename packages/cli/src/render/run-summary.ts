import {
  type Failure,
  type FileReport,
  isChange,
  type ReleaseChange,
  type ReleaseOutcome,
  type RunError,
  type RunReport,
} from '@flotilla/core';
import { type Diagnostic, formatDiagnostic, type Paint } from '@flotilla/diagnostics';

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

/** What a plan would do to one release, in a few words. */
function changeLine({ kind, release, chart, version }: ReleaseChange): string {
  const signs = {
    install: '+',
    upgrade: '~',
    uninstall: '-',
    unchanged: ' ',
    absent: ' ',
    unknown: '!',
  } as const;
  const what = version === '' ? chart : `${chart} ${version}`;
  return `${signs[kind]} ${release}  ${kind}  ${what}`;
}

/** Plans as lines, failures with their causes, then one line of totals. */
export function reportLines(report: RunReport, paint?: Paint): readonly string[] {
  const plans = report.command === 'diff' ? report.files.flatMap((file) => file.plan?.changes ?? []) : [];
  const errors = report.files.flatMap((file) => file.errors.map((error) => errorLine(error, paint)));
  return [...plans.map(changeLine), ...errors, ...totalsLine(report, plans)];
}

function errorLine({ failure }: RunError, paint: Paint | undefined): string {
  if (failure.kind === 'other') return `error: ${failure.message}`;
  const lines = failureDiagnostics(failure).map((each) => formatDiagnostic(each, paint));
  return [...lines, ...printedLines(failure)].join('\n');
}

/** The problems of a failure that bring severity, code and place. */
export function failureDiagnostics(failure: Failure): readonly Diagnostic[] {
  switch (failure.kind) {
    case 'executor':
    case 'hook':
      return [failure.diagnostic];
    case 'diagnostics':
      return failure.diagnostics;
    case 'other':
      return [];
    default: {
      const impossible: never = failure;
      return impossible;
    }
  }
}

/** What a program printed beyond the error that is told already. */
function printedLines(failure: Failure): readonly string[] {
  if (failure.kind !== 'executor' && failure.kind !== 'hook') return [];
  const printed = failure.transcript?.stderr.trim() ?? '';
  if (printed === '' || printed.replace(/^Error: /, '') === failure.message.trim()) return [];
  return ['  it printed:', ...printed.split('\n').map((line) => `    ${line}`)];
}

function totalsLine(report: RunReport, plans: readonly ReleaseChange[]): readonly string[] {
  if (report.exit.reason === 'no-match') return ['nothing to do: no release matches'];
  const words = plans.length > 0 ? plans.map(plannedWord) : report.files.flatMap(outcomeWords);
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const totals = [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
  return totals === '' ? [] : [totals];
}

function plannedWord(change: ReleaseChange): string {
  return isChange(change) ? `to ${change.kind}` : change.kind;
}

function outcomeWords({ outcomes }: FileReport): readonly string[] {
  return outcomes.map(({ outcome }) => (outcome.kind === 'succeeded' ? outcome.action : outcome.kind));
}
