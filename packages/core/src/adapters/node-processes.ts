import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { GracefulStop, interruptStage } from '../ports/interruption.ts';
import {
  ProcessError,
  type ProcessErrorCode,
  type Processes,
  type ProcessRequest,
  type ProcessResult,
} from '../ports/processes.ts';
import { OutputCollector } from './output-collector.ts';

/**
 * Child processes on Node. In: a program, its arguments, a signal. Out: how it ended, with all it printed.
 * Every child leads a process group of its own, so that stopping it reaches what it started; the promise settles only when the
 * child is gone. Not its business: what the output means, shells (there are none).
 */

export interface NodeProcessesOptions {
  /** The environment children get. */
  readonly environment: Readonly<Record<string, string>>;
  /** Time between SIGTERM and SIGKILL. */
  readonly killDelayMs?: number;
  /** More output than this stops the child; stdout and stderr together. */
  readonly maxOutputBytes?: number;
}

const defaultKillDelayMs = 2000;
const defaultMaxOutputBytes = 512 * 1024 * 1024;

/** The Processes port over `node:child_process`. */
export function createNodeProcesses(options: NodeProcessesOptions): Processes {
  return {
    run: (request, signal) => runProcess(request, signal, options),
    locate: (command) => locateProgram(command, options.environment),
  };
}

async function runProcess(
  request: ProcessRequest,
  signal: AbortSignal,
  options: NodeProcessesOptions,
): Promise<ProcessResult> {
  const started = performance.now();
  const env = { ...options.environment, ...request.env };
  const program = locateProgram(request.command, env, request.directory);
  if (program === undefined) throw notFound(request.command, request.directory);
  if (signal.aborted) throw new ProcessError('aborted', `${request.command} was not started`);
  const child = spawn(program, request.args, {
    cwd: request.directory,
    env,
    argv0: request.command,
    detached: process.platform !== 'win32',
    stdio: [request.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const limit = options.maxOutputBytes ?? defaultMaxOutputBytes;
  const stopper = new Stopper(child, options.killDelayMs ?? defaultKillDelayMs);
  const output = new OutputCollector(limit, () => stopper.terminate(), request.onLine);
  using _listening = stopOnAbort(signal, stopper);
  const timeout = startTimeout(request.timeoutMs, stopper);
  try {
    feed(child, request.stdin);
    const ended = await waitForEnd(child, output);
    const result = { ...ended, ...output.take(), isTimedOut: stopper.isTimedOut };
    return judge({ ...result, durationMs: performance.now() - started }, { request, signal, output });
  } finally {
    clearTimeout(timeout);
    stopper.dispose();
  }
}

function judge(
  result: ProcessResult,
  run: { readonly request: ProcessRequest; readonly signal: AbortSignal; readonly output: OutputCollector },
): ProcessResult {
  if (run.output.isOverLimit) {
    throw new ProcessError('output-too-large', `${run.request.command} printed too much`, result);
  }
  if (run.signal.aborted && result.exitCode !== 0) {
    throw new ProcessError('aborted', `${run.request.command} was interrupted`, result);
  }
  return result;
}

interface Ended {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

function waitForEnd(child: ChildProcess, output: OutputCollector): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => output.add('stdout', chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.add('stderr', chunk));
    child.once('error', (error: NodeJS.ErrnoException) => reject(startFailure(child, error)));
    child.once('close', (code, signal) =>
      resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }),
    );
  });
}

function feed(child: ChildProcess, stdin: string | undefined): void {
  if (child.stdin === null || stdin === undefined) return;
  // A program that ends without reading its input is no failure of ours.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
}

function startTimeout(timeoutMs: number | undefined, stopper: Stopper): NodeJS.Timeout | undefined {
  if (timeoutMs === undefined) return undefined;
  return setTimeout(() => {
    stopper.isTimedOut = true;
    stopper.terminate();
  }, timeoutMs);
}

/** Sends the child's group the signals that end it. */
class Stopper {
  isTimedOut = false;
  readonly #child: ChildProcess;
  readonly #killDelayMs: number;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, killDelayMs: number) {
    this.#child = child;
    this.#killDelayMs = killDelayMs;
  }

  interrupt(): void {
    this.#send('SIGINT');
  }

  terminate(): void {
    if (this.#killTimer !== undefined) return;
    this.#send('SIGTERM');
    this.#killTimer = setTimeout(() => this.#send('SIGKILL'), this.#killDelayMs);
  }

  dispose(): void {
    clearTimeout(this.#killTimer);
    // Whatever the child left behind in its group still holds its pipes and files.
    if (this.#killTimer !== undefined) this.#send('SIGKILL');
  }

  #send(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }
}

function stopOnAbort(signal: AbortSignal, stopper: Stopper): Disposable {
  const forced = (): void => stopper.terminate();
  let second: AbortSignal | undefined;
  const first = (): void => {
    if (interruptStage(signal) === 'forced') stopper.terminate();
    else stopper.interrupt();
    if (signal.reason instanceof GracefulStop) {
      second = signal.reason.forced;
      second.addEventListener('abort', forced, { once: true });
    }
  };
  signal.addEventListener('abort', first, { once: true });
  return {
    [Symbol.dispose]: () => {
      signal.removeEventListener('abort', first);
      second?.removeEventListener('abort', forced);
    },
  };
}

/** Absolute path of `command`: as Go's `exec.LookPath`, names with a separator are taken as they are. */
function locateProgram(
  command: string,
  environment: Readonly<Record<string, string>>,
  directory = '/',
): string | undefined {
  if (command.includes('/') || command.includes(sep)) {
    const path = isAbsolute(command) ? command : join(directory, command);
    return isExecutable(path) ? path : undefined;
  }
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const path = join(folder === '' ? '.' : folder, command);
    if (isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function notFound(command: string, directory: string): ProcessError {
  if (!command.includes('/')) {
    return new ProcessError('not-found', `exec: "${command}": executable file not found in $PATH`);
  }
  const isThere = existsSync(isAbsolute(command) ? command : join(directory, command));
  return isThere
    ? new ProcessError('not-executable', `fork/exec ${command}: permission denied`)
    : new ProcessError('not-found', `fork/exec ${command}: no such file or directory`);
}

function startFailure(child: ChildProcess, error: NodeJS.ErrnoException): ProcessError {
  const codes: Readonly<Record<string, ProcessErrorCode>> = { ENOENT: 'not-found', EACCES: 'not-executable' };
  const code = codes[error.code ?? ''] ?? 'io';
  return new ProcessError(code, `fork/exec ${child.spawnfile}: ${error.message}`);
}
