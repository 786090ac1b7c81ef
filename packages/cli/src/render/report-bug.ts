import { FileError } from '@flotilla/core';
import { errorDiagnostic, formatDiagnostic } from '@flotilla/diagnostics';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';

/** The last resort: prints what no command expected, a file that nobody can read or a bug of ours, and gives the exit code. */
export function reportBug(host: Pick<Host, 'writeError'>, error: unknown): number {
  if (error instanceof FileError) {
    host.writeError(`${formatDiagnostic(errorDiagnostic('source/unreadable', error.message))}\n`);
    return exitCode.failure;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.writeError(
    `internal error: this is a bug in Flotilla, please report it with the command and these lines\n${stack}\n`,
  );
  return exitCode.failure;
}
