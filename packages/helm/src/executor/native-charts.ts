import {
  type CallContext,
  type ChartRequest,
  type DependencyRequest,
  once,
  type ReleaseRequest,
  type Repository,
} from '@flotilla/core';
import { loadChart } from '../chart/load-chart.ts';
import { nodeChartSource } from '../chart/node-files.ts';
import { buildDependencies, updateDependencies } from '../dependency/update-dependencies.ts';
import { defaultKeyring } from '../provenance/default-keyring.ts';
import type { FetchOptions } from '../registry/fetch-chart.ts';
import type { NodeRegistryHost } from '../registry/node-registry-host.ts';
import { locateChart, pullChart } from '../registry/pull-chart.ts';
import type { RegistryHost } from '../registry/registry-host.ts';
import { loginToRegistry } from '../registry/registry-login.ts';
import { addRepository, updateRepositories } from '../registry/repositories.ts';
import { repositoryEntry } from '../registry/repository-config.ts';
import { RunMemory } from './run-memory.ts';

/**
 * Charts from repositories and registries in process: the chart half of the native executor.
 * In: requests. Out: charts on disk, in Helm's own cache and configuration folders; rejects with GoError in Helm's words.
 * During a run a repository is read once, when it is added, and a chart fetched once per reference and version.
 */
export class NativeCharts implements Disposable {
  readonly #createHost: (directory: string) => NodeRegistryHost;
  readonly #hosts = new Map<string, NodeRegistryHost>();
  readonly #directory: string;
  readonly #memory = new RunMemory(() => ({
    added: new Map<string, Promise<void>>(),
    located: new Map<string, Promise<string>>(),
  }));

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
  async connect(repositories: readonly Repository[], call: CallContext): Promise<void> {
    const host = this.hostIn();
    const { added } = this.#memory.of(call);
    for (const repository of repositories) {
      await once(added, JSON.stringify(repository), async () => {
        if (repository.isOci) await login(repository, host);
        else await addRepository(entryOf(repository), host, { forceUpdate: true, signal: call.signal });
      });
    }
  }

  async refresh({ signal }: CallContext): Promise<void> {
    await updateRepositories(this.hostIn(), { signal });
  }

  /** The path of a release's chart archive or directory, verified when the release asks for that. */
  locate({ chart, options }: ReleaseRequest, call: CallContext): Promise<string> {
    const place: FetchOptions = {
      version: chart.version ?? '',
      devel: options.devel === true,
      plainHttp: options.plainHttp === true,
      tls: { insecureSkipTlsVerify: options.insecureSkipTlsVerify === true },
      verify: options.verify === true ? 'always' : 'never',
      ...(options.keyring === undefined ? {} : { keyring: options.keyring }),
    };
    const host = this.hostIn(call.directory);
    const key = JSON.stringify([call.directory, chart.reference, place]);
    return once(this.#memory.of(call).located, key, () =>
      locateChart(chart.reference, host, { ...place, ...keyringFor(place, host), signal: call.signal }),
    );
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

/** GnuPG's own keyring, where a signature is to be checked and none was named. */
function keyringFor(
  { verify, keyring }: FetchOptions,
  { paths, files }: RegistryHost,
): Pick<FetchOptions, 'keyring'> {
  if (verify !== 'always' || keyring !== undefined) return {};
  return { keyring: defaultKeyring(paths.gnupgHome, files) };
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
