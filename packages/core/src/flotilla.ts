import { type Diagnostic, DiagnosticsError, hasErrors, Redactor } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredState, DesiredStateFile } from './desired/desired-state.ts';
import { createEmit } from './events/event-log.ts';
import type { CommandName, Emit, FlotillaEvent, FlotillaEventBody } from './events/events.ts';
import { loadDesiredState } from './load/load-desired-state.ts';
import type { LoadOptions } from './load/load-options.ts';
import type { HelmExecutor } from './ports/executor.ts';
import { interruptStage } from './ports/interruption.ts';
import type { Ports } from './ports/ports.ts';
import type { CommandOptions } from './prepare/command-options.ts';
import type { FilePreparationOptions } from './prepare/file-preparation.ts';
import type { Mirror } from './prepare/mirrors.ts';
import { emptyMemo, type Session } from './prepare/session.ts';
import { exitStatus } from './report/exit-status.ts';
import type { FileReport, RunReport } from './report/run-report.ts';
import { applyFile } from './run/apply-file.ts';
import { destroyFile } from './run/destroy-file.ts';
import { diffFile } from './run/diff-file.ts';
import { type FileBody, runFile } from './run/file-run.ts';
import { syncFile } from './run/sync-file.ts';
import { checkNeeds } from './select/needs-rules.ts';
import { releaseGroups } from './select/release-graph.ts';
import { type NeedsPolicy, selectReleases } from './select/selection.ts';
import { EffectLedger } from './template-context/effects.ts';
import { performEffect } from './template-context/perform-effect.ts';
import type { Capability } from './template-context/render-context.ts';
import { TemplateRenderer } from './template-context/template-renderer.ts';

/**
 * Flotilla: the library's front door (DESIGN D15). In: ports, an executor, typed options, a signal. Out: reports, and events while
 * it works. Everything it needs from outside comes in through the ports; it prints nothing and keeps nothing between calls.
 */

/** What decides which executor serves a state file. */
export interface ExecutorSettings {
  readonly helmBinary: string;
  /** `helmDefaults.kubeContext`, or the command's override. */
  readonly kubeContext: string;
}

export interface FlotillaOptions {
  readonly ports: Ports;
  /** Called once for each distinct pair of settings. */
  readonly executor: (settings: ExecutorSettings) => HelmExecutor;
  readonly mirrors?: readonly Mirror[];
  readonly deny?: ReadonlySet<Capability>;
  /** `--helm-binary`: overrides what state files say. */
  readonly helmBinary?: string;
}

export interface CommandRequest extends CommandOptions {
  /** `skip` by default. */
  readonly needs?: NeedsPolicy;
  readonly allowsNoMatch?: boolean;
}

/** How a caller follows and stops a command. */
export interface CommandControl {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: FlotillaEvent) => void;
}

type Command = (
  state: DesiredState,
  request?: CommandRequest,
  control?: CommandControl,
) => Promise<RunReport>;

export interface Flotilla {
  /**
   * Finds, reads and judges state files. Gives the state with its warnings; rejects with DiagnosticsError when there are errors.
   * A state for `destroy` is best loaded with `isReversed`, as Helmfile does.
   */
  readonly load: (options?: LoadOptions, control?: CommandControl) => Promise<DesiredState>;
  /** Upgrades every chosen release, removes those marked `installed: false`. Rejects with DiagnosticsError for a bad selection. */
  readonly sync: Command;
  /** Compares, then acts on the releases that differ. Rejects with DiagnosticsError for a bad selection. */
  readonly apply: Command;
  /** Compares; changes nothing. Rejects with DiagnosticsError for a bad selection. */
  readonly diff: Command;
  /** Removes the chosen releases. Rejects with DiagnosticsError for a bad selection. */
  readonly destroy: Command;
}

/** A Flotilla over the given ports. */
export function createFlotilla(options: FlotillaOptions): Flotilla {
  const reversed = new WeakSet<DesiredState>();
  return {
    load: async (load = {}, control = {}) => {
      const state = await loadState(options, load, control);
      if (load.isReversed === true) reversed.add(state);
      return state;
    },
    sync: (state, request, control) => runCommand(options, syncCommand, { state, request, control }),
    apply: (state, request, control) => runCommand(options, applyCommand, { state, request, control }),
    diff: (state, request, control) => runCommand(options, diffCommand, { state, request, control }),
    destroy: (state, request, control) =>
      runCommand(
        options,
        {
          name: 'destroy',
          body: destroyFile,
          preparation: repositoriesAsAsked,
          isReversed: !reversed.has(state),
        },
        { state, request, control },
      ),
  };
}

async function loadState(
  options: FlotillaOptions,
  load: LoadOptions,
  control: CommandControl,
): Promise<DesiredState> {
  const signal = control.signal ?? new AbortController().signal;
  const { value, diagnostics } = await loadDesiredState(load, options.ports, signal);
  const emit = createEmit(options.ports.clock, control.onEvent ?? (() => undefined));
  for (const diagnostic of diagnostics) emit({ type: 'diagnostic', diagnostic });
  if (value === undefined || hasErrors(diagnostics)) throw new DiagnosticsError(diagnostics);
  return value;
}

interface CommandShape {
  readonly name: CommandName;
  readonly body: FileBody;
  readonly preparation: (request: CommandRequest) => FilePreparationOptions;
  readonly isReversed?: boolean;
  readonly keepsDisabled?: boolean;
}

const syncCommand: CommandShape = { name: 'sync', body: syncFile, preparation: repositoriesAsAsked };
const applyCommand: CommandShape = { name: 'apply', body: applyFile, preparation: repositoriesAsAsked };
const diffCommand: CommandShape = { name: 'diff', body: diffFile, preparation: repositoriesAsAsked };

interface CommandInput {
  readonly state: DesiredState;
  readonly request: CommandRequest | undefined;
  readonly control: CommandControl | undefined;
}

function repositoriesAsAsked(request: CommandRequest): FilePreparationOptions {
  return { skipsRepositories: request.skipDeps === true || request.skipRefresh === true };
}

async function runCommand(
  options: FlotillaOptions,
  shape: CommandShape,
  { state, request = {}, control = {} }: CommandInput,
): Promise<RunReport> {
  const session = createSession(options, shape, { request, control });
  const { clock } = options.ports;
  const started = clock.now();
  session.emit({ type: 'run.started', command: shape.name });
  using _listening = reportInterrupts(session);
  const chosen = choose(session, state, { request, shape });
  const files: FileReport[] = [];
  for (const [fileIndex, file] of inOrder(state.files, shape.isReversed === true)) {
    if (session.signal.aborted) break;
    const groups = releaseGroups(file, chosen);
    const command = { preparation: shape.preparation(request), body: shape.body };
    const report = await runFile(session, { state, file, fileIndex, groups }, command);
    files.push(report);
    if (report.errors.length > 0) break;
  }
  const exit = exitStatus(files, {
    isDetailed: request.diff?.detailedExitCode === true,
    isInterrupted: session.signal.aborted,
    allowsNoMatch: request.allowsNoMatch === true,
  });
  const report: RunReport = { command: shape.name, files, durationMs: clock.now() - started, exit };
  session.emit({ type: 'run.finished', report });
  return report;
}

function inOrder(
  files: readonly DesiredStateFile[],
  isReversed: boolean,
): readonly (readonly [number, DesiredStateFile])[] {
  const entries = [...files.entries()];
  return isReversed ? entries.reverse() : entries;
}

function choose(
  session: Session,
  state: DesiredState,
  { request, shape }: { readonly request: CommandRequest; readonly shape: CommandShape },
): ReadonlySet<DesiredRelease> {
  const needs = request.needs ?? 'skip';
  const selection = selectReleases(state, { needs, keepsDisabled: shape.keepsDisabled ?? false });
  const selected = selection.value?.selected ?? [];
  const diagnostics = [...selection.diagnostics, ...checkNeeds(state, selected, needs)];
  report(session, diagnostics);
  const excluded = (selection.value?.choices.length ?? 0) - selected.length;
  session.emit({ type: 'selection.made', included: selected.length, excluded });
  return new Set(selected);
}

function report(session: Session, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) session.emit({ type: 'diagnostic', diagnostic });
  if (hasErrors(diagnostics)) throw new DiagnosticsError(diagnostics);
}

function createSession(
  options: FlotillaOptions,
  shape: CommandShape,
  { request, control }: { readonly request: CommandRequest; readonly control: CommandControl },
): Session {
  const { ports } = options;
  const redactor = new Redactor();
  const signal = control.signal ?? new AbortController().signal;
  const deny = options.deny ?? new Set<Capability>();
  return {
    command: shape.name,
    options: request,
    ports,
    signal,
    emit: redacted(redactor, createEmit(ports.clock, control.onEvent ?? (() => undefined))),
    renderer: createRenderer(options, { redactor, signal, deny }),
    redactor,
    mirrors: options.mirrors ?? [],
    deny,
    executorFor: executorCache(options, request),
    memo: emptyMemo(),
  };
}

function createRenderer(
  { ports }: FlotillaOptions,
  given: {
    readonly redactor: Redactor;
    readonly signal: AbortSignal;
    readonly deny: ReadonlySet<Capability>;
  },
): TemplateRenderer {
  const { files, environment } = ports;
  return new TemplateRenderer({
    world: {
      files,
      environment,
      redactor: given.redactor,
      deny: given.deny,
      isInsecureDisabled: [
        'HELMFILE_DISABLE_INSECURE_FEATURES',
        'HELMFILE_DISABLE_INSECURE_TEMPLATE_FUNCTIONS',
      ].some((name) => environment[name] === 'true'),
      projectDirectories: [ports.workingDirectory],
    },
    host: ports.templateHost,
    ledger: new EffectLedger(),
    perform: (request) => performEffect(request, { ...ports, redactor: given.redactor }, given.signal),
  });
}

function executorCache(
  options: FlotillaOptions,
  request: CommandRequest,
): (file: DesiredStateFile) => HelmExecutor {
  const known = new Map<string, HelmExecutor>();
  return ({ spec }) => {
    const helmBinary = options.helmBinary ?? spec.helmBinary ?? 'helm';
    const kubeContext = request.kubeContext ?? spec.helmDefaults?.kubeContext ?? '';
    const key = `${helmBinary}\n${kubeContext}`;
    const executor = known.get(key) ?? options.executor({ helmBinary, kubeContext });
    known.set(key, executor);
    return executor;
  };
}

/** Keeps secrets out of everything that is told but the product itself. */
function redacted(redactor: Redactor, emit: Emit): Emit {
  return (event) => emit(withoutSecrets(redactor, event));
}

function withoutSecrets(redactor: Redactor, event: FlotillaEventBody): FlotillaEventBody {
  switch (event.type) {
    case 'executor.command':
      return { ...event, argv: event.argv.map((arg) => redactor.redact(arg)) };
    case 'executor.output':
      return { ...event, line: redactor.redact(event.line) };
    case 'executor.progress':
    case 'helmfile.log':
      return { ...event, message: redactor.redact(event.message) };
    default:
      return event;
  }
}

function reportInterrupts(session: Session): Disposable {
  const { signal } = session;
  const tell = (): void => {
    session.emit({ type: 'run.interrupted', stage: interruptStage(signal) ?? 'graceful' });
  };
  signal.addEventListener('abort', tell, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', tell) };
}
