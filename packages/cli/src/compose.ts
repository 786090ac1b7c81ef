import {
  type Approval,
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
import type { CommandContext } from './commands/command.ts';
import { UsageError } from './flags/parse-arguments.ts';
import { terminalApproval } from './terminal-approval.ts';

/**
 * The composition root: which adapters stand behind the core's ports, decided from settings and the host.
 * What only some commands need (diffs) is loaded when it is first asked for.
 */

export interface ProcessFacts {
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly approval: Approval;
}

export interface FlotillaSettings extends Partial<Omit<HelmCliOptions, 'directory' | 'kubeContext'>> {
  readonly mirrors: readonly Mirror[];
}

/** Flotilla as a command line asks for it. */
export async function compose({ host, settings }: CommandContext): Promise<Flotilla> {
  const { env, workingDirectory } = host;
  const ports = composePorts({ env, workingDirectory, approval: terminalApproval(host) });
  return composeFlotilla(ports, {
    showsSetValues: !settings.stripArgsValuesOnExitError,
    disableForceUpdate: settings.disableForceUpdate,
    repositoryRetries: settings.repoRetries,
    ociPlainHttp: settings.ociPlainHttp,
    mirrors: settings.mirrors.map(readMirror),
    ...(settings.kubeconfig === '' ? {} : { kubeconfig: settings.kubeconfig }),
    ...(settings.helmBinary === 'helm' ? {} : { helmBinary: settings.helmBinary }),
  });
}

/** Flotilla over ports; the helm binary drives releases. */
export async function composeFlotilla(ports: Ports, settings: FlotillaSettings): Promise<Flotilla> {
  const { mirrors, helmBinary: given, ...options } = settings;
  const executor = ({ helmBinary, kubeContext }: ExecutorSettings): HelmExecutor =>
    createHelmCliExecutor(ports, { ...options, helmBinary, kubeContext, directory: ports.workingDirectory });
  return createFlotilla({ ports, executor, mirrors, ...(given === undefined ? {} : { helmBinary: given }) });
}

/** The Node adapters. */
export function composePorts({ env: environment, workingDirectory, approval }: ProcessFacts): Ports {
  const temporaryRoot = environment['TMPDIR'];
  const files = createNodeFiles(temporaryRoot === undefined ? {} : { temporaryRoot });
  const processes = createNodeProcesses({ environment });
  return {
    files,
    processes,
    fetcher: createOfflineFetcher(),
    secrets: createSopsSecretResolver({ processes, files, directory: workingDirectory }),
    clock: createNodeClock(),
    approval,
    differ: lazyDiffer(),
    templateHost: createNodeTemplateHost(environment),
    environment,
    workingDirectory,
  };
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
