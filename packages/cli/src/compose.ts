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
  createNodeClock,
  createNodeFiles,
  createNodeProcesses,
  createNodeTemplateHost,
  createOfflineFetcher,
  createSopsSecretResolver,
} from '@flotilla/core/node';
import type { CommandContext } from './commands/command.ts';
import { UsageError } from './flags/parse-arguments.ts';
import type { Host } from './host.ts';
import { terminalApproval } from './terminal-approval.ts';

/**
 * The composition root: which adapters stand behind the core's ports, decided from settings and the host.
 * What only some commands need (executors, diffs) is loaded when it is first asked for.
 */

export interface Composition {
  readonly flotilla: Flotilla;
  readonly ports: Ports;
}

/** Ports of this process, and Flotilla over them. */
export async function compose(context: CommandContext): Promise<Composition> {
  const { host, settings } = context;
  const ports = composePorts(host);
  const { createHelmCliExecutor } = await import('./helm-executor.ts');
  const executor = ({ helmBinary, kubeContext }: ExecutorSettings): HelmExecutor =>
    createHelmCliExecutor(ports, {
      helmBinary,
      kubeContext,
      directory: host.workingDirectory,
      showsSetValues: !settings.stripArgsValuesOnExitError,
      disableForceUpdate: settings.disableForceUpdate,
      repositoryRetries: settings.repoRetries,
      ociPlainHttp: settings.ociPlainHttp,
      ...(settings.kubeconfig === '' ? {} : { kubeconfig: settings.kubeconfig }),
    });
  const flotilla = createFlotilla({
    ports,
    executor,
    mirrors: settings.mirrors.map(readMirror),
    ...(settings.helmBinary === 'helm' ? {} : { helmBinary: settings.helmBinary }),
  });
  return { flotilla, ports };
}

/** The Node adapters. */
export function composePorts(host: Host): Ports {
  const { env: environment, workingDirectory } = host;
  const temporaryRoot = environment['TMPDIR'];
  const files = createNodeFiles(temporaryRoot === undefined ? {} : { temporaryRoot });
  const processes = createNodeProcesses({ environment });
  const approval: Approval = terminalApproval(host);
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
