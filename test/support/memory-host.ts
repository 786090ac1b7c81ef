import { Readable } from 'node:stream';
import type { Host } from 'flotilla';

/** A process for tests: arguments in, collected streams out. No terminal, no signals. */
export interface MemoryHost extends Host {
  readonly output: () => string;
  readonly error: () => string;
}

export interface MemoryHostOptions {
  readonly program?: Host['program'];
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

export function memoryHost(options: MemoryHostOptions): MemoryHost {
  const output: string[] = [];
  const error: string[] = [];
  return {
    argv: options.argv,
    program: options.program ?? 'helmfile',
    env: options.env ?? {},
    workingDirectory: options.workingDirectory,
    stdin: Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    isInputTerminal: false,
    isOutputTerminal: false,
    isErrorTerminal: false,
    columns: 100,
    writeOutput: (text) => void output.push(text),
    writeError: (text) => void error.push(text),
    onSignal: () => ({ [Symbol.dispose]: () => undefined }),
    output: () => output.join(''),
    error: () => error.join(''),
  };
}
