import type { AffectedRelease, AffectedReleases, FlotillaEvent } from '@flotilla/core';
import type { Diagnostic } from '@flotilla/diagnostics';
import type { CommandContext } from '../commands/command.ts';
import { durationText } from '../render/duration.ts';
import { printDiagnostics } from '../render/print-diagnostics.ts';
import { errorText } from '../render/run-errors.ts';
import { failureDiagnostics } from '../render/run-summary.ts';
import { type SummaryColumn, summaryTable } from '../render/tables.ts';
import type { LogLevel } from '../settings.ts';
import type { Reporter } from './reporter.ts';

/** Speaks as Helmfile 1.8.0 does: its log lines by level, its tables, its last error. */
export function helmfileReporter(context: CommandContext): Reporter {
  const { host, settings } = context;
  const shows = (level: LogLevel): boolean => levels.indexOf(level) >= levels.indexOf(settings.logLevel);
  return {
    onEvent: (event) => showEvent(context, event, shows),
    finish: (report) => {
      const text = errorText(report, context);
      if (text !== '') host.writeError(`${text}\n`);
      const errors = report.files.flatMap((file) => file.errors);
      const diagnostics = errors.flatMap(({ failure }) => failureDiagnostics(failure));
      printFrames(context, diagnostics);
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** The places behind what Helmfile's words have said already. */
function printFrames({ host, settings }: CommandContext, diagnostics: readonly Diagnostic[]): void {
  const placed = diagnostics.filter(({ span }) => span !== undefined);
  const untold = placed.map(({ referenceText: _told, ...rest }) => rest);
  printDiagnostics(host, untold, settings.color ?? host.isErrorTerminal);
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'dpanic', 'panic', 'fatal'];

function showEvent(context: CommandContext, event: FlotillaEvent, shows: (level: LogLevel) => boolean): void {
  const { host } = context;
  switch (event.type) {
    case 'product':
      host.writeOutput(event.text);
      return;
    case 'helmfile.log':
      if (shows(event.level)) host.writeError(`${event.message}\n`);
      return;
    case 'file.acted':
      if (shows('info')) host.writeError(summaryText(event.affected, context.settings.color !== false));
      return;
    case 'diagnostic':
      showDiagnostic(context, event.diagnostic, shows);
      return;
    default:
  }
}

/** A warning that Helmfile has too comes as its own log line. */
function showDiagnostic(
  { host, settings }: CommandContext,
  diagnostic: Diagnostic,
  shows: (level: LogLevel) => boolean,
): void {
  const isError = diagnostic.severity === 'error';
  if (!isError && (!shows('warn') || diagnostic.referenceText !== undefined)) return;
  printDiagnostics(host, [diagnostic], settings.color ?? host.isErrorTerminal);
}

const name: SummaryColumn = { header: 'NAME', minimumWidth: 0, isRightAligned: false };
const namespace: SummaryColumn = { header: 'NAMESPACE', minimumWidth: 6, isRightAligned: false };
const chart: SummaryColumn = { header: 'CHART', minimumWidth: 6, isRightAligned: false };
const version: SummaryColumn = { header: 'VERSION', minimumWidth: 6, isRightAligned: false };
const duration: SummaryColumn = { header: 'DURATION', minimumWidth: 0, isRightAligned: true };

const fullColumns: readonly SummaryColumn[] = [name, namespace, chart, version, duration];
const deleteColumns: readonly SummaryColumn[] = [name, namespace, duration];

/** The tables of one state file, in Helmfile's order; empty groups are left out. */
export function summaryText(affected: AffectedReleases, hasColor: boolean): string {
  const full = (release: AffectedRelease): readonly string[] => [
    release.name,
    release.namespace,
    release.chart,
    release.version,
    durationText(release.durationMs),
  ];
  const short = (release: AffectedRelease): readonly string[] => [
    release.name,
    release.namespace,
    durationText(release.durationMs),
  ];
  const table = (title: string, releases: readonly AffectedRelease[], isFull: boolean): string =>
    releases.length === 0
      ? ''
      : summaryTable({
          title,
          columns: isFull ? fullColumns : deleteColumns,
          rows: releases.map(isFull ? full : short),
          hasColor,
        });
  return [
    table('Updated Releases', affected.updated, true),
    table('Reinstalled Releases', affected.reinstalled, true),
    table('Deleted Releases', affected.deleted, false),
    table('Failed Releases', affected.failed, true),
    table('Failed to Delete Releases', affected.failedToDelete, false),
  ].join('');
}
