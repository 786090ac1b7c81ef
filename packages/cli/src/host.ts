import { fstatSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

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
      return process.stdout.isTTY === true;
    },
    get isErrorTerminal() {
      return process.stderr.isTTY === true;
    },
    get columns() {
      return process.stderr.columns ?? 80;
    },
    writeOutput: writeToOutput,
    writeError: (text) => void process.stderr.write(text),
    onSignal: listenForSignals,
  };
}

/** Files and pipes are written to without Node's stream, which takes three milliseconds to make. */
let isOutputPlain: boolean | undefined;

function hasPlainOutput(): boolean {
  const output = process.platform === 'win32' ? undefined : fstatSync(1);
  return output?.isFile() === true || output?.isFIFO() === true;
}

function writeToOutput(text: string): void {
  isOutputPlain ??= hasPlainOutput();
  const rest = isOutputPlain ? writePlainly(Buffer.from(text)) : text;
  if (rest.length === 0) return;
  isOutputPlain = false;
  writeToStream(rest);
}

/** What could not be written: the stream waits for a pipe that takes no more at once, and deals with closed ones. */
function writePlainly(bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch {
    // The stream meets the same error and reports it.
  }
  return rest;
}

let isOutputGuarded = false;

/** A reader that has seen enough (`| head`) ends the output, not the run. */
function writeToStream(text: string | Uint8Array): void {
  if (!isOutputGuarded) {
    isOutputGuarded = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.stdout.write(text);
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
