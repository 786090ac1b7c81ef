import type { Clock } from '../../ports/clock.ts';
import {
  type CallContext,
  type ChartRequest,
  type DependencyRequest,
  ExecutorError,
  type PreparedChart,
  type Repository,
} from '../../ports/executor.ts';
import type { Files } from '../../ports/files.ts';
import { ProcessError, type Processes } from '../../ports/processes.ts';
import {
  dependencyArgs,
  fetchArgs,
  hasCredentials,
  pullArgs,
  registryLoginArgs,
  repositoryAddArgs,
} from './chart-args.ts';
import type { HelmCall, HelmProcess } from './helm-process.ts';
import type { HelmVersion } from './helm-version.ts';

/** Repositories, registries, downloads and dependency builds through the helm binary; each repository name is added once. */

export interface HelmChartsOptions {
  readonly disableForceUpdate?: boolean;
  readonly repositoryRetries?: number;
  readonly ociPlainHttp?: boolean;
}

export interface HelmChartsParts {
  readonly helm: HelmProcess;
  readonly ports: { readonly files: Files; readonly clock: Clock; readonly processes: Processes };
  readonly options: HelmChartsOptions;
  readonly version: (context: CallContext) => Promise<HelmVersion>;
}

interface Connection {
  readonly repository: Repository;
  readonly extraArgs: readonly string[];
}

const ociEnvironment = { HELM_EXPERIMENTAL_OCI: '1' };
const longestPauseSeconds = 30;

export class HelmCharts {
  readonly #parts: HelmChartsParts;
  readonly #added = new Set<string>();
  /** helm's repository file has one writer at a time, and dependency builds share its cache. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: HelmChartsParts) {
    this.#parts = parts;
  }

  connect(
    repositories: readonly Repository[],
    context: CallContext,
    extraArgs: readonly string[] = [],
  ): Promise<void> {
    return this.#inTurn(async () => {
      for (const repository of repositories) await this.#connectOne({ repository, extraArgs }, context);
    });
  }

  refresh(context: CallContext): Promise<void> {
    return this.#inTurn(() => this.#retried('repo update', { args: ['repo', 'update'] }, context));
  }

  buildDependencies(request: DependencyRequest, context: CallContext): Promise<void> {
    return this.#inTurn(async () => {
      const version = await this.#parts.version(context);
      await this.#parts.helm.run({ args: dependencyArgs(request, version) }, context);
    });
  }

  async fetch(request: ChartRequest, context: CallContext): Promise<PreparedChart> {
    const { helm, options } = this.#parts;
    const isOci = request.reference.startsWith('oci://');
    const call: HelmCall = isOci
      ? { args: pullArgs(request, options), env: ociEnvironment }
      : { args: fetchArgs(request) };
    await helm.run(call, context);
    const chart = findChart(this.#parts.ports.files, request.destination);
    if (chart === undefined) {
      throw new ExecutorError('chart-invalid', `no Chart.yaml in what ${request.reference} unpacked to`);
    }
    return {
      reference: chart,
      isLocal: true,
      path: chart,
      declared: request.reference,
      ...(request.version === undefined ? {} : { version: request.version }),
    };
  }

  async #connectOne({ repository, extraArgs }: Connection, context: CallContext): Promise<void> {
    if (this.#added.has(repository.name)) return;
    const managed = repository.managed ?? '';
    if (repository.name === '') throw new ExecutorError('unclassified', 'empty field name');
    if (managed === 'acr') await this.#addAzureRepository(repository.name, context);
    else if (managed !== '') throw unknownManagedType(repository);
    else if (repository.isOci) await this.#logIn({ repository, extraArgs }, context);
    else await this.#add(repository, context);
    this.#added.add(repository.name);
  }

  async #add(repository: Repository, context: CallContext): Promise<void> {
    const version = await this.#parts.version(context);
    const args = repositoryAddArgs(repository, { version, ...this.#parts.options });
    await this.#retried(`add ${repository.name}`, { args, ...passwordInput(repository) }, context);
  }

  async #logIn({ repository, extraArgs }: Connection, context: CallContext): Promise<void> {
    const version = await this.#parts.version(context);
    const args = registryLoginArgs(repository, version);
    if (args === undefined) return;
    const call = { args: [...args, ...extraArgs], env: ociEnvironment, ...passwordInput(repository) };
    await this.#retried(`login ${repository.name}`, call, context);
  }

  async #addAzureRepository(name: string, context: CallContext): Promise<void> {
    const args = ['acr', 'helm', 'repo', 'add', '--name', name];
    try {
      const directory = context.directory ?? this.#parts.helm.frame.directory;
      const result = await this.#parts.ports.processes.run(
        { command: 'az', args, directory },
        context.signal,
      );
      if (result.exitCode !== 0) {
        throw new ExecutorError('repository-unreachable', new TextDecoder().decode(result.stderr).trim());
      }
    } catch (error) {
      if (error instanceof ProcessError) throw new ExecutorError('repository-unreachable', error.message);
      throw error;
    }
  }

  async #retried(what: string, call: HelmCall, context: CallContext): Promise<void> {
    const retries = Math.max(0, this.#parts.options.repositoryRetries ?? 0);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#parts.helm.run(call, context);
        return;
      } catch (error) {
        if (attempt > retries || !(error instanceof ExecutorError) || error.code === 'aborted') throw error;
        const pause = Math.min(2 ** (attempt - 1), longestPauseSeconds);
        const status = `exit status ${error.transcript?.exitCode ?? -1}`;
        const reason = `repo operation "${what}" failed (${status}); retry ${attempt}/${retries} in ${pause}s`;
        context.emit({ type: 'executor.retry', attempt, reason });
        await this.#pause(pause * 1000, context);
      }
    }
  }

  async #pause(milliseconds: number, { signal }: CallContext): Promise<void> {
    try {
      await this.#parts.ports.clock.sleep(milliseconds, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new ExecutorError('aborted', 'interrupted before another try', { cause: error });
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function passwordInput(repository: Repository): { readonly stdin?: string } {
  return hasCredentials(repository) ? { stdin: `${repository.password}\n` } : {};
}

function unknownManagedType({ managed, name }: Repository): ExecutorError {
  return new ExecutorError('unclassified', `unknown managed type "${managed}" for repository ${name}`);
}

/** The first directory at or below `directory`, in sorted order, that holds a Chart.yaml. */
function findChart(files: Files, directory: string): string | undefined {
  if (files.stat(`${directory}/Chart.yaml`)?.kind === 'file') return directory;
  for (const entry of files.stat(directory) === undefined ? [] : files.list(directory)) {
    if (entry.kind !== 'directory') continue;
    const found = findChart(files, `${directory}/${entry.name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
