import { setMaxListeners } from 'node:events';
import { type Command, createInterruption, type Flotilla } from '@flotilla/core';
import { DiagnosticsError } from '@flotilla/diagnostics';
import { commandRequestOf } from '../command-request.ts';
import { compose } from '../compose.ts';
import { exitCode } from '../exit-code.ts';
import { loadOptionsOf } from '../load-options.ts';
import { nearMatchText } from '../render/no-match.ts';
import { chooseReporter } from '../reporters/choose-reporter.ts';
import { EndOfInput } from '../terminal-approval.ts';
import type { CommandContext, CommandRunner } from './command.ts';

/** A command of the core: load, run, report, exit code. */
export function releaseCommand(pick: (flotilla: Flotilla) => Command, isReversed = false): CommandRunner {
  return async (context) => {
    const { host, settings } = context;
    const request = commandRequestOf(context);
    await using flotilla = await compose(context);
    using reporter = await chooseReporter(context);
    const interruption = createInterruption();
    // Every running release listens; there may be hundreds.
    setMaxListeners(0, interruption.signal);
    let signalCode: number | undefined;
    using _signals = host.onSignal((signal) => {
      signalCode ??= signal === 'SIGINT' ? exitCode.interrupted : exitCode.terminated;
      interruption.interrupt();
    });
    const control = { signal: interruption.signal, onEvent: reporter.onEvent };
    try {
      const state = await flotilla.load({ ...loadOptionsOf(context), isReversed }, control);
      const report = await pick(flotilla)(state, request, control);
      reporter.finish(report);
      const isUnmatched = report.exit.reason === 'no-match' && settings.logFormat !== 'json';
      if (isUnmatched) host.writeError(nearMatchText(state));
      return signalCode ?? report.exit.code;
    } catch (error) {
      return signalCode ?? failureCode(context, error);
    }
  };
}

/** Diagnostics were shown as events already. */
function failureCode({ host }: CommandContext, error: unknown): number {
  if (error instanceof DiagnosticsError) return exitCode.failure;
  if (error instanceof EndOfInput) {
    host.writeError(`${goLogTime(new Date())} EOF\n`);
    return exitCode.failure;
  }
  throw error;
}

/** `2006/01/02 15:04:05`, as Go's log package stamps it. */
function goLogTime(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${now.getFullYear()}/${two(now.getMonth() + 1)}/${two(now.getDate())}`;
  return `${date} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}
