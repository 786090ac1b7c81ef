import { classifyFailure, ExecutorError, type ExecutorErrorCode, type ReleaseKey } from '@flotilla/core';
import { type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';
import { GoError } from '@flotilla/gocompat';
import { ReleasePending } from '../action/pending.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import { chartDiagnostic } from '../engine/chart-diagnostic.ts';
import { RenderError } from '../engine/render-error.ts';
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
    ...placeOf(error),
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
  return classifyFailure({ verb: argv[0] ?? '', stderr: `Error: ${error.message}` });
}

/** Where in a chart it happened. */
function placeOf(error: GoError): { readonly diagnostic?: Diagnostic } {
  for (const each of causesOf(error)) {
    const diagnostic = each instanceof RenderError ? chartDiagnostic(each) : undefined;
    if (diagnostic?.span !== undefined) return { diagnostic };
  }
  return withheldReason(error);
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

/** Helm keeps to itself what is wrong with an archive. */
function withheldReason({ message, cause }: GoError): { readonly diagnostic?: Diagnostic } {
  if (!message.endsWith('unable to load chart archive') || !(cause instanceof GoError)) return {};
  return { diagnostic: errorDiagnostic('executor/chart-invalid', `${message}: ${cause.message}`) };
}

function* causesOf(error: unknown): Generator {
  for (let each: unknown = error; each instanceof Error; each = each.cause) yield each;
}
