/** Manifest against manifest, as text for people: helm-diff's layouts (DESIGN D14). Pure; a port only because packages look left. */

import type { ForeignObject } from './live-states.ts';

export type DiffOutput = 'diff' | 'simple' | 'template' | 'dyff' | 'json' | 'structured';

export interface ManifestDiffOptions {
  /** Lines of context around changes; negative shows whole objects. */
  readonly context: number;
  readonly output: DiffOutput;
  /** The user's template behind `template`; without it that layout is `json`. */
  readonly template?: DiffTemplate;
  readonly showSecrets: boolean;
  readonly showSecretsDecoded: boolean;
  readonly suppressSecrets: boolean;
  readonly suppressKinds: readonly string[];
  readonly suppressOutputLineRegex: readonly string[];
  readonly stripTrailingCr: boolean;
  readonly normalizeManifests: boolean;
  /** 0 … 1; 0 turns rename detection off. */
  readonly findRenames: number;
  readonly includeHooks: boolean;
  readonly includeTests: boolean;
  readonly color: boolean;
}

/** A Go template over the list of changes (`HELM_DIFF_TPL`). */
export interface DiffTemplate {
  /** The file's name, for messages. */
  readonly name: string;
  readonly text: string;
}

export interface ManifestDiffInput {
  readonly releaseName: string;
  readonly namespace: string;
  /** Stored manifest with hooks appended as helm-diff does; empty for a new release. */
  readonly before: string;
  readonly after: string;
  /** Objects that would change their owner (`--take-ownership`). */
  readonly foreign?: readonly ForeignObject[];
}

export interface ManifestDiffResult {
  readonly hasChanges: boolean;
  /** What helm-diff prints on stdout for this release. */
  readonly text: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface ManifestDiffer {
  /** Rejects with an ExecutorError when a manifest is not YAML or the user's template fails. */
  diff(input: ManifestDiffInput, options: ManifestDiffOptions): Promise<ManifestDiffResult>;
}
