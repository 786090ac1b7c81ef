import type { GoValue } from '@flotilla/gocompat';

/**
 * The release block of the helmfile language (Helmfile 1.8.0 `releases[]` and `templates.<name>`), as decoded.
 * Absent keys are absent properties; explicit `false`, `0` and `""` are kept, because merging tells them apart.
 * Not its business: defaults, templates, inheritance.
 */

/** `Error` stops, the others log at that level and go on. */
export type MissingFileHandler = string;

export interface MissingFileHandlerConfig {
  readonly ignoreMissingGitBranch?: boolean;
}

/** An item of `set`, `setString`, `setTemplate` or `env`. */
export interface SetValueSpec {
  readonly name?: string;
  readonly value?: string;
  readonly file?: string;
  readonly values?: readonly GoValue[];
}

export interface InheritSpec {
  readonly template: string;
  readonly except?: readonly string[];
}

export interface KubectlApplySpec {
  readonly filename?: string;
  readonly kustomize?: string;
}

export interface HookSpec {
  readonly name?: string;
  readonly events?: readonly string[];
  readonly command?: string;
  readonly args?: readonly string[];
  readonly showlogs?: boolean;
  readonly kubectlApply?: KubectlApplySpec;
}

export interface DependencySpec {
  readonly chart?: string;
  readonly version?: string;
  readonly alias?: string;
}

export interface TrackResourceSpec {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** Helm behaviour that releases and `helmDefaults` share; a release's own key wins as helmfile-format.md §3.2 says. */
export interface HelmBehaviourSpec {
  readonly kubeContext?: string;
  readonly verify?: boolean;
  readonly keyring?: string;
  readonly enableDNS?: boolean;
  readonly skipSchemaValidation?: boolean;
  readonly devel?: boolean;
  readonly wait?: boolean;
  readonly waitRetries?: number;
  readonly waitForJobs?: boolean;
  /** Seconds. */
  readonly timeout?: number;
  readonly recreatePods?: boolean;
  readonly force?: boolean;
  readonly forceConflicts?: boolean;
  readonly atomic?: boolean;
  readonly rollbackOnFailure?: boolean;
  readonly cleanupOnFail?: boolean;
  readonly historyMax?: number;
  readonly createNamespace?: boolean;
  readonly skipDeps?: boolean;
  readonly skipRefresh?: boolean;
  readonly reuseValues?: boolean;
  readonly postRenderer?: string;
  readonly postRendererArgs?: readonly string[];
  readonly cascade?: string;
  readonly suppressOutputLineRegex?: readonly string[];
  readonly disableAutoDetectedKubeVersionForDiff?: boolean;
  readonly disableValidation?: boolean;
  readonly disableOpenAPIValidation?: boolean;
  readonly insecureSkipTLSVerify?: boolean;
  readonly plainHttp?: boolean;
  readonly deleteWait?: boolean;
  /** Seconds. */
  readonly deleteTimeout?: number;
  readonly syncReleaseLabels?: boolean;
  readonly takeOwnership?: boolean;
  readonly serverSide?: string;
  readonly trackMode?: string;
  /** Seconds. */
  readonly helmStuckGrace?: number;
  readonly resolveOCIVersions?: boolean;
}

/** One entry of `values` or `secrets`: a path, inline YAML text (with a newline, DESIGN D4), or an inline map. */
export type ValuesEntrySpec = GoValue;

export interface ReleaseSpec extends HelmBehaviourSpec {
  readonly name?: string;
  readonly namespace?: string;
  readonly chart?: string;
  readonly directory?: string;
  readonly chartPath?: string;
  readonly version?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly installed?: boolean;
  readonly installedTemplate?: string;
  readonly condition?: string;
  readonly conditionTemplate?: string;
  readonly waitTemplate?: string;
  readonly verifyTemplate?: string;
  readonly needs?: readonly string[];
  readonly inherit?: readonly InheritSpec[];
  readonly missingFileHandler?: MissingFileHandler;
  readonly missingFileHandlerConfig?: MissingFileHandlerConfig;
  readonly hooks?: readonly HookSpec[];
  readonly description?: string;
  readonly updateStrategy?: string;
  readonly unitTests?: readonly string[];
  readonly suppressDiff?: boolean;
  readonly adopt?: readonly string[];
  readonly disableValidationOnInstall?: boolean;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
  readonly forceNamespace?: string;
  readonly forceGoGetter?: boolean;
  readonly trackTimeout?: number;
  readonly trackLogs?: boolean;
  readonly trackFailedLogs?: boolean;
  readonly trackKinds?: readonly string[];
  readonly skipKinds?: readonly string[];
  readonly trackResources?: readonly TrackResourceSpec[];
  readonly kubedogQPS?: number;
  readonly kubedogBurst?: number;
  readonly trackFailOnError?: boolean;
  readonly values?: readonly ValuesEntrySpec[];
  readonly valuesTemplate?: readonly ValuesEntrySpec[];
  readonly secrets?: readonly ValuesEntrySpec[];
  readonly set?: readonly SetValueSpec[];
  readonly setString?: readonly SetValueSpec[];
  readonly setTemplate?: readonly SetValueSpec[];
  readonly env?: readonly SetValueSpec[];
  readonly valuesPathPrefix?: string;
  readonly dependencies?: readonly DependencySpec[];
  readonly jsonPatches?: readonly GoValue[];
  readonly strategicMergePatches?: readonly GoValue[];
  readonly transformers?: readonly GoValue[];
}
