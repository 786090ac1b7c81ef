import type { Diagnostic } from '@flotilla/diagnostics';
import type { ReleaseKey } from '../desired/desired-state.ts';

/**
 * The Helm executor port: what Flotilla asks of Helm, whoever answers (the helm binary, the native engine).
 * Data in, data out, typed options, no working directory; safe to call concurrently. Errors are declared beside it.
 */

/** What a call needs from its caller. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly emit: (event: ExecutorEvent) => void;
  /** Absolute directory that relative paths in a request mean: charts, set files, TLS files, post-renderers. */
  readonly directory?: string;
  /** The same for all calls of one command: what an executor remembers, it remembers no longer than that. */
  readonly run?: object;
}

export type ExecutorEvent =
  | { readonly type: 'executor.command'; readonly argv: readonly string[] }
  | { readonly type: 'executor.output'; readonly stream: 'stdout' | 'stderr'; readonly line: string }
  | { readonly type: 'executor.retry'; readonly attempt: number; readonly reason: string }
  | { readonly type: 'executor.progress'; readonly message: string }
  | { readonly type: 'executor.warning'; readonly message: string };

/** A chart repository or registry, credentials resolved. */
export interface Repository {
  readonly name: string;
  readonly url: string;
  readonly isOci: boolean;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly registryConfig?: string;
  readonly passCredentials?: boolean;
  readonly skipTlsVerify?: boolean;
  readonly plainHttp?: boolean;
  readonly verify?: boolean;
  readonly keyring?: string;
  /** `acr` or empty. */
  readonly managed?: string;
}

/** A chart on local disk, or a reference the executor resolves itself (`repo/chart` with a version). */
export interface PreparedChart {
  /** Path or reference, as it goes on helm's command line. */
  readonly reference: string;
  readonly isLocal: boolean;
  /** Absolute path of a local chart. */
  readonly path?: string;
  readonly version?: string;
  /** The chart as the state file declares it. */
  readonly declared: string;
}

export interface ChartRequest {
  /** `repo/chart`, a URL, or `oci://host/path` with an optional `@digest`. */
  readonly reference: string;
  readonly version?: string;
  readonly devel?: boolean;
  readonly verify?: boolean;
  readonly keyring?: string;
  readonly plainHttp?: boolean;
  readonly insecureSkipTlsVerify?: boolean;
  /** The configured repository the chart belongs to: its TLS files and registry settings apply. */
  readonly repository?: Repository;
  /** Directory the unpacked chart goes to. */
  readonly destination: string;
  readonly extraArgs?: readonly string[];
}

/** Values as content; adapters that need files make private ones and remove them. */
export interface ValuesDocument {
  /** Where it came from, for messages: a path, `values[0]`, `secrets[1]`. */
  readonly origin: string;
  readonly content: string;
  /** True when the content was decrypted or fetched from a secret store. */
  readonly isSecret: boolean;
  /** An existing file of the user that can be passed as it is. */
  readonly path?: string;
  /** Given by `--values` on the command line: it follows the release's own values and sets. */
  readonly isFromCommandLine?: boolean;
}

export type SetValue =
  | {
      readonly kind: 'set' | 'set-string';
      readonly expression: string;
      readonly isSecret?: boolean;
      readonly isFromCommandLine?: boolean;
    }
  | { readonly kind: 'set-file'; readonly expression: string };

/** Everything Helmfile can ask of one release's `helm upgrade`, `template` and friends; absent means Helm's default. */
export interface HelmOptions {
  readonly devel?: boolean;
  readonly enableDns?: boolean;
  readonly wait?: 'watcher' | 'legacy';
  readonly waitForJobs?: boolean;
  readonly verify?: boolean;
  readonly keyring?: string;
  readonly timeoutSeconds?: number;
  readonly force?: boolean;
  readonly forceConflicts?: boolean;
  readonly recreatePods?: boolean;
  readonly atomic?: boolean;
  readonly rollbackOnFailure?: boolean;
  readonly cleanupOnFail?: boolean;
  readonly createNamespace?: boolean;
  readonly disableOpenApiValidation?: boolean;
  readonly plainHttp?: boolean;
  readonly insecureSkipTlsVerify?: boolean;
  readonly adopt?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly postRenderer?: string;
  readonly postRendererArgs?: readonly string[];
  readonly description?: string;
  readonly skipSchemaValidation?: boolean;
  readonly hideNotes?: boolean;
  readonly takeOwnership?: boolean;
  /** Take over a revision that another tool left pending; `native` only, helm never does. */
  readonly recoverPending?: boolean;
  readonly serverSide?: string;
  readonly skipCrds?: boolean;
  readonly includeCrds?: boolean;
  readonly reuseValues?: boolean;
  readonly historyMax?: number;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
  readonly validate?: boolean;
  readonly noHooks?: boolean;
  readonly skipTests?: boolean;
  readonly showOnly?: readonly string[];
  readonly outputDirectory?: string;
  readonly isUpgrade?: boolean;
  /** Render against the cluster's capabilities and `lookup`s, as `helm template --dry-run=server` does. */
  readonly serverDryRun?: boolean;
}

export interface ReleaseRequest {
  readonly key: ReleaseKey;
  readonly chart: PreparedChart;
  readonly values: readonly ValuesDocument[];
  readonly set: readonly SetValue[];
  readonly options: HelmOptions;
  /** `syncArgs` or `templateArgs`, tokenised as Helmfile does; they stand among the verb's own flags. */
  readonly commandArgs?: readonly string[];
  /** `--args` and `helmDefaults.args`, tokenised as Helmfile does; they end the command line. */
  readonly extraArgs: readonly string[];
}

export interface RenderedRelease {
  /** What `helm template` prints on stdout. */
  readonly text: string;
}

export interface LintFinding {
  readonly severity: 'info' | 'warning' | 'error';
  readonly path: string;
  readonly message: string;
}

export interface LintReport {
  /** What `helm lint` prints on stdout. */
  readonly text: string;
  readonly findings: readonly LintFinding[];
  readonly passed: boolean;
  /** The command that failed, when one was run. */
  readonly transcript?: Transcript;
}

export type ReleaseStatus =
  | 'unknown'
  | 'deployed'
  | 'uninstalled'
  | 'superseded'
  | 'failed'
  | 'uninstalling'
  | 'pending-install'
  | 'pending-upgrade'
  | 'pending-rollback';

export interface ObservedRelease {
  readonly key: ReleaseKey;
  /** Undefined when the cluster has no such release. */
  readonly deployed?: {
    readonly revision: number;
    readonly status: ReleaseStatus;
    readonly chart: string;
    readonly appVersion: string;
    readonly updated: string;
  };
  /** What the lookup printed, without its header. */
  readonly text?: string;
}

/** A stored release's manifest, hooks and chart, as `helm get manifest` and `helm get hooks` give them. */
export interface StoredManifest {
  readonly manifest: string;
  readonly hooks: string;
  readonly status: ReleaseStatus;
}

export interface DeployedRelease {
  readonly key: ReleaseKey;
  /** 0 when the executor was not told. */
  readonly revision: number;
  /** Chart version now deployed; empty when only a lookup can tell. */
  readonly version: string;
  /** What helm printed on stdout. */
  readonly text: string;
  /** What a lookup prints now, when that is known without one. */
  readonly listing?: string;
}

export interface UninstallRequest {
  readonly key: ReleaseKey;
  /** Which command asks; the helm binary's flags come in another order for each. */
  readonly purpose?: 'sync' | 'destroy' | 'reinstall';
  readonly wait?: boolean;
  readonly timeoutSeconds?: number;
  readonly cascade?: string;
  readonly extraArgs: readonly string[];
}

export interface TestRequest {
  readonly key: ReleaseKey;
  readonly logs?: boolean;
  readonly timeoutSeconds?: number;
  readonly plainHttp?: boolean;
  readonly insecureSkipTlsVerify?: boolean;
  readonly extraArgs: readonly string[];
}

export interface TestReport {
  readonly text: string;
  readonly passed: boolean;
}

export interface RollbackRequest {
  readonly key: ReleaseKey;
  readonly revision: number;
  readonly wait?: boolean;
  readonly timeoutSeconds?: number;
}

export interface ChartSource {
  /** Makes repositories and registries usable; idempotent: a repository name is added once. `extraArgs` end logins. */
  connect(
    repositories: readonly Repository[],
    context: CallContext,
    extraArgs?: readonly string[],
  ): Promise<void>;
  /** A local unpacked chart. */
  fetch(request: ChartRequest, context: CallContext): Promise<PreparedChart>;
  /** `helm dependency build` (or update) of a local chart. */
  buildDependencies(request: DependencyRequest, context: CallContext): Promise<void>;
  /** Refreshes the indexes of all added repositories (`helm repo update`). */
  refresh(context: CallContext): Promise<void>;
  /** The version of the chart that satisfies the request's constraint (`helm show chart`). */
  resolveVersion(request: Omit<ChartRequest, 'destination'>, context: CallContext): Promise<string>;
}

export interface DependencyRequest {
  readonly chartPath: string;
  readonly mode: 'build' | 'update';
  readonly skipRefresh: boolean;
  readonly plainHttp?: boolean;
  readonly extraArgs: readonly string[];
}

export interface ManifestRenderer {
  template(request: ReleaseRequest, context: CallContext): Promise<RenderedRelease>;
  lint(request: ReleaseRequest, context: CallContext): Promise<LintReport>;
}

export interface ReleaseReader {
  /** What is installed under a release's key; `extraArgs` end the command line of an executor that runs one. */
  status(key: ReleaseKey, context: CallContext, extraArgs?: readonly string[]): Promise<ObservedRelease>;
  /** What `helm status` prints. */
  statusText(key: ReleaseKey, extraArgs: readonly string[], context: CallContext): Promise<string>;
  /** The stored manifest of the last revision; undefined when there is no release. */
  storedManifest(key: ReleaseKey, context: CallContext): Promise<StoredManifest | undefined>;
  /** All values of the last revision as YAML (`helm get values --all`); what `reuseValues` builds on when comparing. */
  storedValues?(key: ReleaseKey, context: CallContext): Promise<string>;
}

export interface ReleaseWriter {
  /** Installs or upgrades. */
  upgrade(request: ReleaseRequest, context: CallContext): Promise<DeployedRelease>;
  uninstall(request: UninstallRequest, context: CallContext): Promise<string>;
  test(request: TestRequest, context: CallContext): Promise<TestReport>;
  rollback(request: RollbackRequest, context: CallContext): Promise<DeployedRelease>;
}

/** What this executor's Helm can do, so that nobody else compares versions. */
export interface ExecutorCapabilities {
  readonly serverSide: boolean;
  readonly forceConflicts: boolean;
  readonly rollbackOnFailure: boolean;
  readonly takeOwnership: boolean;
  readonly labels: boolean;
  readonly description: boolean;
  readonly createNamespace: boolean;
  readonly legacyWait: boolean;
  readonly hideNotes: boolean;
  readonly cascade: boolean;
}

export interface ExecutorInfo {
  readonly name: string;
  /** Helm version it is or stands for, without `v`: `4.3.1`. */
  readonly helmVersion: string;
  readonly capabilities: ExecutorCapabilities;
}

export interface HelmExecutor
  extends ChartSource,
    ManifestRenderer,
    ReleaseReader,
    ReleaseWriter,
    AsyncDisposable {
  readonly name: 'helm' | 'native' | (string & {});
  probe(context: CallContext): Promise<ExecutorInfo>;
}

export type ExecutorErrorCode =
  | 'helm-not-found'
  | 'unsupported-helm'
  | 'plugin-missing'
  | 'repository-unreachable'
  | 'registry-auth'
  | 'chart-not-found'
  | 'chart-invalid'
  | 'chart-verification'
  | 'dependency-build'
  | 'render-failed'
  | 'renderings-differ'
  | 'schema-violation'
  | 'release-pending'
  | 'update-forbidden'
  | 'hook-failed'
  | 'test-failed'
  | 'timeout'
  | 'cluster-unreachable'
  | 'permission-denied'
  | 'aborted'
  | 'unclassified';

/** The command behind a failure, secrets redacted. */
export interface Transcript {
  /** Where the program was found; undefined when nothing was run. */
  readonly program?: string;
  readonly argv: readonly string[];
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout and stderr in the order they arrived. */
  readonly combined?: string;
}

/** The only rejection an executor may give. */
export class ExecutorError extends Error {
  readonly code: ExecutorErrorCode;
  readonly key: ReleaseKey | undefined;
  readonly transcript: Transcript | undefined;
  /** The place in a chart or in values, where the executor knows it. */
  readonly diagnostic: Diagnostic | undefined;

  constructor(
    code: ExecutorErrorCode,
    message: string,
    details: Partial<Pick<ExecutorError, 'key' | 'transcript' | 'diagnostic' | 'cause'>> = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'ExecutorError';
    this.code = code;
    this.key = details.key;
    this.transcript = details.transcript;
    this.diagnostic = details.diagnostic;
  }
}
