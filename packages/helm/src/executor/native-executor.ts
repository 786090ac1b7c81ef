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
import { isOnDisk } from '../chart/node-files.ts';
import { type Abilities, isUnderstood, knowsAll, rendererOf } from './native-ability.ts';
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
  readonly #abilities: Abilities;

  constructor(options: NativeExecutorOptions) {
    const compat = options.compat ?? 'v4';
    this.#renderer = new NativeRenderer(options);
    this.#charts = options.charts;
    this.#fallback = options.fallback;
    this.#releases =
      options.releases === undefined
        ? undefined
        : new NativeReleases({ ...options.releases, renderer: this.#renderer, compat });
    this.#abilities = {
      hasCharts: options.charts !== undefined,
      hasReleases: options.releases !== undefined,
      hasPostRenderers: options.postRenderer !== undefined && compat === 'v4',
    };
  }

  async template(asked: ReleaseRequest, context: CallContext): Promise<RenderedRelease> {
    const { key } = asked;
    const argv = ['template', key.name, asked.chart.reference];
    const renderer = rendererOf(asked, this.#abilities);
    if (renderer === 'helm') return this.#fallback.template(asked, context);
    return asExecutorError(argv, key, async () => {
      const request = await this.#onDisk(asked, context);
      if (renderer === 'on-server' && this.#releases !== undefined) {
        return { text: await this.#releases.templateOnServer(request, context) };
      }
      const files = this.#charts?.hostIn(context.directory).files;
      return this.#renderer.template(request, context, files);
    });
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
    if (!this.#renderer.lacksDependencies(request.chartPath, context)) return;
    const charts = knowsAll(request.extraArgs) ? this.#charts : undefined;
    const argv = ['dependency', request.mode, request.chartPath];
    if (charts === undefined) await this.#fallback.buildDependencies(request, context);
    else await asExecutorError(argv, noRelease, () => charts.buildDependencies(request, context));
    this.#renderer.forget(request.chartPath, context);
  }

  async resolveVersion(request: Omit<ChartRequest, 'destination'>, context: CallContext): Promise<string> {
    const charts = this.#charts;
    if (charts === undefined) return this.#fallback.resolveVersion(request, context);
    const argv = ['show', 'chart', request.reference];
    return asExecutorError(argv, noRelease, () => charts.resolveVersion(request, context));
  }

  async lint(asked: ReleaseRequest, context: CallContext): Promise<LintReport> {
    const { key } = asked;
    const charts = isUnderstood(asked, this.#abilities) ? this.#charts : undefined;
    if (charts === undefined) return this.#fallback.lint(asked, context);
    return asExecutorError(['lint', asked.chart.reference], key, async () => {
      const request = await this.#onDisk(asked, context);
      const isFetched = !asked.chart.isLocal;
      return lintRelease(request, { renderer: this.#renderer, charts, context, isFetched });
    });
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
    const releases = isUnderstood(asked, this.#abilities) ? this.#releases : undefined;
    if (releases === undefined) return this.#fallback.upgrade(asked, context);
    return asExecutorError(argv, key, async () =>
      releases.upgrade(await this.#onDisk(asked, context), context),
    );
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

  /** The request with its chart fetched, when it is not here, and verified when asked. */
  async #onDisk(request: ReleaseRequest, context: CallContext): Promise<ReleaseRequest> {
    const { chart, options } = request;
    const charts = this.#charts;
    const isFound = chart.isLocal && (chart.path === undefined || isOnDisk(chart.path));
    if (charts === undefined || (isFound && options.verify !== true)) return request;
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
