import { setMaxListeners } from 'node:events';
import { createNodeClock, createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  type ActionContext,
  type Cluster,
  leaseLocks,
  logRecord,
  memoryStorage,
  objectStorage,
  type StorageDriver,
  storageKindOf,
} from '@flotilla/helm';
import { openAnyCluster } from '../open-cluster.ts';
import { runOwner } from '../run-owner.ts';
import type { HelmCall } from './helm-command.ts';
import { namespaceOf } from './helm-settings.ts';
import { lazyCluster } from './lazy-cluster.ts';

/**
 * What commands on releases share: the cluster of the command line, the storage of its namespace, an interruption.
 * In: a call. Out: the engine's context; the cluster is reached when an action asks for it.
 */

export interface SessionOptions {
  /** Read releases of all namespaces. */
  readonly allNamespaces?: boolean;
  /** Told when a signal stops the command. */
  readonly onInterrupt?: () => void;
}

/** Runs `work` with the engine's context; nothing of it is open afterwards. Rejects with GoError. */
export async function withReleases<T>(
  call: HelmCall,
  work: (context: ActionContext) => Promise<T>,
  { allNamespaces = false, onInterrupt }: SessionOptions = {},
): Promise<T> {
  const interruption = new AbortController();
  // Every request and every wait listens.
  setMaxListeners(0, interruption.signal);
  using _signals = call.host.onSignal(() => {
    if (!interruption.signal.aborted) onInterrupt?.();
    interruption.abort(new GoError('context canceled'));
  });
  const context = contextOf(call, interruption.signal, allNamespaces);
  try {
    return await work(context);
  } finally {
    await context.cluster[Symbol.asyncDispose]();
  }
}

function contextOf(call: HelmCall, signal: AbortSignal, allNamespaces: boolean): ActionContext {
  const { host, registry, settings } = call;
  const clock = createNodeClock();
  const { log } = registry;
  const namespace = namespaceOf(settings, registry.files);
  const { workingDirectory } = host;
  const cluster = lazyCluster(() => openAnyCluster(settings.kube, { workingDirectory, clock }), {
    context: settings.kube.context ?? '',
    defaultNamespace: namespace,
  });
  return {
    cluster,
    storage: storageOf(call, cluster, allNamespaces ? '' : namespace),
    namespace,
    compat: 'v4',
    clock,
    zone: createNodeTemplateHost(host.env).localZone(),
    signal,
    log,
    locks: leaseLocks(cluster, { owner: runOwner(), clock, log }),
    onHookOutput: (text) => log(logRecord(text)),
  };
}

/** Where `HELM_DRIVER` says releases are kept. Throws GoError for places there are not. */
function storageOf({ host, registry }: HelmCall, cluster: Cluster, namespace: string): StorageDriver {
  const driver = host.env['HELM_DRIVER'] ?? '';
  if (driver === 'memory') return memoryStorage();
  const { now, log } = registry;
  return objectStorage(cluster, { kind: storageKindOf(driver), namespace, compat: 'v4', now, log });
}
