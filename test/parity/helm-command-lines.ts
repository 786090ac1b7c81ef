import { join } from 'node:path';
import { bins } from '../support/built-cli.ts';
import { reference } from '../support/references.ts';
import { type ProgramOptions, type ProgramResult, runProgram } from '../support/run-program.ts';

/** Scripts of command lines, each asked of real Helm 4 and of `flotilla helm`. */

export type Side = 'helm' | 'flotilla';

/** The command lines of a script, one a line. */
export function commandLinesOf(script: string): readonly string[] {
  return script.trim().split('\n');
}

/** Asks one side. */
export function runHelm(
  side: Side,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return side === 'helm'
    ? runProgram(reference('helm4') ?? 'helm4', args, options)
    : runProgram(join(bins, 'flotilla'), ['helm', ...args], options);
}

/** A command line and its answer, as scripts are compared. */
export function transcript(line: string, { stdout, stderr, exitCode }: ProgramResult): string {
  return `$ helm ${line}\n${stdout}${stderr}exit ${exitCode}\n`;
}
