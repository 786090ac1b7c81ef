import type { DesiredRelease, DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import type { CommandName } from '../events/events.ts';
import { type HookFailure, runHooks } from '../prepare/hooks.ts';
import { mapLimited, readLimit } from '../prepare/map-limited.ts';
import type { Session } from '../prepare/session.ts';
import { exitStatus } from '../report/exit-status.ts';
import type { FileReport, RunReport } from '../report/run-report.ts';
import { preparationErrors } from './failures.ts';
import { FileRecord } from './file-record.ts';
import { cleanupFailure } from './file-run.ts';

/**
 * The envelope around commands that only read (helmfile-cli.md §5.10): the hooks Helmfile runs around `build`, `list` and
 * `show-dag`. In: files with their releases, what to do with each file. Out: the report. Charts are left where they are.
 */

export type ReadingCommand = Extract<CommandName, 'build' | 'list' | 'show-dag'>;

export interface FileVisit {
  readonly command: ReadingCommand;
  readonly state: DesiredState;
  readonly selected: ReadonlySet<DesiredRelease>;
  readonly visit: (file: DesiredStateFile) => void | Promise<void>;
}

/** Visits file by file; the first file whose hooks fail is the last one. */
export async function visitFiles(
  session: Session,
  { state, selected, visit }: Omit<FileVisit, 'command'>,
): Promise<RunReport> {
  const { clock } = session.ports;
  const started = clock.now();
  session.emit({ type: 'run.started', command: session.command });
  const files: FileReport[] = [];
  for (const [index, file] of state.files.entries()) {
    const record = new FileRecord(session, file, index);
    const releases = file.releases.filter((release) => selected.has(release));
    record.isMatched = releases.length > 0;
    for (const error of preparationErrors(await prepareFailures(session, file, releases))) record.fail(error);
    if (!record.hasErrors) {
      await visit(file);
      const failed = await cleanupFailure(session, file, record);
      if (failed !== undefined) record.fail({ failure: failed.failure, referenceText: failed.text });
    }
    files.push(record.report());
    if (record.hasErrors) break;
  }
  const isInterrupted = session.signal.aborted;
  const exit = exitStatus(files, { isDetailed: false, isInterrupted, allowsNoMatch: true });
  const report = { command: session.command, files, durationMs: clock.now() - started, exit };
  session.emit({ type: 'run.finished', report });
  return report;
}

interface PrepareFailure {
  readonly kind: 'hook';
  readonly failure: HookFailure;
  readonly release?: DesiredRelease['id'];
}

/** The `prepare` hooks of the file, then those of its releases, which `list` leaves out. */
async function prepareFailures(
  session: Session,
  file: DesiredStateFile,
  releases: readonly DesiredRelease[],
): Promise<readonly PrepareFailure[]> {
  const { command } = session;
  const moment = { event: 'prepare', file, command } as const;
  const failure = await runHooks(session, moment);
  if (failure !== undefined) return [{ kind: 'hook', failure }];
  if (command === 'list') return [];
  const wanted = releases.filter((release) => release.isInstalled && release.isEnabled);
  const found = await mapLimited(wanted, readLimit(session.options), async (release) => {
    const own = await runHooks(session, { ...moment, release });
    return own === undefined ? [] : [{ kind: 'hook', failure: own, release: release.id } as const];
  });
  return found.flat();
}
