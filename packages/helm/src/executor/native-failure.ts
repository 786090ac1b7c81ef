import { ExecutorError, type ExecutorErrorCode, type ReleaseKey } from '@flotilla/core';
import { GoError } from '@flotilla/gocompat';
import { ReleasePending } from '../action/pending.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { ReleaseBusy } from '../release/release-lock.ts';

/**
 * Errors of the engine as the executor port names them. The transcript says what helm would have printed for the same
 * failure, so that reports read alike whichever executor ran.
 */

/** A failure behind what helm has printed on stdout by then. */
export class FailedAfterOutput extends GoError {
  readonly output: string;

  constructor(output: string, cause: GoError) {
    super(cause.message, { cause });
    this.output = output;
  }
}

/** Runs a step; a GoError comes back as an ExecutorError, everything else passes. */
export async function asExecutorError<T>(
  argv: readonly string[],
  key: ReleaseKey,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw executorError(argv, key, error);
  }
}

function executorError(argv: readonly string[], key: ReleaseKey, error: GoError): ExecutorError {
  return new ExecutorError(codeOf(error, argv), error.message, {
    key,
    cause: error,
    transcript: {
      argv: ['helm', ...argv],
      exitCode: 1,
      signal: undefined,
      durationMs: 0,
      stdout: error instanceof FailedAfterOutput ? error.output : '',
      stderr: `Error: ${error.message}\n`,
    },
  });
}

function codeOf(error: GoError, argv: readonly string[]): ExecutorErrorCode {
  for (const each of causesOf(error)) {
    const code = codeOfCause(each);
    if (code !== undefined) return code;
  }
  if (error.message.includes('kubernetes cluster unreachable')) return 'cluster-unreachable';
  if (/context deadline exceeded|timed out waiting/.test(error.message)) return 'timeout';
  if (argv[0] === 'test') return 'test-failed';
  return argv[0] === 'template' ? 'render-failed' : 'unclassified';
}

function codeOfCause(cause: unknown): ExecutorErrorCode | undefined {
  if (cause instanceof ReleasePending || cause instanceof ReleaseBusy) return 'release-pending';
  if (!(cause instanceof ClusterError)) return undefined;
  switch (cause.reason) {
    case 'Forbidden':
    case 'Unauthorized':
      return 'permission-denied';
    case 'Invalid':
      return 'update-forbidden';
    default:
      return undefined;
  }
}

function* causesOf(error: unknown): Generator {
  for (let each: unknown = error; each instanceof Error; each = each.cause) yield each;
}
