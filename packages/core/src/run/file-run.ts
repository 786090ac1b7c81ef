import type { DesiredRelease, DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import type { DownloadPlace } from '../prepare/download-path.ts';
import type { Downloads, FilePreparationOptions, PreparedFile } from '../prepare/file-preparation.ts';
import { prepareFile } from '../prepare/file-preparation.ts';
import { runHooks } from '../prepare/hooks.ts';
import { log, type Session, workingDirectoryOf } from '../prepare/session.ts';
import type { FileReport } from '../report/run-report.ts';
import { resolvePath } from '../source/paths.ts';
import { type DescribedFailure, hookFailure, preparationErrors } from './failures.ts';
import { FileRecord } from './file-record.ts';
import { reportLate, withoutFailed } from './late-failures.ts';

/**
 * The envelope around every command on one state file (helmfile-cli.md §5.1): preparation, the command, the global `cleanup`
 * hook. In: a file with the releases chosen from it. Out: its report. Not its business: what the command does.
 */

export interface FileInput {
  readonly state: DesiredState;
  readonly file: DesiredStateFile;
  readonly fileIndex: number;
  /** Chosen releases by group of needs, as Helmfile orders them. */
  readonly groups: readonly (readonly DesiredRelease[])[];
}

export interface FileWork extends FileInput {
  readonly session: Session;
  readonly prepared: PreparedFile;
  readonly record: FileRecord;
}

export type FileBody = (work: FileWork) => Promise<void>;

/** Runs a command on one file. Failures end up in the report; bugs and aborts of the loader reject. */
export async function runFile(
  session: Session,
  given: FileInput,
  command: { readonly preparation: FilePreparationOptions; readonly body: FileBody },
): Promise<FileReport> {
  const { file, fileIndex } = given;
  const record = new FileRecord(session, file, fileIndex);
  session.emit({ type: 'file.started', file: file.name });
  const chosen = new Set(given.groups.flat());
  const releases = file.releases.filter((release) => chosen.has(release));
  record.isMatched = releases.length > 0;
  await using place = downloadPlace(session, file, command.preparation.downloads);
  const input = { file, releases, ...place.value };
  const preparation = await prepareFile(session, input, command.preparation);
  if (preparation.kind === 'failed') {
    for (const error of preparationErrors(preparation.failures)) record.fail(error);
  } else {
    const { prepared, failures } = preparation;
    const groups = withoutFailed({ ...given, record }, failures);
    if (!record.hasErrors) await command.body({ ...given, groups, session, prepared, record });
    record.tellActed();
    const cleanup =
      command.preparation.skipsHooks === true ? undefined : await cleanupFailure(session, file, record);
    if (session.options.allowFailedReleases === true) reportLate(record, { failures, cleanup });
    else if (cleanup !== undefined) record.fail({ failure: cleanup.failure, referenceText: cleanup.text });
  }
  session.emit({ type: 'file.finished', file: file.name });
  return record.report();
}

/** Runs the global `cleanup` hooks, which see the first error. */
export async function cleanupFailure(
  session: Session,
  file: DesiredStateFile,
  record: FileRecord,
): Promise<DescribedFailure | undefined> {
  const [first] = record.report().errors;
  const failure = await runHooks(session, {
    event: 'cleanup',
    file,
    command: session.command,
    ...(first === undefined ? {} : { error: first.referenceText }),
  });
  return failure === undefined ? undefined : hookFailure(failure);
}

/** The directory downloads go to; a temporary one lives as long as the command on the file. */
function downloadPlace(
  session: Session,
  file: DesiredStateFile,
  downloads: Downloads | undefined,
): AsyncDisposable & { readonly value: { readonly download?: DownloadPlace } } {
  if (downloads === undefined) return { value: {}, [Symbol.asyncDispose]: async () => {} };
  if (downloads.kind === 'kept') {
    const { directory: printed } = downloads;
    const directory = resolvePath(workingDirectoryOf(session, file), printed);
    log(session, 'info', `Charts will be downloaded to: ${printed}`);
    const download = { directory, printed, takesAll: true };
    return { value: { download }, [Symbol.asyncDispose]: async () => {} };
  }
  const temporary = session.ports.files.makeTemporaryDirectory('flotilla-charts-');
  return {
    value: { download: { directory: temporary.path, printed: temporary.path, takesAll: false } },
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}
