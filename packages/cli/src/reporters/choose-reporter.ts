import type { CommandContext } from '../commands/command.ts';
import type { Reporter } from './reporter.ts';

/** The reporter for this bin, terminal and log format. */
export async function chooseReporter(context: CommandContext): Promise<Reporter> {
  const { host, settings } = context;
  if (settings.logFormat === 'json') return (await import('./json-reporter.ts')).jsonReporter(context);
  if (host.program === 'helmfile') return (await import('./helmfile-reporter.ts')).helmfileReporter(context);
  if (host.isErrorTerminal && !settings.isDebug)
    return (await import('./board-reporter.ts')).boardReporter(context);
  return (await import('./plain-reporter.ts')).plainReporter(context);
}
