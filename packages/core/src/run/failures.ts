import { type Diagnostic, errorDiagnostic, formatDiagnostic, type Span, source } from '@flotilla/diagnostics';
import type { DesiredRelease } from '../desired/desired-state.ts';
import { valuesProblem } from '../environment/values-problem.ts';
import { ExecutorError, type ReleaseRequest } from '../ports/executor.ts';
import { FileError } from '../ports/files.ts';
import type { PreparationFailure } from '../prepare/file-preparation.ts';
import type { HookFailure } from '../prepare/hooks.ts';
import { failureDump } from '../report/failure-dump.ts';
import type { Failure, RunError } from '../report/run-report.ts';
import { writtenIn } from '../yaml/yaml-documents.ts';

/** Failures as the report keeps them, each with the words Helmfile has for it. */
export interface DescribedFailure {
  readonly failure: Failure;
  readonly text: string;
}

/** `span` is the line that made the executor do it, where no release says that. */
export function executorFailure(error: ExecutorError, span?: Span): DescribedFailure {
  const { code, message, transcript } = error;
  const failure: Failure = {
    kind: 'executor',
    code,
    message,
    diagnostic: error.diagnostic ?? errorDiagnostic(`executor/${code}`, message.trim(), { span }),
    ...(transcript === undefined ? {} : { transcript }),
  };
  if (transcript !== undefined) return { failure, text: failureDump(transcript) };
  // The first thing anyone asks of helm is its version.
  const prefix = code === 'helm-not-found' ? 'error determining helm version: unexpected error: ' : '';
  return { failure, text: prefix + message };
}

export function hookFailure(given: HookFailure): DescribedFailure {
  const { hook, message, diagnostic, transcript } = given;
  const failure: Failure = {
    kind: 'hook',
    hook,
    message,
    diagnostic,
    ...(transcript === undefined ? {} : { transcript }),
  };
  return { failure, text: transcript === undefined ? message : `${message}: ${failureDump(transcript)}` };
}

export function diagnosticsFailure(diagnostics: readonly Diagnostic[]): DescribedFailure {
  const [first] = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const text = first === undefined ? '' : (first.referenceText ?? formatDiagnostic(first));
  return { failure: { kind: 'diagnostics', diagnostics }, text };
}

/** What a failed program printed on stdout. */
export function failedOutput({ failure }: DescribedFailure): string {
  return failure.kind === 'executor' || failure.kind === 'hook' ? (failure.transcript?.stdout ?? '') : '';
}

export interface CaughtOptions {
  /** Paths are shown as seen from here. */
  readonly directory?: string;
  /** What was asked for: its values may be to blame. */
  readonly request?: ReleaseRequest;
}

/** A rejection of the executor port or of the file system; anything else is a bug and goes on. */
export function caughtFailure(error: unknown, { directory, request }: CaughtOptions = {}): DescribedFailure {
  if (error instanceof ExecutorError) return executorFailure(blamingValues(error, request));
  if (!(error instanceof FileError)) throw error;
  const message = directory === undefined ? error.message : error.message.replace(`${directory}/`, '');
  return diagnosticsFailure([errorDiagnostic('cli/file-failed', message, { referenceText: message })]);
}

/** An executor that cannot read values names the document; where in it is found out here. */
function blamingValues(error: ExecutorError, request: ReleaseRequest | undefined): ExecutorError {
  if (request === undefined || error.diagnostic !== undefined || !/failed to parse /.test(error.message))
    return error;
  for (const { origin, content, isSecret, path } of request.values) {
    if (isSecret) continue;
    const text = source(path === undefined ? `${origin} (rendered)` : origin, content);
    const diagnostic = valuesProblem(text, writtenIn(text));
    if (diagnostic === undefined) continue;
    const { code, message, key, transcript } = error;
    const known = { ...(key && { key }), ...(transcript && { transcript }) };
    return new ExecutorError(code, message, { ...known, diagnostic, cause: error });
  }
  return error;
}

/** A failure of one release, behind Helmfile's prefix. */
export function releaseError(
  release: DesiredRelease,
  described: DescribedFailure,
  prefix: (name: string) => string = (name) => `failed processing release ${name}: `,
): Omit<RunError, 'fileIndex'> {
  const referenceText = prefix(release.key.name) + described.text;
  return { release: release.id, failure: described.failure, referenceText };
}

/** Failures of chart preparation; Helmfile prints the list of them in brackets. */
export function preparationErrors(
  failures: readonly PreparationFailure[],
): readonly Omit<RunError, 'fileIndex'>[] {
  return failures.map((given) => {
    const described = describePreparation(given);
    const release = given.release === undefined ? {} : { release: given.release };
    const text = given.kind === 'executor' ? given.prefix + described.text : described.text;
    return {
      ...release,
      failure: described.failure,
      referenceText: given.release === undefined ? text : `[${text}]`,
    };
  });
}

export function describePreparation(given: PreparationFailure): DescribedFailure {
  switch (given.kind) {
    case 'executor':
      return executorFailure(given.error, given.span);
    case 'hook':
      return hookFailure(given.failure);
    case 'diagnostics':
      return diagnosticsFailure(given.diagnostics);
  }
}
