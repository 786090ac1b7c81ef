/**
 * `helm dependency update` and `build`: the `charts/` folder and Chart.lock of a chart directory. Comes in: the chart's
 * path. Goes out: the changed directory and the lines Helm prints. These write into the directory they are given: give
 * them a private copy when nobody asked for the change.
 */
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import type { Chart } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { logRecord } from '../chart/log-record.ts';
import { lockYaml } from '../package/metadata-table.ts';
import type { FetchOptions, VerifyMode } from '../registry/fetch-chart.ts';
import { OciSession } from '../registry/oci-session.ts';
import type { Print, RegistryHost } from '../registry/registry-host.ts';
import { refreshIndexes } from '../registry/repositories.ts';
import { loadRepositoryConfig, type RepositoryConfig } from '../registry/repository-config.ts';
import { ociOptions } from '../registry/resolve-chart.ts';
import {
  checkAllAdded,
  nameRepositories,
  unmanagedRepositories,
  withoutDuplicates,
} from './dependency-repositories.ts';
import { type DownloadContext, downloadDependencies } from './download-dependencies.ts';
import { legacyLockDigest, lockDigest } from './lock-digest.ts';
import { resolveDependencies } from './resolve-dependencies.ts';

export interface DependencyOptions
  extends Omit<FetchOptions, 'version' | 'devel' | 'repositoryUrl' | 'verify'> {
  readonly skipRefresh?: boolean;
  /** `--verify` */
  readonly verify?: boolean;
  readonly epochSeconds?: number | undefined;
  /** Where relative `file://` repositories start; the chart itself unless it is a copy. */
  readonly localRoot?: string;
}

/** Resolves, downloads and locks (Helm 4.3.1 `dependency update`). Rejects with GoError in Helm's words. */
export async function updateDependencies(
  chartPath: string,
  host: RegistryHost,
  options: DependencyOptions = {},
): Promise<void> {
  const chart = loadDirectory(chartPath, host);
  if (chart.metadata.dependencies === undefined) return;
  const context = downloadContext(chartPath, host, options, 'always');
  await updateChart(chart, context, options);
}

async function updateChart(
  chart: Chart,
  context: DownloadContext,
  options: DependencyOptions,
): Promise<void> {
  const { host, chartPath, config, print } = context;
  const place = { chartPath: context.localRoot, files: host.files };
  const named = nameRepositories(chart.metadata.dependencies ?? [], config, place);
  const { names, entries } = unmanagedRepositories(named.declared, named.names);
  if (options.skipRefresh !== true) {
    if (entries.length > 0) {
      print('Getting updates for unmanaged Helm repositories...\n');
      await refreshIndexes(withoutDuplicates(entries), host, { ...options, print });
    }
    await refreshAll(config, context, options);
  }
  const session = new OciSession(host, ociOptions(options));
  const resolved = await resolveDependencies(named.declared, { ...place, host, session, names });
  const locked = await downloadDependencies(resolved, context);
  const digest = lockDigest(named.declared, locked);
  if (chart.lock?.digest === digest) return;
  const generated = new Date(host.now()).toISOString().replace(/\.?0*Z$/, 'Z');
  writeLock(lockYaml({ generated, digest, dependencies: locked }), chart, { chartPath, host });
}

/** Restores `charts/` from Chart.lock (Helm 4.3.1 `dependency build`); without a lock it updates. */
export async function buildDependencies(
  chartPath: string,
  host: RegistryHost,
  options: DependencyOptions = {},
): Promise<void> {
  const chart = loadDirectory(chartPath, host);
  const context = downloadContext(chartPath, host, options, 'if-possible');
  const { lock } = chart;
  if (lock === undefined) {
    if (chart.metadata.dependencies !== undefined) await updateChart(chart, context, options);
    return;
  }
  const locked = lock.dependencies ?? [];
  checkInStep(chart, context);
  checkAllAdded(locked, context.config);
  if (options.skipRefresh !== true) await refreshAll(context.config, context, options);
  await downloadDependencies(locked, context);
}

function checkInStep(chart: Chart, { host, localRoot, config }: DownloadContext): void {
  const { metadata, lock } = chart;
  const { dependencies } = metadata;
  const { declared } = nameRepositories(dependencies ?? [], config, {
    chartPath: localRoot,
    files: host.files,
  });
  const current = lockDigest(dependencies === undefined ? undefined : declared, lock?.dependencies);
  if (current === lock?.digest) return;
  if (metadata.apiVersion !== 'v1') {
    throw new GoError(
      "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'",
    );
  }
  host.log(logRecord('warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...'));
  if (legacyLockDigest(dependencies) === lock?.digest) return;
  throw new GoError(
    'the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies',
  );
}

function loadDirectory(chartPath: string, host: RegistryHost): Chart {
  const entry = host.files.stat(chartPath);
  if (entry === undefined) {
    throw new GoError(`could not find ${chartPath}: stat ${chartPath}: no such file or directory`);
  }
  if (entry.kind !== 'directory') throw new GoError('only unpacked charts can be updated');
  return loadChart({ kind: 'directory', files: host.files.chartFiles(chartPath) }, { log: host.log });
}

function downloadContext(
  chartPath: string,
  host: RegistryHost,
  options: DependencyOptions,
  mode: VerifyMode,
): DownloadContext {
  const { skipRefresh: _skipRefresh, verify, epochSeconds, localRoot = chartPath, ...fetch } = options;
  const print: Print = options.print ?? (() => {});
  return {
    host,
    chartPath,
    localRoot,
    config: loadRepositoryConfig(host.files, host.paths.repositoryConfig),
    print,
    fetch: { ...fetch, verify: verify === true ? mode : 'never' },
    epochSeconds,
  };
}

async function refreshAll(
  config: RepositoryConfig | undefined,
  { host, print }: DownloadContext,
  options: DependencyOptions,
): Promise<void> {
  const entries = config?.repositories ?? [];
  if (entries.length === 0) return;
  print('Hang tight while we grab the latest from your chart repositories...\n');
  await refreshIndexes(withoutDuplicates(entries), host, { ...options, print });
  print('Update Complete. ⎈Happy Helming!⎈\n');
}

function writeLock(
  text: string,
  { metadata }: Chart,
  { chartPath, host }: { readonly chartPath: string; readonly host: RegistryHost },
): void {
  const name = metadata.apiVersion === 'v1' ? 'requirements.lock' : 'Chart.lock';
  const path = join(chartPath, name);
  const link = host.files.readLink(path);
  if (link !== undefined) throw new GoError(`the ${name} file is a symlink to "${link}"`);
  host.files.write(path, text);
}
