import type { ChartRequest, DependencyRequest, Repository } from '../../ports/executor.ts';
import { chartVersion, download, switches, value } from './flag-words.ts';
import { type HelmVersion, isAtLeast } from './helm-version.ts';

/**
 * The argv of helm verbs about repositories, registries, charts and their dependencies, in Helmfile 1.8.0's order
 * (helmfile-cli.md §6.2, §6.11). In: typed requests. Out: argv after the frame; passwords go through stdin.
 */

export interface RepositoryArgsOptions {
  readonly version: HelmVersion;
  /** Leaves `--force-update` out. */
  readonly disableForceUpdate?: boolean;
}

/** `helm repo add`. */
export function repositoryAddArgs(repository: Repository, options: RepositoryArgsOptions): readonly string[] {
  const isForced = options.disableForceUpdate !== true && isAtLeast(options.version, '3.3.2');
  return [
    'repo',
    'add',
    repository.name,
    repository.url,
    ...(isForced ? ['--force-update'] : []),
    ...tlsFiles(repository, 'certificate first'),
    ...(repository.passCredentials === true ? ['--pass-credentials'] : []),
    ...(repository.skipTlsVerify === true ? ['--insecure-skip-tls-verify'] : []),
    ...user(repository),
  ];
}

/** `helm registry login`; undefined without both credentials: Helmfile does not log in then. */
export function registryLoginArgs(
  repository: Repository,
  version: HelmVersion,
): readonly string[] | undefined {
  if (!hasCredentials(repository)) return undefined;
  return [
    'registry',
    'login',
    registryHost(repository.url),
    ...(isAtLeast(version, '3.12.0') ? tlsFiles(repository, 'certificate first') : []),
    ...(repository.skipTlsVerify === true ? ['--insecure'] : []),
    ...user(repository),
  ];
}

/** True when both halves of the credentials are there. */
export function hasCredentials(repository: Repository): boolean {
  return (repository.username ?? '') !== '' && (repository.password ?? '') !== '';
}

/** `helm fetch` of a repository chart. */
export function fetchArgs(request: ChartRequest): readonly string[] {
  return [
    'fetch',
    request.reference,
    ...chartVersion(request.version),
    ...switches([request.devel, '--devel']),
    ...verification(request),
    ...download(request),
    '--untar',
    '--untardir',
    request.destination,
    ...(request.extraArgs ?? []),
  ];
}

export interface PullOptions {
  /** `--oci-plain-http`: adds a `--plain-http` of its own. */
  readonly ociPlainHttp?: boolean;
}

/** `helm pull` of an OCI chart. */
export function pullArgs(request: ChartRequest, options: PullOptions = {}): readonly string[] {
  return [
    'pull',
    request.reference,
    '--destination',
    request.destination,
    '--untar',
    ...repositoryFlags(request.repository),
    ...verification(request),
    ...download(request),
    ...(request.reference.includes('@') ? [] : chartVersion(request.version)),
    ...switches([request.devel, '--devel']),
    ...(options.ociPlainHttp === true ? ['--plain-http'] : []),
    ...(request.extraArgs ?? []),
  ];
}

/** `helm show chart`: how constraints on OCI charts are resolved, and the version of a chart read. */
export function showChartArgs(request: Omit<ChartRequest, 'destination'>): readonly string[] {
  return [
    'show',
    'chart',
    request.reference,
    ...repositoryFlags(request.repository),
    ...download(request),
    ...verification(request),
    ...chartVersion(request.version),
    ...(request.extraArgs ?? []),
  ];
}

/** `helm dependency build` or `update`. */
export function dependencyArgs(request: DependencyRequest, helm: HelmVersion): readonly string[] {
  return [
    'dependency',
    request.mode,
    request.chartPath,
    ...(request.mode === 'build' && request.skipRefresh ? ['--skip-refresh'] : []),
    ...(request.plainHttp === true && helm.major >= 4 ? ['--plain-http'] : []),
    ...dependencyExtraArgs(request.extraArgs),
  ];
}

const dependencyFlags = [
  '--n',
  '-n',
  '--debug',
  '--kube-context',
  '--kube-token',
  '--kube-as-user',
  '--kube-ca-file',
  '--registry-config',
  '--repository-config',
  '--repository-cache',
  '--burst-limit',
  '--verify',
  '--keyring',
  '--skip-refresh',
  '--username',
  '--password',
  '--cert-file',
  '--key-file',
  '--ca-file',
];

/**
 * Of the user's extra args those that `helm dependency` knows. Helmfile 1.8.0 drops the value of a kept `--flag value` pair,
 * which helm then refuses; the pair stays together here.
 */
function dependencyExtraArgs(extraArgs: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let isKept = false;
  for (const arg of extraArgs) {
    if (arg.startsWith('-')) {
      const [name = ''] = arg.split('=');
      isKept = dependencyFlags.includes(name);
    }
    if (isKept) kept.push(arg);
  }
  return kept;
}

function repositoryFlags(repository: Repository | undefined): readonly string[] {
  if (repository === undefined) return [];
  const security =
    repository.plainHttp === true
      ? ['--plain-http']
      : [
          ...(repository.skipTlsVerify === true ? ['--insecure-skip-tls-verify'] : []),
          ...tlsFiles(repository, 'authority first'),
        ];
  return [
    ...security,
    ...(repository.verify === true ? ['--verify'] : []),
    ...value('--keyring', repository.keyring),
    ...value('--registry-config', repository.registryConfig),
  ];
}

function tlsFiles(repository: Repository, order: 'certificate first' | 'authority first'): readonly string[] {
  const { certFile = '', keyFile = '', caFile } = repository;
  const client = certFile !== '' && keyFile !== '' ? ['--cert-file', certFile, '--key-file', keyFile] : [];
  const authority = value('--ca-file', caFile);
  return order === 'certificate first' ? [...client, ...authority] : [...authority, ...client];
}

function user(repository: Repository): readonly string[] {
  return hasCredentials(repository) ? ['--username', repository.username ?? '', '--password-stdin'] : [];
}

/** Host and port of a registry URL. */
function registryHost(url: string): string {
  const [host = ''] = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split('/');
  return host;
}

function verification(request: { readonly verify?: boolean; readonly keyring?: string }): readonly string[] {
  return [...switches([request.verify, '--verify']), ...value('--keyring', request.keyring)];
}
