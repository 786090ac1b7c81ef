export type { ActionChart, CrdFile } from './action/action-chart.ts';
export { type ActionContext, ActionError, type WaitSettings } from './action/action-context.ts';
export type { ApplySettings, DryRun } from './action/apply-settings.ts';
export { type ActionChartOptions, chartForAction } from './action/chart-for-action.ts';
export { refusedName } from './action/check-name.ts';
export { clusterCapabilities } from './action/cluster-capabilities.ts';
export { type InstallRequest, install } from './action/install.ts';
export { ReleasePending } from './action/pending.ts';
export { getRelease, type ListRequest, listReleases, releaseHistory } from './action/read-releases.ts';
export { type ReleaseResources, releaseResources } from './action/release-resources.ts';
export { allValuesOf } from './action/reuse-values.ts';
export { type RollbackRequest, rollback } from './action/rollback.ts';
export {
  type TestRequest as ReleaseTestRequest,
  type TestResult,
  testRelease,
} from './action/test-release.ts';
export { type UninstallRequest, type UninstallResult, uninstall } from './action/uninstall.ts';
export { upgrade } from './action/upgrade.ts';
export {
  reasonToInstall,
  type UpgradeInstallRequest,
  type UpgradeInstallResult,
  upgradeInstall,
} from './action/upgrade-install.ts';
export type { UpgradeRequest } from './action/upgrade-request.ts';
export type {
  Chart,
  ChartDependency,
  ChartFile,
  ChartLock,
  ChartMaintainer,
  ChartMetadata,
  ModTime,
} from './chart/chart.ts';
export { type ChartEntry, type ChartFiles, memoryChartFiles } from './chart/chart-files.ts';
export { type ChartCrd, type ChartInstance, crdsOf, instantiateChart } from './chart/chart-instance.ts';
export { checkDependenciesPresent, checkInstallable, releaseNameProblem } from './chart/check-chart.ts';
export type { HelmCompat } from './chart/helm-compat.ts';
export { type ChartSource, type LoadChartOptions, loadChart } from './chart/load-chart.ts';
export {
  discardLog,
  formatLogRecord,
  type LogLevel,
  type LogRecord,
  type LogSink,
  logRecord,
  slogRecord,
} from './chart/log-record.ts';
export { checkMetadata, parseLock, parseMetadata, type UncheckedMetadata } from './chart/metadata.ts';
export { nodeChartFiles, nodeChartSource } from './chart/node-files.ts';
export { processDependencies } from './chart/process-dependencies.ts';
export { readChartArchive } from './chart/read-archive.ts';
export { isCompatibleRange, isVersion } from './chart/version-range.ts';
export type {
  Cluster,
  DeleteOptions,
  ListQuery,
  ObjectRef,
  Patch,
  PatchSchema,
  ResourceMapping,
  ServerVersion,
  WatchEvent,
  WriteOptions,
} from './cluster/cluster.ts';
export { ClusterError, type ClusterErrorReason } from './cluster/cluster-error.ts';
export type { JsonObject } from './cluster/json-object.ts';
export type { KubeSettings } from './cluster/kube-connection.ts';
export { openCluster } from './cluster/open-cluster.ts';
export { buildResources, type Resource } from './cluster/resource.ts';
export { openSandboxCluster } from './cluster/sandbox/open-sandbox.ts';
export {
  defaultSandboxFolder,
  type SandboxOptions,
  sandboxContext,
} from './cluster/sandbox/sandbox-options.ts';
export type { WaitStrategy } from './cluster/wait/waiter.ts';
export { listDependencies } from './dependency/list-dependencies.ts';
export { legacyLockDigest, lockDigest } from './dependency/lock-digest.ts';
export { type PrivateChartOptions, preparePrivateChart } from './dependency/private-copy.ts';
export {
  buildDependencies,
  type DependencyOptions,
  updateDependencies,
} from './dependency/update-dependencies.ts';
export { createLiveStates } from './diff/live-states.ts';
export { manifestDiffer } from './diff/manifest-differ.ts';
export {
  type Capabilities,
  constraintVersion,
  defaultCapabilities,
  type HelmVersion,
} from './engine/capabilities.ts';
export { chartDiagnostic } from './engine/chart-diagnostic.ts';
export { type KubeVersion, parseKubeVersion } from './engine/kube-version.ts';
export {
  ManifestError,
  type RenderedChart,
  type RenderedTemplates,
  type RenderOptions,
  renderChart,
  renderTemplates,
  sortRendered,
} from './engine/render-chart.ts';
export type { Lookup } from './engine/render-context.ts';
export { RenderError } from './engine/render-error.ts';
export type { ReleaseInfo } from './engine/scope.ts';
export { NativeCharts } from './executor/native-charts.ts';
export { createNativeExecutor, type NativeExecutorOptions } from './executor/native-executor.ts';
export type { NamedPostRenderer } from './executor/native-renderer.ts';
export { verifyingExecutor } from './executor/verifying-executor.ts';
export { writeOutputFiles } from './executor/write-output-files.ts';
export { formatTable } from './format-table.ts';
export {
  type LintedChart,
  type LintOptions,
  type LintResult,
  lintChart,
  lintCharts,
} from './lint/lint-charts.ts';
export { formatLintMessage, type LintMessage, type LintSeverity } from './lint/lint-report.ts';
export { type KindOrder, sortByKind } from './manifest/kind-order.ts';
export type { Hook, HookEvent, Manifest, ManifestHead, RenderedFiles } from './manifest/manifest.ts';
export { parseManifestHead } from './manifest/manifest-head.ts';
export {
  type CrdDocument,
  hooksText,
  type ManifestTextOptions,
  manifestText,
  sourceDocument,
} from './manifest/release-manifest.ts';
export { type SortedManifests, type SortOptions, sortManifests } from './manifest/sort-manifests.ts';
export { splitManifests } from './manifest/split-manifests.ts';
export {
  formatTemplateOutput,
  formatTemplateText,
  type OutputDirectoryOptions,
  type OutputFileWrite,
  planOutputFiles,
  type RenderedDocuments,
  type TemplateOutputOptions,
} from './manifest/template-output.ts';
export { createChart, newChartFiles } from './package/create-chart.ts';
export { createChartFrom, type StarterOptions } from './package/create-from-starter.ts';
export { expandArchive } from './package/expand-archive.ts';
export { lockYaml, metadataJson, metadataYaml } from './package/metadata-table.ts';
export { type PackagedChart, type PackageOptions, packageChart, saveChart } from './package/package-chart.ts';
export { type ShowPart, showChart } from './package/show-chart.ts';
export { sourceDateEpoch } from './package/source-date-epoch.ts';
export { chartArchive } from './package/write-archive.ts';
export { type PostRender, postRendered } from './post-render/post-render.ts';
export {
  commandPostRenderer,
  findPostRenderer,
  type PostRendererHost,
} from './post-render/post-renderer-plugin.ts';
export { defaultKeyring } from './provenance/default-keyring.ts';
export { passphraseIn, type SigningKey, signArchive } from './provenance/sign-chart.ts';
export {
  type Verification,
  type VerifyOptions,
  verificationText,
  verifyChart,
} from './provenance/verify-chart.ts';
export { type ChartIndex, findEntry, type IndexEntry } from './registry/chart-index.ts';
export { downloadIndex, fetchIndex, loadCachedIndex } from './registry/download-index.ts';
export {
  type FetchedChart,
  type FetchOptions,
  fetchChartTo,
  fetchChartToCache,
  type VerifyMode,
} from './registry/fetch-chart.ts';
export { FetchError } from './registry/fetch-error.ts';
export { type HelmEnvironment, type HelmPaths, helmPaths, indexCachePath } from './registry/helm-paths.ts';
export type { HostEntry, HostFiles } from './registry/host-files.ts';
export {
  type HttpClient,
  HttpError,
  type HttpFailure,
  type HttpRequest,
  type HttpResponse,
  type TlsFiles,
} from './registry/http-client.ts';
export { type IndexDirectoryOptions, indexDirectory, writeIndexOf } from './registry/index-directory.ts';
export { mirroredHttpClient } from './registry/mirrored-http-client.ts';
export { nodeHostFiles } from './registry/node-host-files.ts';
export {
  createNodeHttpClient,
  type NodeHttpClient,
  type NodeHttpClientOptions,
} from './registry/node-http-client.ts';
export {
  createNodeRegistryHost,
  type NodeRegistryHost,
  type NodeRegistryHostOptions,
} from './registry/node-registry-host.ts';
export { type PulledChart, type PushedChart, pullOciChart, pushOciChart } from './registry/oci-charts.ts';
export { OciSession, type OciSessionOptions } from './registry/oci-session.ts';
export { RegistryResponseError } from './registry/oci-token.ts';
export { ociTags } from './registry/oci-versions.ts';
export { locateChart, type PullChartOptions, type PulledFiles, pullChart } from './registry/pull-chart.ts';
export {
  type ChartServer,
  type PushChartOptions,
  pushChart,
  type UploadOptions,
  uploadChart,
} from './registry/push-chart.ts';
export { readIndex } from './registry/read-index.ts';
export type { Print, RegistryHost } from './registry/registry-host.ts';
export { type LoginOptions, loginToRegistry, logoutFromRegistry } from './registry/registry-login.ts';
export {
  type AddRepositoryOptions,
  addRepository,
  listRepositories,
  removeRepositories,
  type UpdateRepositoriesOptions,
  updateRepositories,
} from './registry/repositories.ts';
export {
  loadRepositoryConfig,
  type RepositoryConfig,
  type RepositoryEntry,
  repositoryEntry,
} from './registry/repository-config.ts';
export { type ChartPlace, type ChartPlaceOptions, resolveChart } from './registry/resolve-chart.ts';
export { type HubChart, searchHub } from './registry/search-hub.ts';
export { type FoundChart, type SearchOptions, searchRepositories } from './registry/search-repositories.ts';
export { memoryStorage } from './release/memory-storage.ts';
export { type ObjectStorageOptions, objectStorage } from './release/object-storage.ts';
export type { Release, ReleaseDetails, ReleaseHook } from './release/release.ts';
export { decodeRelease, encodeRelease } from './release/release-codec.ts';
export { historyJson, listJson, releaseJson, releaseMetadataJson } from './release/release-json.ts';
export {
  type LeaseLockOptions,
  leaseLocks,
  ReleaseBusy,
  type ReleaseLocks,
  type RunOwner,
} from './release/release-lock.ts';
export { releaseObject } from './release/release-object.ts';
export {
  historyTable,
  type ListedRelease,
  listedRelease,
  listTable,
  metadataText,
  type StatusTextOptions,
  statusText,
  storedHooksText,
} from './release/release-text.ts';
export { resourcesText } from './release/resources-text.ts';
export type { StorageDriver } from './release/storage.ts';
export { storageKindOf } from './release/storage-kind.ts';
export type { SchemaLoader } from './values/check-schemas.ts';
export { coalesceValues, mergeValues, type ValuesChart } from './values/coalesce.ts';
export { copyValues } from './values/copy-values.ts';
export {
  applySet,
  applySetFile,
  applySetJson,
  applySetLiteral,
  applySetString,
  type SetOptions,
} from './values/strvals.ts';
export { type MergeRules, mergeTables, overlayTables } from './values/tables.ts';
export { type UserValuesSources, userValues } from './values/user-values.ts';
export { parseValues } from './values/yaml-documents.ts';
