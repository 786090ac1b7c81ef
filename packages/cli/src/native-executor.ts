import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ExecutorSettings, HelmExecutor, Ports } from '@flotilla/core';
import { decodeBytes } from '@flotilla/gocompat';
import { clusterOpener } from './open-cluster.ts';
import { type PostRenderFunctions, postRendererFinder } from './post-renderers.ts';
import { runOwner } from './run-owner.ts';

/** The `native` executor wired to this process: its clusters, its clock, its name in Leases. */

export type ExecutorFactory = (settings: ExecutorSettings) => HelmExecutor;

export interface NativeWiring {
  readonly ports: Ports;
  readonly kubeconfig: string | undefined;
  readonly postRenderers?: PostRenderFunctions | undefined;
  /** Serves what the engine does not do. */
  readonly throughHelm: ExecutorFactory;
}

/** The engine in process, with the helm binary behind it. */
export async function nativeExecutor({
  ports,
  kubeconfig,
  postRenderers = {},
  throughHelm,
}: NativeWiring): Promise<ExecutorFactory> {
  const helm = await import('@flotilla/helm');
  const { templateHost: host, clock, files, workingDirectory } = ports;
  const charts = new helm.NativeCharts(
    (directory) =>
      helm.createNodeRegistryHost({
        environment: ports.environment,
        platform: process.platform,
        homeDirectory: homedir(),
        directory,
      }),
    workingDirectory,
  );
  return (settings) =>
    helm.createNativeExecutor({
      charts,
      host,
      postRenderer: postRendererFinder(helm, ports, postRenderers),
      readText: (path) => decodeBytes(files.read(resolve(workingDirectory, path))),
      fallback: throughHelm(settings),
      releases: {
        openCluster: clusterOpener({ environment: ports.environment, workingDirectory, clock, kubeconfig }),
        clock,
        zone: host.localZone(),
        owner: runOwner(),
        kubeContext: settings.kubeContext,
        driver: ports.environment['HELM_DRIVER'] ?? '',
      },
    });
}

/** `--verify-executor`: the first executor, its renderings compared with the second's. */
export async function verifiedExecutor(
  first: ExecutorFactory,
  second: ExecutorFactory,
): Promise<ExecutorFactory> {
  const { verifyingExecutor } = await import('@flotilla/helm');
  return (settings) => verifyingExecutor(first(settings), second(settings));
}
