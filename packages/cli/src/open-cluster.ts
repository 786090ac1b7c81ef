import { resolve } from 'node:path';
import type { Clock, LiveStates } from '@flotilla/core';
import type { Cluster, KubeSettings } from '@flotilla/helm';

/** Clusters as a command line reaches them: by kube context, or the sandbox in the working directory. */

export interface ClusterFacts {
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly clock: Clock;
  readonly kubeconfig: string | undefined;
}

export type ClusterOpener = (kubeContext: string) => Promise<Cluster>;

/** How to open the cluster of a kube context; empty means the current one. */
export function clusterOpener({
  environment,
  workingDirectory,
  clock,
  kubeconfig,
}: ClusterFacts): ClusterOpener {
  return (kubeContext) => {
    const context = kubeContext === '' ? {} : { context: kubeContext };
    const given = kubeconfig === undefined ? {} : { kubeconfig: resolve(workingDirectory, kubeconfig) };
    return openAnyCluster({ environment, ...context, ...given }, { workingDirectory, clock });
  };
}

/** The cluster that settings name: that of a kubeconfig, or the sandbox in the working directory. */
export async function openAnyCluster(
  settings: KubeSettings,
  { workingDirectory, clock }: Pick<ClusterFacts, 'workingDirectory' | 'clock'>,
): Promise<Cluster> {
  const helm = await import('@flotilla/helm');
  return settings.context === helm.sandboxContext
    ? helm.openSandboxCluster({ folder: helm.defaultSandboxFolder(workingDirectory), clock })
    : helm.openCluster({ settings });
}

/** The port to clusters for comparisons, loaded by the first question. */
export function lazyLiveStates(open: ClusterOpener): LiveStates {
  let loaded: Promise<LiveStates> | undefined;
  return {
    read: async (question, signal) => {
      loaded ??= import('@flotilla/helm').then(({ createLiveStates }) => createLiveStates(open));
      return (await loaded).read(question, signal);
    },
    [Symbol.asyncDispose]: async () => (await loaded)?.[Symbol.asyncDispose](),
  };
}
