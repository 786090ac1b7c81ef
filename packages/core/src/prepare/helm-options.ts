import type { HelmOptions } from '../ports/executor.ts';
import { defaultsOf, type ReleaseScope } from './release-scope.ts';

/**
 * Which option reaches helm, when release, command line and `helmDefaults` all may set it (helmfile-format.md §3.2,
 * helmfile-cli.md §6.4, §6.5). In: a release with its file and the command's options. Out: typed options.
 * Not its business: flags, what this Helm cannot do (option-problems.ts).
 */

/** Options of `helm upgrade`. */
export function upgradeOptions(scope: ReleaseScope): HelmOptions {
  const { release, options } = scope;
  const defaults = defaultsOf(scope);
  return defined({
    ...chartOptions(scope),
    ...waitOptions(scope),
    ...replaceOptions(scope),
    ...verifyOptions(scope),
    cleanupOnFail: release.spec.cleanupOnFail ?? defaults.cleanupOnFail,
    createNamespace: release.spec.createNamespace ?? defaults.createNamespace ?? true,
    disableOpenApiValidation: release.spec.disableOpenAPIValidation ?? defaults.disableOpenAPIValidation,
    labels: syncsLabels(scope) ? helmLabels(release.labels) : undefined,
    description: filled(options.description) ?? filled(release.spec.description),
    hideNotes: options.hideNotes,
    takeOwnership: takesOwnership(scope),
    recoverPending: options.recoverPending,
    serverSide: serverSideOf(scope),
    skipCrds: anyTrue(options.skipCrds, defaults.skipCRDs),
    reuseValues: reusesValues(scope),
    historyMax: release.spec.historyMax ?? defaults.historyMax ?? 10,
  });
}

/** Options of `helm template`. */
export function templateOptions(scope: ReleaseScope): HelmOptions {
  const { options } = scope;
  return defined({
    ...chartOptions(scope),
    ...capabilityOptions(scope, filled(options.kubeVersion)),
    showOnly: options.showOnly,
    validate: options.validate,
    includeCrds: options.includeCrds,
    noHooks: options.noHooks,
    skipTests: options.skipTests,
  });
}

/** Options of `helm lint`. */
export function lintOptions(scope: ReleaseScope): HelmOptions {
  return defined({ adopt: scope.release.spec.adopt });
}

export interface DiffRenderScope extends ReleaseScope {
  readonly isInstalled: boolean;
  /** Version of the cluster, when it is known. */
  readonly clusterVersion?: string;
}

/** Options of the render that `diff` compares with what is stored, as helm-diff asks for it. */
export function diffRenderOptions(scope: DiffRenderScope): HelmOptions {
  const { release, options, isInstalled } = scope;
  const defaults = defaultsOf(scope);
  const onInstall =
    release.spec.disableValidationOnInstall === true || options.diff?.skipDiffValidationOnInstall === true;
  const skipsValidation =
    release.spec.disableValidation ?? defaults.disableValidation ?? (onInstall && !isInstalled);
  const ignoresCluster =
    release.spec.disableAutoDetectedKubeVersionForDiff ?? defaults.disableAutoDetectedKubeVersionForDiff;
  return defined({
    ...chartOptions(scope),
    // helm-diff has no flag for plain HTTP.
    plainHttp: undefined,
    ...capabilityOptions(scope, ignoresCluster === true ? undefined : scope.clusterVersion),
    noHooks: options.noHooks,
    disableOpenApiValidation: release.spec.disableOpenAPIValidation ?? defaults.disableOpenAPIValidation,
    takeOwnership: takesOwnership(scope),
    serverSide: serverSideOf(scope),
    serverDryRun: !skipsValidation,
    isUpgrade: isInstalled,
    reuseValues: reusesValues(scope),
  });
}

/** Verification and transport of a chart download; `helm fetch` and `helm pull` take the same. */
export function downloadOptions(scope: ReleaseScope): {
  readonly devel?: boolean;
  readonly verify?: boolean;
  readonly keyring?: string;
  readonly plainHttp?: boolean;
  readonly insecureSkipTlsVerify?: boolean;
} {
  const { release, repository } = scope;
  const defaults = defaultsOf(scope);
  const isOci = repository?.isOci === true || release.spec.chart.startsWith('oci://');
  // The flags of an OCI repository are given on their own.
  const own = isOci ? undefined : repository;
  return defined({
    devel: release.spec.devel ?? defaults.devel,
    verify: release.spec.verify ?? anyTrue(own?.verify, defaults.verify),
    keyring: filled(release.spec.keyring) ?? filled(own?.keyring) ?? filled(defaults.keyring),
    plainHttp: anyTrue(release.spec.plainHttp, defaults.plainHttp, own?.plainHttp),
    insecureSkipTlsVerify: anyTrue(
      release.spec.insecureSkipTLSVerify,
      defaults.insecureSkipTLSVerify,
      own?.skipTlsVerify,
    ),
  });
}

function chartOptions(scope: ReleaseScope): HelmOptions {
  const { release, options, repository } = scope;
  const defaults = defaultsOf(scope);
  return defined({
    devel: release.spec.devel ?? defaults.devel,
    enableDns: release.spec.enableDNS ?? defaults.enableDNS,
    plainHttp: anyTrue(release.spec.plainHttp, defaults.plainHttp, repository?.plainHttp),
    insecureSkipTlsVerify: anyTrue(
      release.spec.insecureSkipTLSVerify,
      defaults.insecureSkipTLSVerify,
      repository?.skipTlsVerify,
    ),
    adopt: release.spec.adopt,
    postRenderer:
      filled(release.spec.postRenderer) ?? filled(options.postRenderer) ?? filled(defaults.postRenderer),
    postRendererArgs: filledList(release.spec.postRendererArgs) ?? filledList(options.postRendererArgs),
    skipSchemaValidation: anyTrue(
      release.spec.skipSchemaValidation,
      options.skipSchemaValidation,
      defaults.skipSchemaValidation,
    ),
  });
}

/** Waiting: a release that says `wait: false` overrules `helmDefaults`, not the command line. */
export function waitOptions(scope: ReleaseScope): HelmOptions {
  const { release, options } = scope;
  const defaults = defaultsOf(scope);
  const trackMode = trackModeOf(scope);
  const waits =
    release.spec.wait === true || options.wait === true || (release.spec.wait ?? defaults.wait) === true;
  const waitsForJobs =
    release.spec.waitForJobs === true ||
    options.waitForJobs === true ||
    (release.spec.waitForJobs ?? defaults.waitForJobs) === true;
  const timeoutGiven = options.timeoutSeconds ?? 0;
  return defined({
    wait: waits ? (trackMode === 'helm-legacy' ? 'legacy' : 'watcher') : undefined,
    waitForJobs: waitsForJobs && trackMode !== 'kubedog',
    timeoutSeconds: timeoutGiven > 0 ? timeoutGiven : (release.spec.timeout ?? defaults.timeout),
  });
}

/** What is replaced or rolled back on the way. */
export function replaceOptions(scope: ReleaseScope): HelmOptions {
  const { spec } = scope.release;
  const defaults = defaultsOf(scope);
  return defined({
    force: spec.force ?? defaults.force,
    forceConflicts: spec.forceConflicts ?? defaults.forceConflicts,
    recreatePods: spec.recreatePods ?? defaults.recreatePods,
    atomic: spec.atomic ?? defaults.atomic,
    rollbackOnFailure: spec.rollbackOnFailure ?? defaults.rollbackOnFailure,
  });
}

/** Helmfile verifies charts of registries when it pulls them, not when it upgrades. */
function verifyOptions(scope: ReleaseScope): HelmOptions {
  const isOci = scope.repository?.isOci === true || scope.release.spec.chart.startsWith('oci://');
  if (isOci) return {};
  const { verify, keyring } = downloadOptions(scope);
  return defined({ verify, keyring });
}

function capabilityOptions(scope: ReleaseScope, kubeVersion: string | undefined): HelmOptions {
  const { release, file } = scope;
  return defined({
    apiVersions: filledList(release.spec.apiVersions) ?? file.spec.apiVersions,
    kubeVersion: kubeVersion ?? filled(release.spec.kubeVersion) ?? filled(file.spec.kubeVersion),
  });
}

/** Which tracker watches a release: `helm`, `helm-legacy` or `kubedog`. */
export function trackModeOf(scope: ReleaseScope): string {
  const { release, options } = scope;
  return (
    filled(release.spec.trackMode) ??
    filled(options.trackMode) ??
    filled(defaultsOf(scope).trackMode) ??
    'helm'
  );
}

function reusesValues(scope: ReleaseScope): boolean {
  const { release, options } = scope;
  if (options.resetValues === true) return false;
  return (release.spec.reuseValues ?? defaultsOf(scope).reuseValues) === true || options.reuseValues === true;
}

function syncsLabels(scope: ReleaseScope): boolean {
  const { release, options, capabilities } = scope;
  const asked = anyTrue(
    release.spec.syncReleaseLabels,
    options.syncReleaseLabels,
    defaultsOf(scope).syncReleaseLabels,
  );
  return asked === true && capabilities.labels;
}

const systemLabels: ReadonlySet<string> = new Set([
  '',
  'name',
  'owner',
  'status',
  'version',
  'createdAt',
  'modifiedAt',
]);

/** Labels that helm stores with a release: all but those it sets itself. */
function helmLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !systemLabels.has(key)));
}

/** `takeOwnership`, wherever it is said. */
export function takesOwnership(scope: ReleaseScope): boolean | undefined {
  const { release, options } = scope;
  return anyTrue(release.spec.takeOwnership, options.takeOwnership, defaultsOf(scope).takeOwnership);
}

/** `serverSide`, where this Helm knows it. */
export function serverSideOf(scope: ReleaseScope): string | undefined {
  const { release, options, capabilities } = scope;
  if (!capabilities.serverSide) return undefined;
  return (
    filled(release.spec.serverSide) ?? filled(options.serverSide) ?? filled(defaultsOf(scope).serverSide)
  );
}

function anyTrue(...values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.includes(true) ? true : undefined;
}

/** The text unless it is empty. */
export function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function filledList(list: readonly string[] | undefined): readonly string[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

type WithoutUndefined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The same options without those that are undefined. */
function defined<T extends object>(options: T): WithoutUndefined<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<T>;
}
