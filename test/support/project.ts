import {
  type CommandControl,
  createFlotilla,
  type DesiredState,
  ExecutorError,
  type Flotilla,
  type FlotillaEvent,
  type LiveStates,
  type LoadOptions,
  type ManifestDiffer,
  type Ports,
} from '@flotilla/core';
import {
  createHelmCliExecutor,
  createNodeTemplateHost,
  createOfflineFetcher,
  createSopsSecretResolver,
} from '@flotilla/core/node';
import { ManualClock } from './manual-clock.ts';
import { MemoryFiles } from './memory-files.ts';
import { type Script, ScriptedProcesses } from './scripted-processes.ts';

export interface ProjectOptions {
  /** Files below the project's directory, `/project`. */
  readonly files: Readonly<Record<string, string>>;
  /** Answers of helm and of every other program. */
  readonly script?: Script;
  readonly helmVersion?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly differ?: ManifestDiffer;
  readonly liveStates?: LiveStates;
  readonly answer?: boolean;
  readonly load?: LoadOptions;
}

/** A project in memory, with a Flotilla over a helm whose answers are scripted. */
export interface Project {
  readonly flotilla: Flotilla;
  readonly files: MemoryFiles;
  readonly processes: ScriptedProcesses;
  readonly clock: ManualClock;
  readonly events: FlotillaEvent[];
  readonly control: CommandControl;
  readonly load: (options?: LoadOptions) => Promise<DesiredState>;
  /** helm's arguments, call by call. */
  readonly helm: () => readonly string[];
  /** What Helmfile's logger would have said at info level and above. */
  readonly log: () => readonly string[];
}

const plainDiffer: ManifestDiffer = {
  diff: async ({ before, after }) => ({
    hasChanges: before.trim() !== after.trim(),
    text: before.trim() === after.trim() ? '' : `-${before.trim()}\n+${after.trim()}\n`,
    added: 0,
    changed: before.trim() === after.trim() ? 0 : 1,
    removed: 0,
  }),
};

const noCluster: LiveStates = {
  read: async () => {
    throw new ExecutorError('cluster-unreachable', 'there is no cluster in this test');
  },
  [Symbol.asyncDispose]: async () => {},
};

export function project(options: ProjectOptions): Project {
  const placed = Object.entries(options.files).map(([path, text]) => [`/project/${path}`, text] as const);
  const files = new MemoryFiles(Object.fromEntries(placed));
  const clock = new ManualClock(1_000_000);
  const version = options.helmVersion ?? 'v4.3.1+gd591a98';
  const processes = new ScriptedProcesses((request, signal) =>
    request.args[0] === 'version' ? { stdout: `${version}\n` } : options.script?.(request, signal),
  );
  const environment = { HOME: '/home/me', PATH: '/usr/bin', ...options.environment };
  const ports: Ports = {
    files,
    processes,
    clock,
    fetcher: createOfflineFetcher(),
    secrets: createSopsSecretResolver({ processes, files, directory: '/project' }),
    approval: { ask: async ({ defaultAnswer }) => options.answer ?? defaultAnswer },
    differ: options.differ ?? plainDiffer,
    liveStates: options.liveStates ?? noCluster,
    templateHost: createNodeTemplateHost(environment),
    environment,
    cacheDirectory: options.environment?.['HELMFILE_CACHE_HOME'] ?? '/home/me/.cache/helmfile',
    workingDirectory: '/project',
  };
  const events: FlotillaEvent[] = [];
  const flotilla = createFlotilla({
    ports,
    executor: ({ helmBinary, kubeContext }) =>
      createHelmCliExecutor({ processes, files, clock }, { helmBinary, kubeContext, directory: '/project' }),
  });
  return {
    flotilla,
    files,
    processes,
    clock,
    events,
    control: { onEvent: (event) => events.push(event) },
    load: (load) => flotilla.load({ ...options.load, ...load }),
    helm: () =>
      processes.requests.filter((each) => each.command === 'helm').map((each) => each.args.join(' ')),
    log: () =>
      events.flatMap((event) =>
        event.type === 'helmfile.log' && event.level !== 'debug' ? [event.message] : [],
      ),
  };
}
