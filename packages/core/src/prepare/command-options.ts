import type { ReleasePlan } from '../plan/release-plan.ts';
import type { DiffOutput } from '../ports/manifest-differ.ts';

/**
 * What a command line or a library caller can ask of a command beyond selecting releases. Absent means "not asked": the state
 * file decides, then Helm. Names are Helmfile's flags in camel case.
 */
export interface CommandOptions {
  /** `--args`: one string, split as Helmfile splits it. */
  readonly args?: string;
  readonly syncArgs?: string;
  readonly templateArgs?: string;
  readonly diffArgs?: string;
  /** `--set`, each verbatim. */
  readonly set?: readonly string[];
  /** `--values`: paths relative to where the command works. */
  readonly values?: readonly string[];
  /** Releases at the same time; 0 sets no limit. */
  readonly concurrency?: number;
  /** The files of a directory one after the other; the first error ends the command. */
  readonly sequentialHelmfiles?: boolean;
  readonly skipDeps?: boolean;
  /** A release whose chart cannot be prepared is left out and reported at the end. */
  readonly allowFailedReleases?: boolean;
  /** `destroy --skip-charts`: no repositories, hooks of the file, or charts. */
  readonly skipCharts?: boolean;
  readonly skipRefresh?: boolean;
  /** `deps --skip-repos`. */
  readonly skipRepositories?: boolean;
  /** `--chart`, `--namespace`, `--kube-context`: overrides of every release. */
  readonly chart?: string;
  readonly namespace?: string;
  readonly kubeContext?: string;
  readonly wait?: boolean;
  readonly waitForJobs?: boolean;
  readonly timeoutSeconds?: number;
  readonly validate?: boolean;
  readonly includeCrds?: boolean;
  readonly skipCrds?: boolean;
  readonly hideNotes?: boolean;
  readonly takeOwnership?: boolean;
  readonly recoverPending?: boolean;
  /** `apply`: a release whose last revision failed is upgraded, though nothing differs; Helmfile leaves it alone. */
  readonly upgradesFailed?: boolean;
  readonly serverSide?: string;
  readonly syncReleaseLabels?: boolean;
  readonly skipSchemaValidation?: boolean;
  readonly cascade?: string;
  readonly description?: string;
  readonly reuseValues?: boolean;
  readonly resetValues?: boolean;
  readonly postRenderer?: string;
  readonly postRendererArgs?: readonly string[];
  readonly trackMode?: string;
  readonly kubeVersion?: string;
  readonly showOnly?: readonly string[];
  readonly noHooks?: boolean;
  readonly skipTests?: boolean;
  readonly outputDirectory?: string;
  readonly outputDirectoryTemplate?: string;
  /** `fetch --write-output`: print the state file with the charts that were downloaded. */
  readonly writeOutput?: boolean;
  /** `write-values --output-file-template`. */
  readonly outputFileTemplate?: string;
  readonly ociPlainHttp?: boolean;
  /** A reviewed plan: apply does exactly this, or refuses and says what moved. */
  readonly plan?: ReleasePlan;
  /** Ask before anything is changed. */
  readonly interactive?: boolean;
  /** `test --cleanup`: accepted, without effect since Helm 3. */
  readonly cleanup?: boolean;
  /** `test --logs`. */
  readonly logs?: boolean;
  readonly diff?: DiffCommandOptions;
}

/** How `diff` and `apply` compare and print. */
export interface DiffCommandOptions {
  readonly detailedExitCode?: boolean;
  readonly context?: number;
  readonly output?: DiffOutput;
  readonly stripTrailingCr?: boolean;
  readonly includeTests?: boolean;
  readonly suppress?: readonly string[];
  readonly suppressSecrets?: boolean;
  readonly showSecrets?: boolean;
  readonly suppressDiff?: boolean;
  readonly suppressOutputLineRegex?: readonly string[];
  readonly skipDiffOnInstall?: boolean;
  readonly skipDiffValidationOnInstall?: boolean;
  readonly color?: boolean;
  /** Compare live objects with what a server-side apply would make of them. */
  readonly serverDryRun?: boolean;
}
