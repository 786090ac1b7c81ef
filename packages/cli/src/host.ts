import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { StandardOutput } from './standard-output.ts';

/**
 * What a process gives the program: arguments, streams, environment, signals. Tests give their own.
 * Not its business: reading any of it; main and the commands do.
 */

export interface Host {
  /** Arguments after the script. */
  readonly argv: readonly string[];
  /** The name the program was called by. */
  readonly program: 'flotilla' | 'helmfile';
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly stdin: Readable;
  readonly isInputTerminal: boolean;
  readonly isOutputTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** Width of the terminal behind standard error; 80 when there is none. */
  readonly columns: number;
  writeOutput(text: string): void;
  writeError(text: string): void;
  /** Calls `listener` for SIGINT and SIGTERM until disposed. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): Disposable;
}

/** The host of the running process. */
export function processHost(): Host {
  const { argv, env } = process;
  const output = new StandardOutput(1);
  const errors = new StandardOutput(2);
  return {
    argv: argv.slice(2),
    program: basename(argv[1] ?? '').startsWith('helmfile') ? 'helmfile' : 'flotilla',
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ''])),
    workingDirectory: process.cwd(),
    // Node makes each stream when it is first asked for; most runs need only one of the three.
    get stdin() {
      return process.stdin;
    },
    get isInputTerminal() {
      return process.stdin.isTTY === true;
    },
    get isOutputTerminal() {
      return output.isTerminal;
    },
    get isErrorTerminal() {
      return errors.isTerminal;
    },
    get columns() {
      return process.stderr.columns ?? 80;
    },
    writeOutput: (text) => output.write(text),
    writeError: (text) => errors.write(text),
    onSignal: listenForSignals,
  };
}

function listenForSignals(listener: (signal: 'SIGINT' | 'SIGTERM') => void): Disposable {
  const onInterrupt = (): void => listener('SIGINT');
  const onTerminate = (): void => listener('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    [Symbol.dispose]() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
