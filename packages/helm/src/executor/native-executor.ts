import type {
  CallContext,
  ChartRequest,
  DependencyRequest,
  DeployedRelease,
  ExecutorInfo,
  HelmExecutor,
  LintReport,
  ObservedRelease,
  PreparedChart,
  ReleaseKey,
  ReleaseRequest,
  RenderedRelease,
  Repository,
  RollbackRequest,
  StoredManifest,
  TestReport,
  TestRequest,
  UninstallRequest,
} from '@flotilla/core';
import type { NativeCharts } from './native-charts.ts';
import { asExecutorError } from './native-failure.ts';
import { lintRelease } from './native-lint.ts';
import { NativeReleases, type NativeReleasesOptions } from './native-releases.ts';
import { NativeRenderer, type NativeRendererOptions } from './native-renderer.ts';

/**
 * The `native` executor: Helm's work in this process. What it cannot do goes to the executor behind it, the helm binary.
 * In: typed requests. Out: what Helm 4.3.1 answers. It decides per request, so that a run may use both.
 */

export interface NativeExecutorOptions extends NativeRendererOptions {
  /** Serves what is not done in process. */
  readonly fallback: HelmExecutor;
  /** How to reach clusters; without it every cluster call goes to the fallback. */
  readonly releases?: Omit<NativeReleasesOptions, 'renderer' | 'compat'>;
  /** Repositories and registries; without it every chart that is not on disk is the fallback's. */
  readonly charts?: NativeCharts;
}

/** An executor that renders, reads and writes releases in process. */
export function createNativeExecutor(options: NativeExecutorOptions): HelmExecutor {
  return new NativeExecutor(options);
}

class NativeExecutor implements HelmExecutor {
  readonly name = 'native';
  readonly #renderer: NativeRenderer;
  readonly #releases: NativeReleases | undefined;
  readonly #charts: NativeCharts | undefined;
  readonly #fallback: HelmExecutor;

  constructor(options: NativeExecutorOptions) {
    const compat = options.compat ?? 'v4';
    this.#renderer = new NativeRenderer(options);
    this.#charts = options.charts;
    this.#fallback = options.fallback;
    this.#releases =
      options.releases === undefined
        ? undefined
        : new NativeReleases({ ...options.releases, renderer: this.#renderer, compat });
  }

  async template(asked: ReleaseRequest, context: CallContext): Promise<RenderedRelease> {
    const { key } = asked;
    const argv = ['template', key.name, asked.chart.reference];
    const request = await asExecutorError(argv, key, () => this.#onDisk(asked, context));
    const releases = rendersOnServer(request) ? this.#releases : undefined;
    if (releases !== undefined) {
      return asExecutorError(argv, key, async () => ({
        text: await releases.templateOnServer(request, context),
      }));
    }
    if (!rendersNatively(request)) return this.#fallback.template(asked, context);
    return asExecutorError(argv, key, () => this.#renderer.template(request, context.directory));
  }

  async probe(): Promise<ExecutorInfo> {
    return { name: this.name, helmVersion: '4.3.1', capabilities };
  }

  async connect(
    repositories: readonly Repository[],
    context: CallContext,
    extraArgs: readonly string[] = [],
  ): Promise<void> {
    const isManaged = repositories.some(({ managed = '' }) => managed !== '');
    const charts = isManaged || !knowsAll(extraArgs) ? undefined : this.#charts;
    if (charts === undefined) await this.#fallback.connect(repositories, context, extraArgs);
    else await asExecutorError(['repo', 'add'], noRelease, () => charts.connect(repositories, context));
  }

  async refresh(context: CallContext): Promise<void> {
    const charts = this.#charts;
    if (charts === undefined) await this.#fallback.refresh(context);
    else await asExecutorError(['repo', 'update'], noRelease, () => charts.refresh(context));
  }

  async fetch(request: ChartRequest, context: CallContext): Promise<PreparedChart> {
    const charts = knowsAll(request.extraArgs ?? []) ? this.#charts : undefined;
    if (charts === undefined) return this.#fallback.fetch(request, context);
    const path = await asExecutorError(['fetch', request.reference], noRelease, () =>
      charts.fetch(request, context),
    );
    return { reference: path, declared: request.reference, isLocal: true };
  }

  async buildDependencies(request: DependencyRequest, context: CallContext): Promise<void> {
    if (!this.#renderer.lacksDependencies(request.chartPath, context.directory)) return;
    const charts = knowsAll(request.extraArgs) ? this.#charts : undefined;
    const argv = ['dependency', request.mode, request.chartPath];
    if (charts === undefined) await this.#fallback.buildDependencies(request, context);
    else await asExecutorError(argv, noRelease, () => charts.buildDependencies(request, context));
    this.#renderer.forget(request.chartPath, context.directory);
  }

  async resolveVersion(request: Omit<ChartRequest, 'destination'>, context: CallContext): Promise<string> {
    const charts = this.#charts;
    if (charts === undefined) return this.#fallback.resolveVersion(request, context);
    const argv = ['show', 'chart', request.reference];
    return asExecutorError(argv, noRelease, () => charts.resolveVersion(request, context));
  }

  async lint(asked: ReleaseRequest, context: CallContext): Promise<LintReport> {
    const { key } = asked;
    const argv = ['lint', asked.chart.reference];
    const charts = this.#charts;
    const request = await asExecutorError(argv, key, () => this.#onDisk(asked, context));
    if (charts === undefined || !upgradesNatively(request)) return this.#fallback.lint(asked, context);
    return asExecutorError(argv, key, () =>
      lintRelease(request, { renderer: this.#renderer, charts, context, isFetched: !asked.chart.isLocal }),
    );
  }

  async status(
    key: ReleaseKey,
    context: CallContext,
    extraArgs: readonly string[] = [],
  ): Promise<ObservedRelease> {
    const releases = this.#releasesFor(extraArgs);
    if (releases === undefined) return this.#fallback.status(key, context, extraArgs);
    return asExecutorError(['list', '--filter', `^${key.name}$`], key, () => releases.status(key, context));
  }

  async statusText(key: ReleaseKey, extraArgs: readonly string[], context: CallContext): Promise<string> {
    const releases = this.#releasesFor(extraArgs);
    if (releases === undefined) return this.#fallback.statusText(key, extraArgs, context);
    return asExecutorError(['status', key.name], key, () => releases.statusText(key, context));
  }

  async storedManifest(key: ReleaseKey, context: CallContext): Promise<StoredManifest | undefined> {
    const releases = this.#releases;
    if (releases === undefined) return this.#fallback.storedManifest(key, context);
    return asExecutorError(['get', 'manifest', key.name], key, () => releases.storedManifest(key, context));
  }

  async storedValues(key: ReleaseKey, context: CallContext): Promise<string> {
    const releases = this.#releases;
    if (releases === undefined) return (await this.#fallback.storedValues?.(key, context)) ?? '';
    return asExecutorError(['get', 'values', key.name], key, () => releases.storedValues(key, context));
  }

  async upgrade(asked: ReleaseRequest, context: CallContext): Promise<DeployedRelease> {
    const { key, chart } = asked;
    const argv = ['upgrade', '--install', key.name, chart.reference];
    const request = await asExecutorError(argv, key, () => this.#onDisk(asked, context));
    const releases = upgradesNatively(request) ? this.#releases : undefined;
    if (releases === undefined) return this.#fallback.upgrade(asked, context);
    return asExecutorError(argv, key, () => releases.upgrade(request, context));
  }

  async uninstall(request: UninstallRequest, context: CallContext): Promise<string> {
    const releases = this.#releasesFor(request.extraArgs);
    if (releases === undefined) return this.#fallback.uninstall(request, context);
    return asExecutorError(['delete', request.key.name], request.key, () =>
      releases.uninstall(request, context),
    );
  }

  async test(request: TestRequest, context: CallContext): Promise<TestReport> {
    const releases = this.#releasesFor(request.extraArgs);
    if (releases === undefined) return this.#fallback.test(request, context);
    return asExecutorError(['test', request.key.name], request.key, () => releases.test(request, context));
  }

  async rollback(request: RollbackRequest, context: CallContext): Promise<DeployedRelease> {
    const { key, revision } = request;
    const releases = this.#releases;
    if (releases === undefined) return this.#fallback.rollback(request, context);
    return asExecutorError(['rollback', key.name, String(revision)], key, () =>
      releases.rollback(request, context),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#releases?.[Symbol.asyncDispose]();
    this.#charts?.[Symbol.dispose]();
    await this.#fallback[Symbol.asyncDispose]();
  }

  /** The request with its chart fetched, when it lies in a repository or registry. */
  async #onDisk(request: ReleaseRequest, context: CallContext): Promise<ReleaseRequest> {
    const { chart, options } = request;
    const charts = options.verify === true ? undefined : this.#charts;
    if (charts === undefined || chart.isLocal) return request;
    return { ...request, chart: { ...chart, path: await charts.locate(request, context), isLocal: true } };
  }

  /** Flags of a helm command line that have no meaning here go to the program that knows them. */
  #releasesFor(extraArgs: readonly string[]): NativeReleases | undefined {
    return knowsAll(extraArgs) ? this.#releases : undefined;
  }
}

const noRelease: ReleaseKey = { name: '', namespace: '', kubeContext: '' };

const capabilities: ExecutorInfo['capabilities'] = {
  serverSide: true,
  forceConflicts: true,
  rollbackOnFailure: true,
  takeOwnership: true,
  labels: true,
  hideNotes: true,
  cascade: true,
  description: true,
  createNamespace: true,
  legacyWait: true,
};

/** True for charts on disk and flags whose meaning the renderer has. */
function rendersNatively(request: ReleaseRequest): boolean {
  const { options } = request;
  if (options.validate === true || options.serverDryRun === true) return false;
  return options.outputDirectory === undefined && upgradesNatively(request);
}

/** Helm's `--dry-run=server`; asking for certain versions or documents stays with helm. */
function rendersOnServer(request: ReleaseRequest): boolean {
  const { serverDryRun, showOnly = [], includeCrds, outputDirectory } = request.options;
  return (
    serverDryRun === true &&
    showOnly.length === 0 &&
    includeCrds !== true &&
    outputDirectory === undefined &&
    upgradesNatively(request)
  );
}

function upgradesNatively({ chart, options, commandArgs = [], extraArgs }: ReleaseRequest): boolean {
  return chart.isLocal && options.postRenderer === undefined && knowsAll([...commandArgs, ...extraArgs]);
}

function knowsAll(args: readonly string[]): boolean {
  return args.every((word) => word === '--debug');
}
