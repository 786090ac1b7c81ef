/**
 * KubeConnection: where a cluster is and how to prove who we are. Comes in: kubeconfig files and overrides. Goes out: an
 * address, TLS settings and headers, renewed on demand. Kubernetes' own client library reads the files and runs
 * credential plugins; it is loaded here only. Not its business: requests.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Cluster, User } from '@kubernetes/client-node/dist/config_types.js';
import { type Environment, proxyFromEnvironment } from '../http/node-proxy.ts';
import { ClusterError } from './cluster-error.ts';
import { describeExecUser, userExtras } from './kube-user.ts';

/** Helm's `--kube-*` flags; everything absent comes from the kubeconfig. */
export interface KubeSettings {
  /** `KUBECONFIG` and the proxy variables are read from it. */
  readonly environment: Environment;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly apiServer?: string;
  readonly token?: string;
  readonly caFile?: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify?: boolean;
  readonly asUser?: string;
  readonly asGroups?: readonly string[];
}

export interface TlsSettings {
  readonly ca?: Buffer | string;
  readonly cert?: Buffer | string;
  readonly key?: Buffer | string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

export interface Credentials {
  readonly tls: TlsSettings;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

export interface KubeConnection {
  readonly context: string;
  readonly namespace: string;
  readonly server: URL;
  readonly proxyUrl: string | undefined;
  /** Asked once and kept until {@link KubeConnection.forget}. */
  credentials(): Promise<Credentials>;
  /** The server refused these: ask again next time, unless somebody has already. */
  forget(refused: Credentials): void;
}

/** Reads the kubeconfig. Rejects with ClusterError `Configuration` when there is none for the wanted context. */
export async function openConnection(settings: KubeSettings): Promise<KubeConnection> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node/dist/config.js');
  const files = kubeconfigFiles(settings).filter((path) => existsSync(path));
  const config = mergeFiles(files, () => new Config());
  if (files.length === 0) config.loadFromDefault();
  const wanted = settings.context || config.currentContext;
  if (settings.context && config.getContextObject(settings.context) === null) {
    throw configurationError(`context "${settings.context}" does not exist`);
  }
  if (wanted) config.setCurrentContext(wanted);
  const chosen = wanted ? config.getContextObject(wanted) : null;
  const cluster = overriddenCluster(config.getCurrentCluster(), settings);
  const user = overriddenUser(config.getCurrentUser(), cluster, settings);
  const extras = userExtras(files, chosen?.user ?? '');
  // A new one each time: it keeps what credential plugins said, even when the server no longer takes it.
  const single = (): KubeConfig => {
    const made = new Config();
    made.loadFromOptions({
      clusters: [cluster],
      users: [user],
      contexts: [{ name: 'chosen', cluster: cluster.name, user: user.name }],
      currentContext: 'chosen',
    });
    return made;
  };
  const headers = { ...extras.headers, ...impersonationFlags(settings) };
  const tokenFile = settings.token === undefined ? extras.tokenFile : undefined;
  const server = new URL(cluster.server.endsWith('/') ? cluster.server : `${cluster.server}/`);
  return {
    context: wanted ?? '',
    namespace: chosen?.namespace || 'default',
    server,
    proxyUrl: cluster.proxyUrl ?? proxyFromEnvironment(server, settings.environment),
    ...cachedCredentials(() => readCredentials(single(), headers, tokenFile)),
  };
}

function kubeconfigFiles({ kubeconfig, environment }: KubeSettings): readonly string[] {
  if (kubeconfig) return [kubeconfig];
  const listed = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

/** Files are laid over each other as kubectl does: the first to name something wins. */
function mergeFiles(files: readonly string[], create: () => KubeConfig): KubeConfig {
  const merged = create();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [], currentContext: '' });
  for (const file of files) {
    const config = create();
    try {
      config.loadFromFile(file);
    } catch (error) {
      throw configurationError(`error loading config file "${file}": ${messageOf(error)}`, error);
    }
    for (const cluster of config.clusters) addNew(merged.clusters, cluster);
    for (const user of config.users) addNew(merged.users, user);
    for (const context of config.contexts) addNew(merged.contexts, context);
    if (!merged.currentContext) merged.setCurrentContext(config.currentContext ?? '');
  }
  return merged;
}

function addNew<T extends { readonly name: string }>(list: T[], item: T): void {
  if (!list.some((known) => known.name === item.name)) list.push(item);
}

function overriddenCluster(found: Cluster | null, settings: KubeSettings): Cluster {
  const server = settings.apiServer || found?.server;
  if (!server) throw configurationError('kubernetes cluster unreachable');
  const { caData, ...rest } = found ?? { name: 'chosen', server, skipTLSVerify: false };
  return {
    ...rest,
    ...(settings.caFile !== undefined || caData === undefined ? {} : { caData }),
    ...(settings.caFile === undefined ? {} : { caFile: settings.caFile }),
    ...(settings.tlsServerName === undefined ? {} : { tlsServerName: settings.tlsServerName }),
    server,
    skipTLSVerify:
      server.startsWith('http:') || (settings.insecureSkipTlsVerify ?? found?.skipTLSVerify ?? false),
  };
}

function overriddenUser(found: User | null, cluster: Cluster, settings: KubeSettings): User {
  const user = describeExecUser(found ?? { name: 'chosen' }, cluster);
  return settings.token === undefined ? user : { ...user, token: settings.token };
}

function impersonationFlags({ asUser, asGroups }: KubeSettings): Record<string, string | readonly string[]> {
  return {
    ...(asUser ? { 'Impersonate-User': asUser } : {}),
    ...(asGroups && asGroups.length > 0 ? { 'Impersonate-Group': asGroups } : {}),
  };
}

function cachedCredentials(read: () => Promise<Credentials>): Pick<KubeConnection, 'credentials' | 'forget'> {
  let pending: Promise<Credentials> | undefined;
  let latest: Credentials | undefined;
  const ask = async (): Promise<Credentials> => {
    latest = await read();
    return latest;
  };
  return {
    credentials: () => {
      pending ??= ask();
      return pending;
    },
    forget: (refused) => {
      if (latest !== refused) return;
      latest = undefined;
      pending = undefined;
    },
  };
}

async function readCredentials(
  config: KubeConfig,
  headers: Credentials['headers'],
  tokenFile: string | undefined,
): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw configurationError(`getting credentials: ${messageOf(error)}`, error);
  }
  const { ca, cert, key, auth } = options;
  const servername = (options as { readonly servername?: string }).servername;
  return {
    tls: {
      ...(ca === undefined ? {} : { ca: ca as Buffer }),
      ...(cert === undefined ? {} : { cert: cert as Buffer }),
      ...(key === undefined ? {} : { key: key as Buffer }),
      ...(servername === undefined ? {} : { servername }),
      ...(options.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: options.rejectUnauthorized }),
    },
    headers: {
      ...(options.headers as Credentials['headers'] | undefined),
      ...(auth ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {}),
      ...(tokenFile === undefined
        ? {}
        : { Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` }),
      ...headers,
    },
  };
}

function configurationError(message: string, cause?: unknown): ClusterError {
  return new ClusterError(message, { reason: 'Configuration', status: 0, cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
