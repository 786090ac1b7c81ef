import { gunzipSync } from 'node:zlib';
import type { Cluster, JsonObject } from '@flotilla/helm';
import { decodeRelease } from '@flotilla/helm';

/** What a release left in a namespace, freed of what differs from run to run. */

const kinds = [
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['policy/v1', 'PodDisruptionBudget'],
] as const;

export async function liveState(
  cluster: Cluster,
  namespace: string,
  more: readonly (readonly [string, string])[] = [],
): Promise<unknown> {
  const signal = AbortSignal.timeout(60_000);
  const result: Record<string, unknown> = {};
  for (const [apiVersion, kind] of [...kinds, ...more]) {
    const mapping = await cluster.mapping(apiVersion, kind, { signal });
    for (const object of await cluster.list({ mapping, namespace }, { signal })) {
      const metadata = object['metadata'] as Record<string, unknown>;
      const isOurs = !['kube-root-ca.crt', 'default'].includes(String(metadata['name']));
      const isRecord = object['type'] === 'helm.sh/release.v1';
      const owned = metadata['ownerReferences'] !== undefined;
      if (isOurs && !isRecord && !owned)
        result[`${kind}/${String(metadata['name'])}`] = settled(object, namespace);
    }
  }
  return result;
}

/** Without identities, times, status, and what controllers own. */
function settled(object: JsonObject, namespace: string): unknown {
  const { status: _, ...rest } = object;
  const metadata = { ...(rest['metadata'] as Record<string, unknown>) };
  for (const key of ['uid', 'resourceVersion', 'creationTimestamp', 'generation']) delete metadata[key];
  const managed = (metadata['managedFields'] ?? []) as readonly Record<string, unknown>[];
  metadata['managedFields'] = managed
    .filter(
      (entry) =>
        entry['subresource'] === undefined && !String(entry['manager']).startsWith('kube-controller'),
    )
    .map(({ time: __, ...entry }) => entry)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const { 'deployment.kubernetes.io/revision': ___, ...annotations } = (metadata['annotations'] ??
    {}) as Record<string, unknown>;
  metadata['annotations'] = annotations;
  const spec = { ...(rest['spec'] as Record<string, unknown> | undefined) };
  for (const key of ['clusterIP', 'clusterIPs', 'volumeName']) delete spec[key];
  const text = JSON.stringify({ ...rest, metadata, spec }, (_key, value: unknown) =>
    typeof value === 'bigint' ? `integer ${value}` : value,
  );
  return JSON.parse(
    text
      .replaceAll(namespace, 'NAMESPACE')
      .replaceAll(/"(?:batch\.kubernetes\.io\/)?controller-uid":"[^"]*"/g, '"controller-uid":"UID"')
      .replaceAll(/"nodePort":\d+/g, '"nodePort":"PORT"')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'),
  );
}

/** The server sorts by time, in whole seconds. */
function orderOf(entry: Readonly<Record<string, unknown>>): string {
  return `${String(entry['manager'])} ${String(entry['operation'])} ${JSON.stringify(entry)}`;
}

/** Records of a release: labels of the Secret and the JSON, times and namespace replaced. */
export async function records(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<readonly unknown[]> {
  const signal = AbortSignal.timeout(60_000);
  const mapping = await cluster.mapping('v1', 'Secret', { signal });
  const query = { mapping, namespace, labelSelector: `owner=helm,name=${name}` };
  return (await cluster.list(query, { signal })).map((secret) => {
    const metadata = secret['metadata'] as Record<string, unknown>;
    const data = secret['data'] as Record<string, string>;
    const stored = Buffer.from(data['release'] ?? '', 'base64').toString();
    decodeRelease(stored);
    const json = gunzipSync(Buffer.from(stored, 'base64')).toString();
    return {
      type: secret['type'],
      name: metadata['name'],
      managers: (metadata['managedFields'] as readonly Record<string, unknown>[]).map(
        (entry) => entry['manager'],
      ),
      labels: Object.fromEntries(
        Object.entries(metadata['labels'] as Record<string, string>).map(([key, value]) => [
          key,
          /^\d{10}$/.test(value) ? 'SECONDS' : value,
        ]),
      ),
      record: json
        .replaceAll(namespace, 'NAMESPACE')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, 'TIME')
        .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID'),
    };
  });
}
