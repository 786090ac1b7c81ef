/** What kubeconfig users can say that the Kubernetes client library does not pass on. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parseYaml, toJs } from '@flotilla/gocompat';
import type { Cluster, User } from '@kubernetes/client-node/dist/config_types.js';
import { type JsonObject, listAt, objectOf, textAt } from './json-object.ts';

export interface UserExtras {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tokenFile: string | undefined;
}

/** `as-groups`, `as-uid` and `tokenFile` of the user of that name. */
export function userExtras(files: readonly string[], name: string): UserExtras {
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!/as-groups|as-uid|as-user-extra|tokenFile/.test(text)) continue;
    const document = toJs(parseYaml(text, { dialect: 'v2' }));
    const entry = listAt(document, 'users').find((each) => textAt(each, 'name') === name);
    const user = objectOf(objectOf(entry)?.['user']);
    if (user !== undefined) return extrasOf(user, dirname(file));
  }
  return { headers: {}, tokenFile: undefined };
}

function extrasOf(user: JsonObject, folder: string): UserExtras {
  const groups = listAt(user, 'as-groups').filter((group) => typeof group === 'string');
  const uid = textAt(user, 'as-uid');
  const extra = Object.entries(objectOf(user['as-user-extra']) ?? {}).map(
    ([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values as readonly string[]] as const,
  );
  const tokenFile = textAt(user, 'tokenFile');
  return {
    headers: {
      ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
      ...(uid === '' ? {} : { 'Impersonate-Uid': uid }),
      ...Object.fromEntries(extra),
    },
    tokenFile: tokenFile === '' || isAbsolute(tokenFile) ? tokenFile || undefined : join(folder, tokenFile),
  };
}

/** Tells an exec plugin what client-go tells it: its API version, and the cluster when it asks. */
export function describeExecUser(user: User, cluster: Cluster): User {
  const exec = objectOf(user.exec);
  if (exec === undefined) return user;
  const spec = {
    interactive: false,
    ...(exec['provideClusterInfo'] === true ? { cluster: clusterInfo(cluster) } : {}),
  };
  const info = {
    kind: 'ExecCredential',
    apiVersion: textAt(exec, 'apiVersion') || 'client.authentication.k8s.io/v1',
    spec,
  };
  const variable = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
  return { ...user, exec: { ...exec, env: [...listAt(exec, 'env'), variable] } };
}

function clusterInfo(cluster: Cluster): JsonObject {
  const file = cluster.caFile === undefined ? undefined : readFileSync(cluster.caFile).toString('base64');
  const caData = cluster.caData ?? file;
  return {
    server: cluster.server,
    ...(caData === undefined ? {} : { 'certificate-authority-data': caData }),
    ...(cluster.skipTLSVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.proxyUrl === undefined ? {} : { 'proxy-url': cluster.proxyUrl }),
  };
}
