import { execFile } from 'node:child_process';

export interface ProgramResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** The whole environment; that of this process when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** In milliseconds; two minutes when left out. */
  readonly timeout?: number;
}

/** Runs a program to its end, whatever its exit code; rejects when it cannot start or outlives its time. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = process.env, input = '', timeout = 120_000 }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env, timeout, killSignal: 'SIGKILL', maxBuffer: 1 << 28 } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr, exitCode: 0 });
      else if (typeof error.code === 'number') resolve({ stdout, stderr, exitCode: error.code });
      else reject(error);
    });
    child.stdin?.on('error', () => undefined).end(input);
  });
}

/** What a program prints; rejects unless it ends well. */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const result = await runProgram(program, args, options);
  if (result.exitCode !== 0)
    throw new Error(`${program} ended with ${result.exitCode}: ${result.stderr.trim()}`);
  return result;
}
