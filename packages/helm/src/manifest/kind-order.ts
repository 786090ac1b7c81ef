/** The order in which Helm installs and uninstalls kinds. */

import { compareStrings } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';

export type KindOrder = 'install' | 'uninstall';

const webhooks = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'] as const;

const installKinds = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
] as const;

function ranksOf(kinds: readonly string[]): ReadonlyMap<string, number> {
  return new Map(kinds.map((kind, rank) => [kind, rank]));
}

/** Uninstalling reverses installing, but services go before what they serve. */
function uninstallKinds(kinds: readonly string[]): string[] {
  const reversed = [...kinds].reverse().filter((kind) => kind !== 'Service');
  reversed.splice(reversed.indexOf('IngressClass') + 1, 0, 'Service');
  return reversed;
}

const ranks: Readonly<Record<HelmCompat, Readonly<Record<KindOrder, ReadonlyMap<string, number>>>>> = {
  v4: {
    install: ranksOf([...installKinds, ...webhooks]),
    uninstall: ranksOf(uninstallKinds([...installKinds, ...webhooks])),
  },
  v3: { install: ranksOf(installKinds), uninstall: ranksOf(uninstallKinds(installKinds)) },
};

/** Stable sort by kind (Helm 4.3.1 `SortManifests`): unknown kinds last, alphabetically among themselves. */
export function sortByKind<T extends { readonly kind: string }>(
  items: readonly T[],
  order: KindOrder,
  compat: HelmCompat = 'v4',
): T[] {
  const rank = ranks[compat][order];
  return [...items].sort((a, b) => {
    const rankA = rank.get(a.kind);
    const rankB = rank.get(b.kind);
    if (rankA === undefined && rankB === undefined) return compareStrings(a.kind, b.kind);
    if (rankA === undefined) return 1;
    if (rankB === undefined) return -1;
    return rankA - rankB;
  });
}
