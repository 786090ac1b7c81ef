import type {
  CallContext,
  DeployedRelease,
  ObservedRelease,
  ReleaseKey,
  ReleaseRequest,
  RollbackRequest,
  StoredManifest,
  TestReport,
  TestRequest,
  UninstallRequest,
} from '@flotilla/core';
import { emitYaml, GoError, type GoZone } from '@flotilla/gocompat';
import type { ActionContext } from '../action/action-context.ts';
import { chartForAction } from '../action/chart-for-action.ts';
import { install } from '../action/install.ts';
import { getRelease } from '../action/read-releases.ts';
import { releaseResources } from '../action/release-resources.ts';
import { allValuesOf } from '../action/reuse-values.ts';
import { rollback } from '../action/rollback.ts';
import { testRelease } from '../action/test-release.ts';
import { uninstall } from '../action/uninstall.ts';
import { type UpgradeInstallRequest, upgradeInstall } from '../action/upgrade-install.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { formatLogRecord } from '../chart/log-record.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { WaitClock } from '../cluster/wait/waiter.ts';
import { formatTemplateText } from '../manifest/template-output.ts';
import { recordedText } from '../release/chart-record.ts';
import { objectStorage } from '../release/object-storage.ts';
import type { Release } from '../release/release.ts';
import { leaseLocks, type RunOwner } from '../release/release-lock.ts';
import { chartLabel, listRow, statusText, storedHooksText } from '../release/release-text.ts';
import { resourcesText } from '../release/resources-text.ts';
import { storageKindOf } from '../release/storage-kind.ts';
import { ClusterPool } from './cluster-pool.ts';
import { LastRevisions } from './last-revisions.ts';
import { FailedAfterOutput } from './native-failure.ts';
import type { NativeRenderer } from './native-renderer.ts';

/**
 * Releases on a cluster in process: the reading and writing half of the native executor.
 * In: typed requests. Out: what Helm 4.3.1 answers and prints; rejects with GoError in Helm's words.
 * One connection per kube context, shared by all releases of a run.
 */

export interface NativeReleasesOptions {
  /** A cluster by the name of its kube context; empty means the current one. */
  readonly openCluster: (kubeContext: string) => Promise<Cluster>;
  readonly renderer: NativeRenderer;
  readonly clock: WaitClock;
  readonly zone: GoZone;
  readonly owner: RunOwner;
  readonly compat: HelmCompat;
  /** Context for keys that name none. */
  readonly kubeContext: string;
  /** `HELM_DRIVER`: where releases are kept; Secrets unless given. */
  readonly driver?: string;
}

const defaultTimeoutSeconds = 300;

export class NativeReleases implements AsyncDisposable {
  readonly #options: NativeReleasesOptions;
  readonly #clusters: ClusterPool;
  readonly #revisions = new LastRevisions();

  constructor(options: NativeReleasesOptions) {
    this.#options = options;
    this.#clusters = new ClusterPool(options.openCluster);
  }

  /** The last revision, unless it is uninstalled; Helmfile asks for what `helm list` shows. */
  async status(key: ReleaseKey, call: CallContext): Promise<ObservedRelease> {
    const release = await this.#last(key, call);
    if (release === undefined || release.info.status === 'uninstalled') return { key };
    const deployed = {
      revision: release.version,
      status: release.info.status,
      chart: chartLabel(release),
      appVersion: recordedText(release.chart, 'appVersion'),
      updated: release.info.lastDeployed,
    };
    return { key, deployed, text: listRow(release) };
  }

  async statusText(key: ReleaseKey, call: CallContext): Promise<string> {
    const context = await this.#contextFor(key, call);
    const release = await getRelease(context, key.name);
    const resources = resourcesText(await releaseResources(context, release, { asTables: true }));
    return statusText(release, { resources });
  }

  async storedManifest(key: ReleaseKey, call: CallContext): Promise<StoredManifest | undefined> {
    const release = await this.#last(key, call);
    if (release === undefined) return undefined;
    return {
      manifest: `${release.manifest}\n`,
      hooks: storedHooksText(release),
      status: release.info.status,
    };
  }

  async storedValues(key: ReleaseKey, call: CallContext): Promise<string> {
    const context = await this.#contextFor(key, call);
    return emitYaml(allValuesOf(context, await getRelease(context, key.name)), { dialect: 'v2' });
  }

  async upgrade(request: ReleaseRequest, call: CallContext): Promise<DeployedRelease> {
    const context = await this.#contextFor(request.key, call);
    const { name } = request.key;
    let printed = '';
    const onInstall = (): void => {
      printed = `Release "${name}" does not exist. Installing it now.\n`;
    };
    const settings = { ...this.#upgradeRequest(request, context, call), onInstall };
    const { release, isInstalled } = await upgradeInstall(context, settings).catch((error: unknown) => {
      throw printed !== '' && error instanceof GoError ? new FailedAfterOutput(printed, error) : error;
    });
    const head = isInstalled ? printed : `Release "${name}" has been upgraded. Happy Helming!\n`;
    const text = head + statusText(release, { showsNotes: request.options.hideNotes !== true });
    return {
      key: request.key,
      revision: release.version,
      version: recordedText(release.chart, 'version'),
      text,
      listing: listRow(release),
    };
  }

  /** What `helm template --dry-run=server` prints: rendered with what the cluster knows, and accepted by it. */
  async templateOnServer(request: ReleaseRequest, call: CallContext): Promise<string> {
    const context = await this.#contextFor(request.key, call);
    const { serverSide: _serverSide, ...settings } = this.#upgradeRequest(request, context, call);
    const { noHooks, skipTests, isUpgrade, showOnly = [] } = request.options;
    const { manifest, hooks } = await install(context, {
      ...settings,
      dryRun: 'server',
      replace: true,
      isUpgrade: isUpgrade === true,
    });
    return formatTemplateText(
      manifest,
      hooks.map((hook) => ({ ...hook, content: hook.manifest })),
      { noHooks: noHooks === true, skipTests: skipTests === true, showOnly },
    );
  }

  async uninstall(request: UninstallRequest, call: CallContext): Promise<string> {
    const { name } = request.key;
    const { info } = await uninstall(await this.#contextFor(request.key, call), {
      name,
      wait: request.wait === true ? 'watcher' : 'hookOnly',
      timeout: milliseconds(request.timeoutSeconds),
      ...(request.cascade === undefined ? {} : { cascade: cascadeOf(request.cascade) }),
    });
    return `${info === '' ? '' : `${info}\n`}release "${name}" uninstalled\n`;
  }

  async test(request: TestRequest, call: CallContext): Promise<TestReport> {
    const result = await testRelease(await this.#contextFor(request.key, call), {
      name: request.key.name,
      timeout: milliseconds(request.timeoutSeconds),
      readsLogs: request.logs === true,
    });
    const text = `${statusText(result.release)}${result.logs === '' ? '' : `\n${result.logs}`}`;
    if (result.failure !== undefined) throw new FailedAfterOutput(text, result.failure);
    return { text, passed: true };
  }

  async rollback(request: RollbackRequest, call: CallContext): Promise<DeployedRelease> {
    const release = await rollback(await this.#contextFor(request.key, call), {
      name: request.key.name,
      revision: request.revision,
      wait: request.wait === true ? 'watcher' : 'hookOnly',
      timeout: milliseconds(request.timeoutSeconds),
    });
    const version = recordedText(release.chart, 'version');
    return {
      key: request.key,
      revision: release.version,
      version,
      text: 'Rollback was a success! Happy Helming!\n',
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clusters[Symbol.asyncDispose]();
  }

  async #last(key: ReleaseKey, call: CallContext): Promise<Release | undefined> {
    return this.#revisions.read(await this.#contextFor(key, call), key.name);
  }

  async #contextFor(key: ReleaseKey, { signal, emit }: CallContext): Promise<ActionContext> {
    const { clock, zone, compat, owner } = this.#options;
    const cluster = await this.#clusters.of(key.kubeContext || this.#options.kubeContext);
    const namespace = key.namespace || cluster.defaultNamespace;
    const log: ActionContext['log'] = (record) =>
      emit({ type: 'executor.output', stream: 'stderr', line: formatLogRecord(record) });
    const storage = objectStorage(cluster, {
      kind: storageKindOf(this.#options.driver ?? ''),
      namespace,
      compat,
      now: () => clock.now(),
      log,
    });
    return {
      cluster,
      storage,
      namespace,
      compat,
      clock,
      zone,
      signal,
      log,
      locks: leaseLocks(cluster, { owner, clock, log }),
      onProgress: (message) => emit({ type: 'executor.progress', message }),
    };
  }

  #upgradeRequest(request: ReleaseRequest, context: ActionContext, call: CallContext): UpgradeInstallRequest {
    const { options, key } = request;
    const { renderer } = this.#options;
    const { cluster, zone, compat, signal, log } = context;
    const postRender = renderer.postRenderOf(request, call);
    return {
      name: key.name,
      chart: chartForAction(renderer.chartOf(request, call), {
        cluster,
        host: renderer.host,
        zone,
        compat,
        signal,
        log,
        enableDns: options.enableDns === true,
        skipSchemaValidation: options.skipSchemaValidation === true,
        ...(postRender === undefined ? {} : { postRender }),
      }),
      values: renderer.valuesOf(request, call),
      wait: options.wait ?? 'hookOnly',
      waitForJobs: options.waitForJobs === true,
      timeout: milliseconds(options.timeoutSeconds),
      forceConflicts: options.forceConflicts === true,
      forceReplace: options.force === true,
      takeOwnership: options.takeOwnership === true,
      recoverPending: options.recoverPending === true,
      rollbackOnFailure: options.atomic === true || options.rollbackOnFailure === true,
      cleanupOnFail: options.cleanupOnFail === true,
      createNamespace: options.createNamespace === true,
      skipCrds: options.skipCrds === true,
      resetValues: options.reuseValues !== true,
      reuseValues: options.reuseValues === true,
      historyMax: options.historyMax ?? 10,
      ...(options.labels === undefined ? {} : { labels: options.labels }),
      ...(options.description === undefined ? {} : { description: options.description }),
      ...(options.serverSide === undefined ? {} : { serverSide: options.serverSide }),
    };
  }
}

function milliseconds(seconds = defaultTimeoutSeconds): number {
  return seconds * 1000;
}

const cascades = ['background', 'foreground', 'orphan'] as const;
type Cascade = (typeof cascades)[number];

function cascadeOf(text: string): Cascade {
  const cascade = cascades.find((each) => each === text);
  if (cascade !== undefined) return cascade;
  throw new GoError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}
