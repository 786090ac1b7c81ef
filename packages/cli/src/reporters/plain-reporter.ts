import type { FlotillaEvent, ReleaseId, ReleaseOutcome, RunReport } from '@flotilla/core';
import type { CommandContext } from '../commands/command.ts';
import { painter } from '../render/colors.ts';
import { durationText } from '../render/duration.ts';
import { printDiagnostics } from '../render/print-diagnostics.ts';
import { outcomeLine, reportLines } from '../render/run-summary.ts';
import type { Reporter } from './reporter.ts';

/** Flotilla's own voice where nobody watches: one line per change of state, a summary at the end. */
export function plainReporter(context: CommandContext): Reporter {
  const { host, settings } = context;
  const isQuiet = settings.logLevel !== 'info' && settings.logLevel !== 'debug';
  const tell = (line: string): void => {
    if (!isQuiet) host.writeError(`${line}\n`);
  };
  let isComparing = false;
  return {
    onEvent: (event) => {
      if (event.type === 'run.started') isComparing = event.command === 'diff';
      // A comparison ends with its plan; that its releases stay as they are goes without saying.
      if (event.type === 'release.finished' && event.outcome.kind === 'unchanged' && isComparing) return;
      const product = productOf(event);
      if (product !== undefined) host.writeOutput(product);
      else if (event.type === 'diagnostic') {
        printDiagnostics(host, [event.diagnostic], settings.color ?? host.isErrorTerminal);
      } else {
        const line = lineOf(event, settings.isDebug);
        if (line !== undefined) tell(line);
      }
    },
    finish: (report: RunReport) => {
      const paint = painter(settings.color ?? host.isErrorTerminal);
      for (const line of reportLines(report, paint)) host.writeError(`${line}\n`);
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** What belongs on standard output. */
function productOf(event: FlotillaEvent): string | undefined {
  if (event.type === 'product') return event.text;
  return event.type === 'release.answered' ? `${event.text.replace(/\n+$/, '')}\n` : undefined;
}

function lineOf(event: FlotillaEvent, isDebug: boolean): string | undefined {
  switch (event.type) {
    case 'release.started':
      return `${event.release}: started`;
    case 'release.finished':
      return finishedLine(event.release, event.outcome);
    case 'hook.started':
      return `${event.release === undefined ? '' : `${event.release}: `}hook ${event.hook} (${event.event})`;
    case 'executor.retry':
      return `trying again (${event.attempt}): ${event.reason}`;
    case 'executor.command':
      return isDebug ? `+ ${event.argv.join(' ')}` : undefined;
    case 'executor.output':
      return isDebug ? `  ${event.line}` : undefined;
    case 'run.interrupted':
      return event.stage === 'graceful'
        ? 'interrupted: running releases end first; interrupt again to kill them'
        : 'killing what still runs';
    default:
      return undefined;
  }
}

function finishedLine(release: ReleaseId, outcome: ReleaseOutcome): string {
  const took =
    outcome.kind === 'succeeded' || outcome.kind === 'failed' ? ` (${durationText(outcome.durationMs)})` : '';
  return `${release}: ${outcomeLine(outcome)}${took}`;
}
