import type {
  CallContext,
  ChartRequest,
  DependencyRequest,
  ReleaseRequest,
  Repository,
} from '@flotilla/core';
import { loadChart } from '../chart/load-chart.ts';
import { nodeChartSource } from '../chart/node-files.ts';
import { buildDependencies, updateDependencies } from '../dependency/update-dependencies.ts';
import type { FetchOptions } from '../registry/fetch-chart.ts';
import type { NodeRegistryHost } from '../registry/node-registry-host.ts';
import { locateChart, pullChart } from '../registry/pull-chart.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { loginToRegistry } from '../registry/registry-login.ts';
import { addRepository, updateRepositories } from '../registry/repositories.ts';
import { repositoryEntry } from '../registry/repository-config.ts';

/**
 * Charts from repositories and registries in process: the chart half of the native executor.
 * In: requests. Out: charts on disk, in Helm's own cache and configuration folders; rejects with GoError in Helm's words.
 * A repository is read when it is added, a chart once per reference and version.
 */
export class NativeCharts implements Disposable {
  readonly #createHost: (directory: string) => NodeRegistryHost;
  readonly #hosts = new Map<string, NodeRegistryHost>();
  readonly #directory: string;
  readonly #added = new Set<string>();
  readonly #located = new Map<string, Promise<string>>();

  constructor(createHost: (directory: string) => NodeRegistryHost, directory: string) {
    this.#createHost = createHost;
    this.#directory = directory;
  }

  /** Closes kept connections. */
  [Symbol.dispose](): void {
    for (const host of this.#hosts.values()) host.http.close();
    this.#hosts.clear();
  }

  /** Files and connections for calls that start in `directory`. */
  hostIn(directory: string = this.#directory): RegistryHost {
    const known = this.#hosts.get(directory);
    if (known !== undefined) return known;
    const host = this.#createHost(directory);
    this.#hosts.set(directory, host);
    return host;
  }

  /** `helm repo add --force-update`, or `helm registry login` where credentials are given. */
  async connect(repositories: readonly Repository[], { signal }: CallContext): Promise<void> {
    const host = this.hostIn();
    for (const repository of repositories) {
      if (this.#added.has(repository.name)) continue;
      this.#added.add(repository.name);
      if (repository.isOci) await login(repository, host);
      else await addRepository(entryOf(repository), host, { forceUpdate: true, signal });
    }
  }

  async refresh({ signal }: CallContext): Promise<void> {
    await updateRepositories(this.hostIn(), { signal });
  }

  /** The path of a release's chart archive or directory. */
  locate({ chart, options }: ReleaseRequest, call: CallContext): Promise<string> {
    const version = chart.version ?? '';
    const key = [chart.reference, version, options.devel === true].join('\n');
    const known = this.#located.get(key);
    if (known !== undefined) return known;
    const located = locateChart(chart.reference, this.hostIn(call.directory), {
      version,
      devel: options.devel === true,
      plainHttp: options.plainHttp === true,
      tls: { insecureSkipTlsVerify: options.insecureSkipTlsVerify === true },
      signal: call.signal,
    });
    this.#located.set(key, located);
    return located;
  }

  /** `helm pull --untar`: the path of the unpacked chart. */
  async fetch(request: ChartRequest, call: CallContext): Promise<string> {
    const host = this.hostIn(call.directory);
    const { path } = await pullChart(request.reference, host, {
      ...fetchOptions(request, call),
      destination: request.destination,
      untar: true,
      untarDirectory: request.destination,
    });
    return host.files.absolute(path);
  }

  /** The version of the chart that a constraint means. */
  async resolveVersion(request: Omit<ChartRequest, 'destination'>, call: CallContext): Promise<string> {
    const host = this.hostIn(call.directory);
    const path = await locateChart(request.reference, host, fetchOptions(request, call));
    return loadChart(nodeChartSource(path)).metadata.version;
  }

  /** `helm dependency build` or `update` of a chart on disk. */
  async buildDependencies(request: DependencyRequest, call: CallContext): Promise<void> {
    const host = this.hostIn(call.directory);
    const options = {
      skipRefresh: request.skipRefresh,
      plainHttp: request.plainHttp === true,
      signal: call.signal,
    };
    if (request.mode === 'update') await updateDependencies(request.chartPath, host, options);
    else await buildDependencies(request.chartPath, host, options);
  }
}

function fetchOptions(request: Omit<ChartRequest, 'destination'>, { signal }: CallContext): FetchOptions {
  return {
    version: request.version ?? '',
    devel: request.devel === true,
    plainHttp: request.plainHttp === true,
    tls: { insecureSkipTlsVerify: request.insecureSkipTlsVerify === true },
    verify: request.verify === true ? 'always' : 'never',
    ...(request.keyring === undefined ? {} : { keyring: request.keyring }),
    signal,
  };
}

async function login(repository: Repository, host: RegistryHost): Promise<void> {
  const { username = '', password = '', url } = repository;
  if (username === '' || password === '') return;
  const registry = url.replace(/^[a-z]+:\/\//, '').split('/', 1)[0] ?? '';
  await loginToRegistry(registry, host, { username, password, plainHttp: repository.plainHttp === true });
}

function entryOf(repository: Repository): ReturnType<typeof repositoryEntry> {
  const { name, url, username = '', password = '', caFile = '', certFile = '', keyFile = '' } = repository;
  return repositoryEntry({
    name,
    url,
    username,
    password,
    caFile,
    certFile,
    keyFile,
    insecureSkipTlsVerify: repository.skipTlsVerify === true,
    passCredentialsAll: repository.passCredentials === true,
  });
}
