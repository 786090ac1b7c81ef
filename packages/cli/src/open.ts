import { setMaxListeners } from 'node:events';
import {
  type Command,
  type CommandControl,
  type CommandRequest,
  type DesiredState,
  type Flotilla,
  type FlotillaEvent,
  hasChanges,
  type LoadOptions,
  parseMirror,
  type ReleaseChange,
  type ReleasePlan,
  type RunReport,
  releasePlan,
} from '@flotilla/core';
import { composeFlotilla, composePorts, type ExecutorName } from './compose.ts';
import type { PostRenderFunctions } from './post-renderers.ts';

/**
 * The library's front end (DESIGN D15): Flotilla wired to this process. In: which files, environment and executor. Out: typed
 * plans, reports and events. It prints nothing, sets no exit code, and leaves signals to its caller.
 */

export interface OpenOptions extends LoadOptions {
  /** Directory relative paths start from; the process's own when absent. */
  readonly directory?: string;
  /** Replaces the process environment for templates and children. */
  readonly env?: Readonly<Record<string, string>>;
  /** What drives releases: the engine in process (default), or the helm binary. */
  readonly executor?: ExecutorName;
  readonly helmBinary?: string;
  /** Renders with both executors and fails where a byte differs. */
  readonly verifyExecutor?: boolean;
  /** Functions that releases may name as their `postRenderer`. */
  readonly postRenderers?: PostRenderFunctions;
  readonly kubeconfig?: string;
  /** `FROM=TO` pairs of URL prefixes. */
  readonly mirrors?: readonly string[];
}

/** How a call is followed and stopped. `signal` ends it: nothing new starts, running helm commands are interrupted. */
export type RunOptions = CommandRequest & CommandControl;

/** What was compared, to be looked at and given to `apply`, which then does that or nothing. */
export interface Plan extends ReleasePlan {
  /** What would happen to each release, in Helmfile's order. */
  readonly changes: readonly ReleaseChange[];
  readonly hasChanges: boolean;
  /** The differences as text, in helm-diff's layout. */
  readonly text: string;
  readonly report: RunReport;
}

export interface RenderedManifests {
  /** Every manifest, as `flotilla template` prints them. */
  readonly text: string;
  readonly report: RunReport;
}

/** Disposing it ends the connections it keeps. */
export interface OpenedFlotilla extends AsyncDisposable {
  /** The desired state; loaded once. Rejects with DiagnosticsError, which carries every problem with its place. */
  readonly load: () => Promise<DesiredState>;
  /** Compares with the cluster and changes nothing. */
  readonly plan: (options?: RunOptions) => Promise<Plan>;
  /** Upgrades what differs, removes what is no longer wanted. */
  readonly apply: (options?: RunOptions) => Promise<RunReport>;
  /** Upgrades everything. */
  readonly sync: (options?: RunOptions) => Promise<RunReport>;
  /** Compares, with the text as `product` events. */
  readonly diff: (options?: RunOptions) => Promise<RunReport>;
  /** Removes the releases, dependants first. */
  readonly destroy: (options?: RunOptions) => Promise<RunReport>;
  readonly template: (options?: RunOptions) => Promise<RenderedManifests>;
}

/** Opens the helmfiles of a directory. Nothing is read until the first call. */
export async function open(options: OpenOptions = {}): Promise<OpenedFlotilla> {
  const { directory = process.cwd(), env, kubeconfig, mirrors = [], executor, ...others } = options;
  const { verifyExecutor = false, postRenderers = {}, ...load } = others;
  const environment = env ?? definedEnvironment();
  const ports = composePorts({
    env: environment,
    workingDirectory: directory,
    approval: unattended,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  });
  const flotilla = await composeFlotilla(ports, {
    ...(options.helmBinary === undefined ? {} : { helmBinary: options.helmBinary }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(executor === undefined ? {} : { executor }),
    verifyExecutor,
    postRenderers,
    mirrors: mirrors.map(mirrorOf),
  });
  return opened(flotilla, load);
}

const unattended = { ask: async () => true };

function definedEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
}

function mirrorOf(text: string): NonNullable<ReturnType<typeof parseMirror>> {
  const mirror = parseMirror(text);
  if (mirror === undefined) throw new TypeError(`a mirror must be FROM=TO, got: ${text}`);
  return mirror;
}

function opened(flotilla: Flotilla, load: LoadOptions): OpenedFlotilla {
  let state: Promise<DesiredState> | undefined;
  const loaded = (): Promise<DesiredState> =>
    (state ??= flotilla.load(load).catch((error: unknown) => {
      state = undefined;
      throw error;
    }));
  const call =
    (command: Command) =>
    async (options: RunOptions = {}): Promise<RunReport> =>
      command(await loaded(), options, controlOf(options));
  return {
    load: loaded,
    apply: (options = {}) => call(flotilla.apply)({ upgradesFailed: true, ...options }),
    sync: call(flotilla.sync),
    diff: call(flotilla.diff),
    destroy: call(flotilla.destroy),
    plan: async (options = {}) => {
      const diff = { ...options.diff, detailedExitCode: true };
      const asked = { upgradesFailed: true, ...options, diff };
      const { report, text } = await collect(flotilla.diff, await loaded(), asked);
      const plan = releasePlan(report.files);
      const changes = plan.files.flatMap((file) => file.changes);
      return { ...plan, changes, hasChanges: hasChanges(plan), text, report };
    },
    template: async (options = {}) => collect(flotilla.template, await loaded(), options),
    [Symbol.asyncDispose]: () => flotilla[Symbol.asyncDispose](),
  };
}

function controlOf({ signal, onEvent }: CommandControl): CommandControl {
  if (signal !== undefined) setMaxListeners(0, signal);
  return { ...(signal === undefined ? {} : { signal }), ...(onEvent === undefined ? {} : { onEvent }) };
}

/** Runs a command and keeps its product. */
async function collect(
  command: Command,
  state: DesiredState,
  options: RunOptions,
): Promise<RenderedManifests> {
  const pieces: string[] = [];
  const onEvent = (event: FlotillaEvent): void => {
    if (event.type === 'product') pieces.push(event.text);
    options.onEvent?.(event);
  };
  const report = await command(state, options, { ...controlOf(options), onEvent });
  return { text: pieces.join(''), report };
}
