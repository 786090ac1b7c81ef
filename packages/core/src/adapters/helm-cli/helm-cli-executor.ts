import type { ReleaseKey } from '../../desired/desired-state.ts';
import { saysReleaseNotFound } from '../../ports/classify-failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  CallContext,
  ChartRequest,
  DependencyRequest,
  DeployedRelease,
  ExecutorInfo,
  HelmExecutor,
  LintFinding,
  LintReport,
  ObservedRelease,
  PreparedChart,
  ReleaseRequest,
  RenderedRelease,
  Repository,
  RollbackRequest,
  StoredManifest,
  TestReport,
  TestRequest,
  UninstallRequest,
} from '../../ports/executor.ts';
import type { Files } from '../../ports/files.ts';
import type { Processes } from '../../ports/processes.ts';
import { showChartArgs } from './chart-args.ts';
import {
  getArgs,
  getValuesArgs,
  listArgs,
  rollbackArgs,
  statusArgs,
  testArgs,
  uninstallArgs,
} from './cluster-args.ts';
import { HelmCharts } from './helm-charts.ts';
import { failureOf, type HelmFrame, HelmProcess } from './helm-process.ts';
import { capabilitiesOf, type HelmVersion, parseHelmVersion } from './helm-version.ts';
import { parseListOutput } from './list-output.ts';
import { lintArgs, templateArgs, upgradeArgs } from './release-args.ts';
import { writeValuesFiles } from './values-files.ts';

/**
 * The `helm` executor: Helm 3 and 4 through their binary. In: typed requests. Out: what helm printed, read where that is needed.
 * It deals with argv, values files, versions and failures. It does not decide what to run, render helmfiles or compare manifests.
 */

export interface HelmCliOptions extends HelmFrame {
  /** Leaves `--force-update` out of `repo add`. */
  readonly disableForceUpdate?: boolean;
  /** More tries for repositories and registries, with growing pauses. */
  readonly repositoryRetries?: number;
  /** `--oci-plain-http`. */
  readonly ociPlainHttp?: boolean;
}

export interface HelmCliPorts {
  readonly processes: Processes;
  readonly files: Files;
  readonly clock: Clock;
}

/** An executor over a helm binary; nothing runs until the first call. */
export function createHelmCliExecutor(ports: HelmCliPorts, options: HelmCliOptions): HelmExecutor {
  return new HelmCliExecutor(ports, options);
}

class HelmCliExecutor implements HelmExecutor {
  readonly name = 'helm';
  readonly #files: Files;
  readonly #helm: HelmProcess;
  readonly #charts: HelmCharts;
  #version: Promise<HelmVersion> | undefined;

  constructor(ports: HelmCliPorts, options: HelmCliOptions) {
    this.#files = ports.files;
    this.#helm = new HelmProcess(ports.processes, options);
    this.#charts = new HelmCharts({
      helm: this.#helm,
      ports,
      options,
      version: (context) => this.#ask(context),
    });
  }

  async probe(context: CallContext): Promise<ExecutorInfo> {
    const version = await this.#ask(context);
    return { name: this.name, helmVersion: version.text, capabilities: capabilitiesOf(version) };
  }

  connect(
    repositories: readonly Repository[],
    context: CallContext,
    extraArgs?: readonly string[],
  ): Promise<void> {
    return this.#charts.connect(repositories, context, extraArgs);
  }

  refresh(context: CallContext): Promise<void> {
    return this.#charts.refresh(context);
  }

  fetch(request: ChartRequest, context: CallContext): Promise<PreparedChart> {
    return this.#charts.fetch(request, context);
  }

  buildDependencies(request: DependencyRequest, context: CallContext): Promise<void> {
    return this.#charts.buildDependencies(request, context);
  }

  async resolveVersion(request: Omit<ChartRequest, 'destination'>, context: CallContext): Promise<string> {
    const { stdout } = await this.#helm.run({ args: showChartArgs(request) }, context);
    return /^version:\s*(.*?)\s*$/m.exec(stdout)?.[1]?.replace(/^(["'])(.*)\1$/, '$2') ?? '';
  }

  async template(request: ReleaseRequest, context: CallContext): Promise<RenderedRelease> {
    const { stdout } = await this.#withValues(request, context, templateArgs);
    return { text: stdout };
  }

  async lint(request: ReleaseRequest, context: CallContext): Promise<LintReport> {
    const version = await this.#ask(context);
    await using values = writeValuesFiles(this.#files, request.key, request.values);
    const args = lintArgs({ request, version, valuesPaths: values.paths });
    const { stdout, isOk, transcript } = await this.#helm.runToEnd({ args, key: request.key }, context);
    return { text: stdout, findings: lintFindings(stdout), passed: isOk, ...(isOk ? {} : { transcript }) };
  }

  async status(
    key: ReleaseKey,
    context: CallContext,
    extraArgs: readonly string[] = [],
  ): Promise<ObservedRelease> {
    const { stdout } = await this.#helm.run({ args: [...listArgs(key), ...extraArgs], key }, context);
    return parseListOutput(key, stdout);
  }

  async statusText(key: ReleaseKey, extraArgs: readonly string[], context: CallContext): Promise<string> {
    const { stdout } = await this.#helm.run({ args: [...statusArgs(key), ...extraArgs], key }, context);
    return stdout;
  }

  async storedManifest(key: ReleaseKey, context: CallContext): Promise<StoredManifest | undefined> {
    const call = { args: getArgs('manifest', key), key };
    const manifest = await this.#helm.runToEnd(call, context);
    if (!manifest.isOk) {
      if (saysReleaseNotFound(manifest.stderr)) return undefined;
      throw failureOf(call, manifest.transcript);
    }
    const hooks = await this.#helm.run({ args: getArgs('hooks', key), key }, context);
    return { manifest: manifest.stdout, hooks: hooks.stdout, status: 'unknown' };
  }

  async storedValues(key: ReleaseKey, context: CallContext): Promise<string> {
    const { stdout } = await this.#helm.run({ args: getValuesArgs(key), key }, context);
    return stdout;
  }

  async upgrade(request: ReleaseRequest, context: CallContext): Promise<DeployedRelease> {
    const { stdout } = await this.#withValues(request, context, upgradeArgs);
    const revision = /^REVISION: (\d+)$/m.exec(stdout)?.[1];
    return { key: request.key, revision: Number(revision ?? 0), version: '', text: stdout };
  }

  async uninstall(request: UninstallRequest, context: CallContext): Promise<string> {
    const { stdout } = await this.#helm.run({ args: uninstallArgs(request), key: request.key }, context);
    return stdout;
  }

  async test(request: TestRequest, context: CallContext): Promise<TestReport> {
    const { stdout } = await this.#helm.run({ args: testArgs(request), key: request.key }, context);
    return { text: stdout, passed: true };
  }

  async rollback(request: RollbackRequest, context: CallContext): Promise<DeployedRelease> {
    const { stdout } = await this.#helm.run({ args: rollbackArgs(request), key: request.key }, context);
    return { key: request.key, revision: 0, version: '', text: stdout };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Every call removes its own files; nothing outlives it.
  }

  async #withValues(
    request: ReleaseRequest,
    context: CallContext,
    build: typeof upgradeArgs,
  ): Promise<{ readonly stdout: string }> {
    const version = await this.#ask(context);
    await using values = writeValuesFiles(this.#files, request.key, request.values);
    const args = build({ request, version, valuesPaths: values.paths });
    return await this.#helm.run({ args, key: request.key }, context);
  }

  /** The version, asked once; a failure is asked again. */
  #ask(context: CallContext): Promise<HelmVersion> {
    this.#version ??= this.#askNow(context).catch((error: unknown) => {
      this.#version = undefined;
      throw error;
    });
    return this.#version;
  }

  async #askNow(context: CallContext): Promise<HelmVersion> {
    const { stdout } = await this.#helm.run({ args: ['version', '--short'], isBare: true }, context);
    return parseHelmVersion(stdout);
  }
}

/** The `[INFO] path: text` lines of `helm lint`. */
function lintFindings(stdout: string): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  for (const line of stdout.split('\n')) {
    const match = /^\[(INFO|WARNING|ERROR)\] (.*?): (.*)$/.exec(line);
    if (match === null) continue;
    const [, severity = '', path = '', message = ''] = match;
    findings.push({ severity: severity.toLowerCase() as LintFinding['severity'], path, message });
  }
  return findings;
}
