import { type Diagnostic, DiagnosticsError, hasErrors } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredState, DesiredStateFile } from '../desired/desired-state.ts';
import { interruptStage } from '../ports/interruption.ts';
import type { CommandOptions } from '../prepare/command-options.ts';
import { applyLocks } from '../prepare/lock-file.ts';
import { mapLimited } from '../prepare/map-limited.ts';
import type { Session } from '../prepare/session.ts';
import { exitStatus } from '../report/exit-status.ts';
import type { ExitStatus, FileReport, RunReport } from '../report/run-report.ts';
import { checkNeeds, uninstalledNeeds } from '../select/needs-rules.ts';
import { releaseGroups } from '../select/release-graph.ts';
import { type NeedsPolicy, selectReleases } from '../select/selection.ts';
import type { CommandShape } from './command-shapes.ts';
import { runFile } from './file-run.ts';

/**
 * A command from selection to report. In: a loaded state, what is asked. Out: the report, events on the way. Every problem of the
 * selection is known before anything is touched; then the files of each
 * entry come one after the other, as Helmfile visits them; entries (the files of a helmfile.d) run at the same time.
 */

export interface CommandRequest extends CommandOptions {
  /** `skip` by default. */
  readonly needs?: NeedsPolicy;
  readonly allowsNoMatch?: boolean;
  /** `--enforce-needs-are-installed`: a need that is not to be installed is an error. */
  readonly enforcesNeeds?: boolean;
}

export interface CommandInput {
  readonly state: DesiredState;
  readonly request: CommandRequest;
}

/** Runs a command on every file of a state. Rejects with DiagnosticsError for a bad selection, otherwise only for bugs. */
export async function runCommand(
  session: Session,
  shape: CommandShape,
  input: CommandInput,
): Promise<RunReport> {
  const { clock } = session.ports;
  const started = clock.now();
  session.emit({ type: 'run.started', command: shape.name });
  const finish = (files: readonly FileReport[], exit: ExitStatus): RunReport => {
    const report: RunReport = { command: shape.name, files, durationMs: clock.now() - started, exit };
    session.emit({ type: 'run.finished', report });
    return report;
  };
  using _listening = reportInterrupts(session);
  try {
    const files = await runFiles(session, shape, input);
    return finish(files, exitOf(session, input.request, files));
  } catch (error) {
    if (error instanceof DiagnosticsError) finish([], { code: 1, reason: 'failed' });
    throw error;
  }
}

async function runFiles(
  session: Session,
  shape: CommandShape,
  { state: given, request }: CommandInput,
): Promise<readonly FileReport[]> {
  const state = shape.ignoresLock === true ? given : withLocks(session, given);
  const chosen = choose(session, state, { request, shape });
  const runTree = async (tree: readonly NumberedFile[]): Promise<readonly FileReport[]> => {
    const reports: FileReport[] = [];
    for (const [fileIndex, file] of tree) {
      if (session.signal.aborted) break;
      const groups = releaseGroups(file, chosen);
      const command = { preparation: shape.preparation(request), body: shape.body };
      const report = await runFile(session, { state, file, fileIndex, groups }, command);
      reports.push(report);
      if (report.errors.some((error) => error.isDeferred !== true)) break;
    }
    return reports;
  };
  const trees = fileTrees(state.files, shape.isReversed === true);
  const isSequential = request.sequentialHelmfiles === true;
  if (isSequential) return await runTree(trees.flat());
  return (await mapLimited(trees, 0, runTree)).flat();
}

type NumberedFile = readonly [number, DesiredStateFile];

/** Files by the entry they were reached from: entries are independent, within one the first error ends it. */
function fileTrees(
  files: readonly DesiredStateFile[],
  isReversed: boolean,
): readonly (readonly NumberedFile[])[] {
  const parents = new Map(files.flatMap(({ children }, index) => children.map((child) => [child, index])));
  const rootOf = (index: number): number => {
    const parent = parents.get(index);
    return parent === undefined || parent === index ? index : rootOf(parent);
  };
  const trees = new Map<number, NumberedFile[]>();
  const entries = isReversed ? [...files.entries()].reverse() : [...files.entries()];
  for (const entry of entries) {
    const root = rootOf(entry[0]);
    trees.set(root, [...(trees.get(root) ?? []), entry]);
  }
  return [...trees.values()];
}

function exitOf(session: Session, request: CommandRequest, files: readonly FileReport[]): ExitStatus {
  return exitStatus(files, {
    isDetailed: request.diff?.detailedExitCode === true,
    isInterrupted: session.signal.aborted,
    allowsNoMatch: request.allowsNoMatch === true,
  });
}

function choose(
  session: Session,
  state: DesiredState,
  { request, shape }: { readonly request: CommandRequest; readonly shape: CommandShape },
): ReadonlySet<DesiredRelease> {
  const needs = request.needs ?? 'skip';
  const selection = selectReleases(state, { needs, keepsDisabled: shape.keepsDisabled ?? false });
  const selected = selection.value?.selected ?? [];
  const diagnostics = [
    ...selection.diagnostics,
    ...checkNeeds(state, selected, needs),
    ...(request.enforcesNeeds === true ? uninstalledNeeds(state, selected) : []),
  ];
  judge(session, diagnostics);
  const excluded = (selection.value?.choices.length ?? 0) - selected.length;
  session.emit({ type: 'selection.made', included: selected.length, excluded });
  return new Set(selected);
}

function withLocks(session: Session, given: DesiredState): DesiredState {
  const { state, diagnostics } = applyLocks(session.ports.files, given);
  judge(session, diagnostics);
  return state;
}

function judge(session: Session, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) session.emit({ type: 'diagnostic', diagnostic });
  if (hasErrors(diagnostics)) throw new DiagnosticsError(diagnostics);
}

function reportInterrupts(session: Session): Disposable {
  const { signal } = session;
  const tell = (): void => {
    session.emit({ type: 'run.interrupted', stage: interruptStage(signal) ?? 'graceful' });
  };
  signal.addEventListener('abort', tell, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', tell) };
}
