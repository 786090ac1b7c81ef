import { type Diagnosed, DiagnosticsError, hasErrors, Redactor } from '@flotilla/diagnostics';
import type { DesiredRelease, DesiredState } from './desired/desired-state.ts';
import { createEmit } from './events/event-log.ts';
import { diagnosticWithoutSecrets } from './events/without-secrets.ts';
import { loadDesiredState } from './load/load-desired-state.ts';
import type { LoadOptions } from './load/load-options.ts';
import { projectDirectories } from './load/load-services.ts';
import type { CommandControl, FlotillaOptions, FlotillaSetup } from './prepare/create-session.ts';
import type { EmbeddedValues, EmbedRequest } from './prepare/embed-values.ts';
import type { LockOptions } from './prepare/lock-file.ts';
import { hasLock } from './prepare/lock-path.ts';
import type { RunReport } from './report/run-report.ts';
import type { CommandRequest } from './run/run-command.ts';
import type { CommandStarter } from './run/start-command.ts';
import type { FileVisit } from './run/visit-files.ts';

/**
 * Flotilla: the library's front door (DESIGN D15). In: ports, an executor, typed options, a signal. Out: reports, and events while
 * it works. Everything it needs from outside comes in through the ports; it prints nothing and keeps nothing between calls
 * but its executors; disposing closes them and the port to clusters.
 */

/** A command on the releases of a state. Rejects with DiagnosticsError for a bad selection, otherwise only for bugs. */
export type Command = (
  state: DesiredState,
  request?: CommandRequest,
  control?: CommandControl,
) => Promise<RunReport>;

export interface Flotilla extends AsyncDisposable {
  /**
   * Finds, reads and judges state files. Gives the state with its warnings; rejects with DiagnosticsError when there are errors.
   * A state for `destroy` is best loaded with `isReversed`, as Helmfile does.
   */
  readonly load: (options?: LoadOptions, control?: CommandControl) => Promise<DesiredState>;
  /** Upgrades every chosen release, removes those marked `installed: false`. */
  readonly sync: Command;
  /** Compares, then acts on the releases that differ. */
  readonly apply: Command;
  /** Compares; changes nothing. */
  readonly diff: Command;
  /** Renders manifests; they are `product` events, one for each release. */
  readonly template: Command;
  /** Runs `helm lint` on the charts with their values. */
  readonly lint: Command;
  /** Downloads charts, copies local ones beside them. */
  readonly fetch: Command;
  /** Runs chart tests. */
  readonly test: Command;
  /** Asks helm for the status of installed releases. */
  readonly status: Command;
  /** Writes the merged values of each release to a file. */
  readonly writeValues: Command;
  /** The values and secrets of releases with files replaced by their content. */
  readonly embedValues: (
    request: EmbedRequest,
  ) => Promise<Diagnosed<ReadonlyMap<DesiredRelease, EmbeddedValues>>>;
  /** Resolves the versions of charts and writes the lock file. */
  readonly deps: Command;
  /** Adds repositories, logs in to registries. */
  readonly repos: Command;
  /** Removes the chosen releases. */
  readonly destroy: Command;
  /** The state with the versions of its lock files in place of constraints. Rejects with DiagnosticsError. */
  readonly lockVersions: (state: DesiredState, options?: LockOptions) => Promise<DesiredState>;
  /** Visits the files of a state within the hooks Helmfile runs around commands that only read; their failures are in the report. */
  readonly visitFiles: (visit: FileVisit, control?: CommandControl) => Promise<RunReport>;
}

type CommandKey = Parameters<CommandStarter['start']>[0];

/** A Flotilla over the given ports. What runs commands is loaded with the first of them: reading files needs none of it. */
export function createFlotilla(given: FlotillaOptions): Flotilla {
  const options: FlotillaSetup = { ...given, redactor: given.redactor ?? new Redactor() };
  const loads = new WeakMap<DesiredState, LoadOptions>();
  const starter = lazyStarter(options);
  const directoriesOf = (state: DesiredState): readonly string[] =>
    projectDirectories(loads.get(state)?.file ?? '', options.ports);
  const command =
    (name: CommandKey): Command =>
    async (state, asked = {}, control = {}) => {
      const { isReversed = false, isSequential = false } = loads.get(state) ?? {};
      const request = { sequentialHelmfiles: isSequential, ...asked };
      const { start } = await starter.get();
      return start(name, {
        state,
        request,
        control,
        isReversed,
        projectDirectories: directoriesOf(state),
      });
    };
  return {
    load: async (load = {}, control = {}) => {
      const state = await loadState(options, load, control);
      loads.set(state, load);
      return state;
    },
    ...commandsOf(command),
    ...readingCommands(options, { starter, directoriesOf, loads }),
    [Symbol.asyncDispose]: async () => {
      await starter[Symbol.asyncDispose]();
      await options.ports.liveStates[Symbol.asyncDispose]();
    },
  };
}

function readingCommands(
  options: FlotillaSetup,
  { starter, directoriesOf, loads }: ReadingParts,
): Pick<Flotilla, 'lockVersions' | 'visitFiles' | 'embedValues'> {
  return {
    lockVersions: async (state, lockOptions = {}) => {
      const { files } = options.ports;
      if (!hasLock(files, state)) return state;
      const { applyLocks } = await import('./prepare/lock-file.ts');
      const { state: locked, diagnostics } = applyLocks(files, state, lockOptions);
      if (hasErrors(diagnostics)) throw new DiagnosticsError(diagnostics);
      loads.set(locked, loads.get(state) ?? {});
      return locked;
    },
    visitFiles: async (visit, control = {}) => {
      const call = { visit, control, projectDirectories: directoriesOf(visit.state) };
      return (await starter.get()).visit(call);
    },
    embedValues: async (request) => {
      const { embedValues } = await import('./prepare/embed-values.ts');
      return embedValues(options, { ...request, projectDirectories: directoriesOf(request.state) });
    },
  };
}

interface ReadingParts {
  readonly starter: LazyStarter;
  readonly directoriesOf: (state: DesiredState) => readonly string[];
  readonly loads: WeakMap<DesiredState, LoadOptions>;
}

interface LazyStarter extends AsyncDisposable {
  readonly get: () => Promise<CommandStarter>;
}

function lazyStarter(options: FlotillaSetup): LazyStarter {
  let starter: Promise<CommandStarter> | undefined;
  return {
    get: () => {
      starter ??= import('./run/start-command.ts').then(({ createCommandStarter }) =>
        createCommandStarter(options),
      );
      return starter;
    },
    [Symbol.asyncDispose]: async () => (await starter)?.[Symbol.asyncDispose](),
  };
}

function commandsOf(command: (name: CommandKey) => Command): Pick<Flotilla, CommandKey> {
  return {
    sync: command('sync'),
    apply: command('apply'),
    diff: command('diff'),
    template: command('template'),
    lint: command('lint'),
    fetch: command('fetch'),
    test: command('test'),
    status: command('status'),
    writeValues: command('writeValues'),
    deps: command('deps'),
    repos: command('repos'),
    destroy: command('destroy'),
  };
}

async function loadState(
  options: FlotillaSetup,
  load: LoadOptions,
  control: CommandControl,
): Promise<DesiredState> {
  const signal = control.signal ?? new AbortController().signal;
  const { ports, redactor } = options;
  const { value, diagnostics: found } = await loadDesiredState({ ...load, redactor }, ports, signal);
  const diagnostics = found.map((each) => diagnosticWithoutSecrets(redactor, each));
  const emit = createEmit(ports.clock, control.onEvent ?? (() => undefined));
  for (const diagnostic of diagnostics) emit({ type: 'diagnostic', diagnostic });
  if (value === undefined || hasErrors(diagnostics)) throw new DiagnosticsError(diagnostics);
  return value;
}
