import type { FlagValues } from '../flags/flag-values.ts';
import type { Grammar } from '../flags/parse-arguments.ts';
import type { Host } from '../host.ts';
import type { Settings } from '../settings.ts';

/** What a command gets: parsed flags, global settings and the process behind them. */
export interface CommandContext {
  readonly host: Host;
  readonly grammar: Grammar;
  readonly flags: FlagValues;
  readonly positionals: readonly string[];
  readonly settings: Settings;
}

/** Runs one command and gives the exit code. Expected failures are printed, not thrown. */
export type CommandRunner = (context: CommandContext) => Promise<number>;
