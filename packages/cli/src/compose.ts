import type { Readable } from 'node:stream';
import {
  type Approval,
  type Capability,
  createFlotilla,
  type ExecutorSettings,
  type Flotilla,
  type HelmExecutor,
  type ManifestDiffer,
  type Mirror,
  type Ports,
  parseMirror,
} from '@flotilla/core';
import {
  createHelmCliExecutor,
  createNodeClock,
  createNodeFiles,
  createNodeProcesses,
  createNodeTemplateHost,
  createOfflineFetcher,
  createSopsSecretResolver,
  type HelmCliOptions,
} from '@flotilla/core/node';
import { cacheFolder } from './cache-folder.ts';
import type { CommandContext } from './commands/command.ts';
import { UsageError } from './flags/parse-arguments.ts';
import type { ExecutorFactory, NativeWiring } from './native-executor.ts';
import { clusterOpener, lazyLiveStates } from './open-cluster.ts';
import type { PostRenderFunctions } from './post-renderers.ts';
import { terminalApproval } from './terminal-approval.ts';

/**
 * The composition root: which adapters stand behind the core's ports, decided from settings and the host.
 * What only some commands need (diffs) is loaded when it is first asked for.
 */

export interface ProcessFacts {
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly approval: Approval;
  readonly kubeconfig?: string;
  /** What was read from standard input, for `--file -`. */
  readonly standardInput?: Uint8Array;
}

export interface FlotillaSettings extends Partial<Omit<HelmCliOptions, 'directory' | 'kubeContext'>> {
  readonly mirrors: readonly Mirror[];
  readonly deny?: ReadonlySet<Capability>;
  /** What drives releases; `native` unless given. Commands that only read state files need none. */
  readonly executor?: ExecutorName | 'none';
  /** Renders with both executors and fails where they differ. */
  readonly verifyExecutor?: boolean;
  readonly postRenderers?: PostRenderFunctions;
}

export type ExecutorName = 'native' | 'helm';

/** Flotilla as a command line asks for it; `none` for commands that only read state files. */
export async function compose(
  { host, settings }: CommandContext,
  executor: ExecutorName | 'none' = settings.executor ?? 'native',
): Promise<Flotilla> {
  const { env, workingDirectory } = host;
  const kubeconfig = settings.kubeconfig === '' ? {} : { kubeconfig: settings.kubeconfig };
  const facts = { env, workingDirectory, approval: terminalApproval(host), ...kubeconfig };
  const ports = composePorts(
    settings.file === '-' ? { ...facts, standardInput: await readAll(host.stdin) } : facts,
  );
  return composeFlotilla(ports, {
    executor,
    verifyExecutor: settings.verifyExecutor,
    showsSetValues: !settings.stripArgsValuesOnExitError,
    disableForceUpdate: settings.disableForceUpdate,
    repositoryRetries: settings.repoRetries,
    ociPlainHttp: settings.ociPlainHttp,
    mirrors: settings.mirrors.map(readMirror),
    deny: new Set(settings.deny),
    ...kubeconfig,
    ...(settings.helmBinary === 'helm' ? {} : { helmBinary: settings.helmBinary }),
  });
}

/** Flotilla over ports and an executor. */
export async function composeFlotilla(ports: Ports, settings: FlotillaSettings): Promise<Flotilla> {
  const { mirrors, deny, helmBinary: given, executor: name = 'native', ...options } = settings;
  const { verifyExecutor = false, postRenderers } = settings;
  const throughHelm = ({ helmBinary, kubeContext }: ExecutorSettings): HelmExecutor =>
    createHelmCliExecutor(ports, { ...options, helmBinary, kubeContext, directory: ports.workingDirectory });
  const wiring = { ports, kubeconfig: options.kubeconfig, postRenderers, throughHelm };
  const executor = name === 'none' ? throughHelm : await chosenExecutor(name, verifyExecutor, wiring);
  return createFlotilla({
    ports,
    executor,
    mirrors,
    ...(deny === undefined ? {} : { deny }),
    ...(given === undefined ? {} : { helmBinary: given }),
  });
}

async function chosenExecutor(
  name: ExecutorName,
  isVerified: boolean,
  wiring: NativeWiring,
): Promise<ExecutorFactory> {
  if (name === 'helm' && !isVerified) return wiring.throughHelm;
  const { nativeExecutor, verifiedExecutor } = await import('./native-executor.ts');
  const native = await nativeExecutor(wiring);
  if (!isVerified) return native;
  return name === 'native'
    ? verifiedExecutor(native, wiring.throughHelm)
    : verifiedExecutor(wiring.throughHelm, native);
}

/** The Node adapters. */
export function composePorts({
  env: environment,
  workingDirectory,
  approval,
  kubeconfig,
  standardInput,
}: ProcessFacts): Ports {
  const temporaryRoot = environment['TMPDIR'];
  const files = createNodeFiles({
    ...(temporaryRoot === undefined ? {} : { temporaryRoot }),
    ...(standardInput === undefined ? {} : { standardInput }),
  });
  const processes = createNodeProcesses({ environment });
  const clock = createNodeClock();
  return {
    files,
    processes,
    fetcher: createOfflineFetcher(),
    secrets: createSopsSecretResolver({ processes, files, directory: workingDirectory }),
    clock,
    approval,
    differ: lazyDiffer(),
    liveStates: lazyLiveStates(clusterOpener({ environment, workingDirectory, clock, kubeconfig })),
    templateHost: createNodeTemplateHost(environment),
    environment,
    cacheDirectory: cacheFolder({ env: environment, workingDirectory }),
    workingDirectory,
  };
}

async function readAll(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function lazyDiffer(): ManifestDiffer {
  return {
    diff: async (input, options) => {
      const { manifestDiffer } = await import('@flotilla/helm');
      return manifestDiffer().diff(input, options);
    },
  };
}

function readMirror(text: string): Mirror {
  const mirror = parseMirror(text);
  if (mirror === undefined) throw new UsageError(`--mirror must be FROM=TO, got: ${text}`, text);
  return mirror;
}
