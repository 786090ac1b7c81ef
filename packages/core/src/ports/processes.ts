/** Child processes. One method; a run never rejects for a bad exit, only for not starting or for an abort. */

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  /** Working directory, absolute. */
  readonly directory: string;
  /** Added to the environment the adapter was given. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs?: number;
  /** Called for each complete line as it arrives. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
}

export interface ProcessResult {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly isTimedOut: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** stdout and stderr in the order they arrived. */
  readonly combined: Uint8Array;
  readonly durationMs: number;
}

export type ProcessErrorCode = 'not-found' | 'not-executable' | 'aborted' | 'output-too-large' | 'io';

export class ProcessError extends Error {
  readonly code: ProcessErrorCode;
  /** What the child did until it was stopped, for `aborted`. */
  readonly result: ProcessResult | undefined;

  constructor(code: ProcessErrorCode, message: string, result?: ProcessResult) {
    super(message);
    this.name = 'ProcessError';
    this.code = code;
    this.result = result;
  }
}

export interface Processes {
  /**
   * Runs a program to its end. When `signal` aborts gracefully (see interruption.ts) the whole process group gets SIGINT, with
   * any other reason SIGTERM and later SIGKILL; the promise settles only once the child is gone. A child that an interrupt
   * let end with exit code 0 counts as done; any other end after an abort rejects as `aborted`.
   */
  run(request: ProcessRequest, signal: AbortSignal): Promise<ProcessResult>;
  /** Absolute path of a program as the search path gives it; undefined when there is none. */
  locate(command: string): string | undefined;
}
