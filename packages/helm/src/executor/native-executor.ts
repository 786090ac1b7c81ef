import {
  type CallContext,
  type ChartRequest,
  type DependencyRequest,
  type DeployedRelease,
  ExecutorError,
  type ExecutorInfo,
  type HelmExecutor,
  type LintReport,
  type ObservedRelease,
  type PreparedChart,
  type ReleaseKey,
  type ReleaseRequest,
  type RenderedRelease,
  type Repository,
  type RollbackRequest,
  type StoredManifest,
  type TestReport,
  type TestRequest,
  type UninstallRequest,
} from '@flotilla/core';
import { GoError } from '@flotilla/gocompat';
import { NativeRenderer, type NativeRendererOptions } from './native-renderer.ts';

/**
 * The `native` executor: Helm's work in this process. What it cannot do goes to the executor behind it, the helm binary.
 * In: typed requests. Out: what Helm 4.3.1 answers. It decides per request, so that a run may use both.
 */

export interface NativeExecutorOptions extends NativeRendererOptions {
  /** Serves what is not done in process. */
  readonly fallback: HelmExecutor;
}

/** An executor that renders in process. */
export function createNativeExecutor(options: NativeExecutorOptions): HelmExecutor {
  return new NativeExecutor(options);
}

class NativeExecutor implements HelmExecutor {
  readonly name = 'native';
  readonly #renderer: NativeRenderer;
  readonly #fallback: HelmExecutor;

  constructor(options: NativeExecutorOptions) {
    this.#renderer = new NativeRenderer(options);
    this.#fallback = options.fallback;
  }

  async template(request: ReleaseRequest, context: CallContext): Promise<RenderedRelease> {
    if (!rendersNatively(request)) return this.#fallback.template(request, context);
    try {
      return await this.#renderer.template(request, context.directory);
    } catch (error) {
      if (error instanceof GoError) throw renderFailure(request, error);
      throw error;
    }
  }

  async probe(): Promise<ExecutorInfo> {
    return { name: this.name, helmVersion: '4.3.1', capabilities };
  }

  connect(repositories: readonly Repository[], context: CallContext): Promise<void> {
    return this.#fallback.connect(repositories, context);
  }

  refresh(context: CallContext): Promise<void> {
    return this.#fallback.refresh(context);
  }

  fetch(request: ChartRequest, context: CallContext): Promise<PreparedChart> {
    return this.#fallback.fetch(request, context);
  }

  async buildDependencies(request: DependencyRequest, context: CallContext): Promise<void> {
    if (this.#renderer.lacksDependencies(request.chartPath, context.directory)) {
      await this.#fallback.buildDependencies(request, context);
    }
  }

  resolveVersion(request: Omit<ChartRequest, 'destination'>, context: CallContext): Promise<string> {
    return this.#fallback.resolveVersion(request, context);
  }

  lint(request: ReleaseRequest, context: CallContext): Promise<LintReport> {
    return this.#fallback.lint(request, context);
  }

  status(key: ReleaseKey, context: CallContext, extraArgs?: readonly string[]): Promise<ObservedRelease> {
    return this.#fallback.status(key, context, extraArgs);
  }

  statusText(key: ReleaseKey, extraArgs: readonly string[], context: CallContext): Promise<string> {
    return this.#fallback.statusText(key, extraArgs, context);
  }

  storedManifest(key: ReleaseKey, context: CallContext): Promise<StoredManifest | undefined> {
    return this.#fallback.storedManifest(key, context);
  }

  upgrade(request: ReleaseRequest, context: CallContext): Promise<DeployedRelease> {
    return this.#fallback.upgrade(request, context);
  }

  uninstall(request: UninstallRequest, context: CallContext): Promise<string> {
    return this.#fallback.uninstall(request, context);
  }

  test(request: TestRequest, context: CallContext): Promise<TestReport> {
    return this.#fallback.test(request, context);
  }

  rollback(request: RollbackRequest, context: CallContext): Promise<DeployedRelease> {
    return this.#fallback.rollback(request, context);
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#fallback[Symbol.asyncDispose]();
  }
}

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
function rendersNatively({ chart, options, commandArgs = [], extraArgs }: ReleaseRequest): boolean {
  if (!chart.isLocal || options.postRenderer !== undefined || options.outputDirectory !== undefined)
    return false;
  if (options.validate === true || options.serverDryRun === true) return false;
  return [...commandArgs, ...extraArgs].every((word) => word === '--debug');
}

function renderFailure({ key, chart }: ReleaseRequest, error: GoError): ExecutorError {
  return new ExecutorError('render-failed', error.message, {
    key,
    cause: error,
    transcript: {
      argv: ['helm', 'template', key.name, chart.reference],
      exitCode: 1,
      signal: undefined,
      durationMs: 0,
      stdout: '',
      stderr: `Error: ${error.message}\n`,
    },
  });
}
