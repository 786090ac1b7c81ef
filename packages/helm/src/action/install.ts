/**
 * `helm install`: a chart becomes the first revision of a release (Helm 4.3.1, or 3.22.0 by the context). Comes in: a
 * chart, values, options. Goes out: the release as stored; rejects with ActionError, having recorded what failed.
 */
import { type Dict, GoError } from '@flotilla/gocompat';
import { releaseNameProblem } from '../chart/check-chart.ts';
import { createResources } from '../cluster/apply/create-resources.ts';
import { updateResources } from '../cluster/apply/update-resources.ts';
import type { Resource } from '../cluster/resource.ts';
import { hasSystemLabels, systemLabelsMessage } from '../release/object-storage.ts';
import type { Release } from '../release/release.ts';
import { withStatus } from '../release/release.ts';
import { byVersion } from '../release/storage.ts';
import { type ActionChart, newHook, type RenderedRelease } from './action-chart.ts';
import {
  type ActionContext,
  ActionError,
  canceled,
  checkReachable,
  finishingSignal,
  logLine,
  timestamp,
  type WaitSettings,
  waiterFor,
  withPrefix,
} from './action-context.ts';
import { type ApplySettings, checkHiddenSecrets, isDryRun, waitingOf } from './apply-settings.ts';
import { refusedName } from './check-name.ts';
import { createNamespace } from './create-namespace.ts';
import { installCrds } from './install-crds.ts';
import { Operation } from './operation.ts';
import { existingResources, markOwned } from './ownership.ts';
import { whileHolding } from './pending.ts';
import { runHooks } from './run-hooks.ts';
import { undoFlag, undoSignal } from './undo.ts';
import { uninstall } from './uninstall.ts';

export interface InstallRequest extends ApplySettings {
  readonly name: string;
  readonly chart: ActionChart;
  readonly values: Dict;
  /** Server-side apply; Helm 3 never does. */
  readonly serverSide?: boolean;
  readonly createNamespace?: boolean;
  /** Use the name of an uninstalled or failed release again. */
  readonly replace?: boolean;
  readonly skipCrds?: boolean;
  /** A dry run may render as an upgrade would. */
  readonly isUpgrade?: boolean;
}

/** Installs. Rejects with ActionError; its release is the failed revision, if it came that far. */
export async function install(context: ActionContext, request: InstallRequest): Promise<Release> {
  return new Install(context, request).run();
}

class Install {
  readonly #context: ActionContext;
  readonly #request: InstallRequest;
  readonly #serverSide: boolean;
  readonly #wait: WaitSettings;

  constructor(context: ActionContext, request: InstallRequest) {
    this.#context = context;
    this.#request = request;
    this.#serverSide = context.compat === 'v4' && (request.serverSide ?? true);
    this.#wait = waitingOf(context, request);
  }

  get #isDryRun(): boolean {
    return isDryRun(this.#request);
  }

  get #usesCluster(): boolean {
    return this.#request.dryRun !== 'client';
  }

  async run(): Promise<Release> {
    const { chart, values, labels = {} } = this.#request;
    if (this.#usesCluster) await this.#checkReachable();
    this.#checkHiddenSecrets();
    await this.#checkName();
    if (this.#usesCluster && this.#request.skipCrds !== true) await this.#installCrds(chart, values);
    if (hasSystemLabels(labels)) throw new GoError(systemLabelsMessage);
    const operation = new Operation(this.#context, await this.#render());
    operation.setStatus('pending-install', 'Initial install underway');
    const resources = this.#usesCluster ? await this.#build(operation) : [];
    const adopted = await this.#findExisting(operation.release, resources);
    if (this.#isDryRun) {
      operation.setStatus('pending-install', 'Dry run complete');
      return operation.release;
    }
    return this.#perform(operation, resources, adopted);
  }

  /** Helm 3 has no words in front of some errors, and does not log them. */
  async #checkReachable(): Promise<void> {
    if (this.#context.compat === 'v3') return checkReachable(this.#context);
    try {
      await withPrefix('cluster reachability check failed', () => checkReachable(this.#context));
    } catch (error) {
      if (error instanceof GoError) logLine(this.#context, 'ERROR', error.message);
      throw error;
    }
  }

  #checkHiddenSecrets(): void {
    try {
      checkHiddenSecrets(this.#request);
    } catch (error) {
      if (error instanceof GoError) logLine(this.#context, 'ERROR', error.message);
      throw error;
    }
  }

  async #checkName(): Promise<void> {
    const problem = await this.#nameProblem();
    if (problem !== undefined) throw refusedName(this.#context, problem);
  }

  async #nameProblem(): Promise<string | undefined> {
    const { name, replace } = this.#request;
    const { storage, signal, compat } = this.#context;
    const problem = releaseNameProblem(name);
    if (problem !== undefined) return problem;
    if (this.#isDryRun) return undefined;
    const last = byVersion(await storage.history(name, { signal })).at(-1);
    if (last === undefined) return undefined;
    const { status } = last.info;
    if (replace === true && (status === 'uninstalled' || status === 'failed')) return undefined;
    const verb = compat === 'v3' ? 're-use' : 'reuse';
    return `cannot ${verb} a name that is still in use`;
  }

  async #installCrds(chart: ActionChart, values: Dict): Promise<void> {
    const files = chart.crds(values);
    if (files.length === 0) return;
    if (this.#isDryRun) {
      const message =
        'This chart or one of its subcharts contains CRDs. Rendering may fail or contain inaccuracies.';
      logLine(this.#context, 'WARN', message);
      return;
    }
    await installCrds(this.#context, files, {
      wait: this.#wait.wait,
      serverSide: this.#serverSide,
      forceConflicts: this.#request.forceConflicts ?? false,
    });
  }

  async #render(): Promise<Release> {
    const { name, chart, values, labels = {}, isUpgrade = false } = this.#request;
    const now = timestamp(this.#context);
    const { namespace } = this.#context;
    const asUpgrade = isUpgrade && this.#isDryRun;
    const rendered = await chart.render({
      release: { name, namespace, revision: 1, isInstall: !asUpgrade, isUpgrade: asUpgrade },
      values,
      usesCluster: this.#usesCluster,
    });
    return releaseOf(rendered, {
      name,
      namespace,
      now,
      values,
      labels,
      applyMethod: this.#context.compat === 'v3' ? '' : this.#serverSide ? 'ssa' : 'csa',
    });
  }

  async #build(operation: Operation): Promise<readonly Resource[]> {
    const { release } = operation;
    const built = await withPrefix('unable to build kubernetes objects from release manifest', () =>
      operation.build(release.manifest),
    );
    return built.map((resource) => markOwned(resource, release));
  }

  async #findExisting(release: Release, resources: readonly Resource[]): Promise<readonly Resource[]> {
    const { takeOwnership = false, isUpgrade = false } = this.#request;
    if (!this.#usesCluster || (isUpgrade && this.#isDryRun)) return [];
    const { cluster, signal, compat } = this.#context;
    const words = compat === 'v3' ? 'Unable to continue with install' : 'unable to continue with install';
    return withPrefix(words, () => existingResources(cluster, resources, { release, takeOwnership, signal }));
  }

  async #perform(
    operation: Operation,
    resources: readonly Resource[],
    adopted: readonly Resource[],
  ): Promise<Release> {
    if (this.#request.createNamespace === true) await createNamespace(this.#context, this.#serverSide);
    const seen = this.#request.replace === true ? await this.#supersede() : undefined;
    const next: Release = { ...operation.release, version: (seen?.version ?? 0) + 1 };
    return whileHolding(this.#context, { next, seen }, (held) =>
      new Install(held, this.#request).#performHeld(next, resources, adopted),
    );
  }

  async #performHeld(
    release: Release,
    resources: readonly Resource[],
    adopted: readonly Resource[],
  ): Promise<Release> {
    const { storage, signal } = this.#context;
    const operation = new Operation(this.#context, release);
    await storage.create(release, { signal });
    try {
      await this.#bring(operation, resources, adopted);
    } catch (error) {
      throw await this.#fail(operation, signal.aborted ? canceled(error) : error);
    }
    return operation.release;
  }

  /** The last revision of a name that was used before, making room. */
  async #supersede(): Promise<Release | undefined> {
    const { storage, signal } = this.#context;
    const last = byVersion(await storage.history(this.#request.name, { signal })).at(-1);
    if (last === undefined || last.info.status === 'failed') return last;
    const superseded = withStatus(last, 'superseded', 'superseded by new release');
    await storage.update(superseded, { signal });
    return superseded;
  }

  async #bring(
    operation: Operation,
    resources: readonly Resource[],
    adopted: readonly Resource[],
  ): Promise<void> {
    const hooks = { ...this.#wait, serverSide: this.#serverSide };
    await withPrefix('failed pre-install', () => runHooks(operation, 'pre-install', hooks));
    if (resources.length > 0) await this.#apply(resources, adopted);
    const { wait, timeout, waitForJobs = false } = this.#wait;
    const { signal } = this.#context;
    await waiterFor(this.#context, wait).untilReady(resources, {
      timeout,
      includesJobs: waitForJobs,
      signal,
    });
    await withPrefix('failed post-install', () => runHooks(operation, 'post-install', hooks));
    operation.setStatus('deployed', this.#request.description || 'Install complete');
    await operation.record(finishingSignal());
  }

  async #apply(resources: readonly Resource[], adopted: readonly Resource[]): Promise<void> {
    const { cluster, signal, log, compat } = this.#context;
    const serverSide = this.#serverSide;
    if (adopted.length === 0) {
      await createResources(cluster, resources, { serverSide, signal, compat });
      return;
    }
    const { forceReplace = false, forceConflicts = false, takeOwnership = false } = this.#request;
    const { error } = await updateResources(cluster, adopted, resources, {
      serverSide,
      forceReplace,
      forceConflicts,
      threeWayForCustom: takeOwnership && !serverSide,
      claimsFields: true,
      signal,
      log,
      compat,
    });
    if (error !== undefined) throw error;
  }

  /** The error to report, after the failure is recorded or undone. */
  async #fail(operation: Operation, error: unknown): Promise<unknown> {
    if (!(error instanceof GoError)) {
      operation.setStatus('failed', `Release "${operation.release.name}" failed: ${String(error)}`);
      await operation.recordAtLast();
      return error;
    }
    const { name } = operation.release;
    operation.setStatus('failed', `Release ${JSON.stringify(name)} failed: ${error.message}`);
    if (this.#request.rollbackOnFailure === true) return this.#undo(operation, error);
    await operation.recordAtLast();
    return new ActionError(error.message, { release: operation.release, cause: error });
  }

  async #undo(operation: Operation, error: GoError): Promise<ActionError> {
    const { name } = operation.release;
    const signal = undoSignal(this.#context, this.#wait);
    const result = (message: string): ActionError =>
      new ActionError(message, { release: operation.release, cause: error });
    try {
      await uninstall({ ...this.#context, signal, locks: undefined }, { name, ...this.#wait });
    } catch (second) {
      if (!(second instanceof GoError)) throw second;
      await operation.recordAtLast();
      return result(
        `an error occurred while uninstalling the release. original install error: ${error.message}: ${second.message}`,
      );
    }
    const words = `release ${name} failed, and has been uninstalled due to ${undoFlag(this.#context)} being set`;
    return result(`${words}: ${error.message}`);
  }
}

interface NewRelease extends Pick<Release, 'name' | 'namespace' | 'labels' | 'applyMethod'> {
  readonly now: string;
  readonly values: Dict;
}

function releaseOf(rendered: RenderedRelease, parts: NewRelease): Release {
  const { name, namespace, now, values, labels, applyMethod } = parts;
  return {
    name,
    namespace,
    version: 1,
    info: {
      firstDeployed: now,
      lastDeployed: now,
      deleted: '',
      description: '',
      status: 'unknown',
      rollbackRevision: 0,
      notes: rendered.notes,
    },
    chart: rendered.chart,
    config: values,
    manifest: rendered.manifest,
    hooks: rendered.hooks.map(newHook),
    labels,
    applyMethod,
  };
}
