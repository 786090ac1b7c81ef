/** Manifest against manifest, as text for people: helm-diff's layouts (DESIGN D14). Pure; a port only because packages look left. */

export type DiffOutput = 'diff' | 'simple' | 'template' | 'dyff' | 'json' | 'structured';

export interface ManifestDiffOptions {
  /** Lines of context around changes; negative shows whole objects. */
  readonly context: number;
  readonly output: DiffOutput;
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

export interface ManifestDiffInput {
  readonly releaseName: string;
  readonly namespace: string;
  /** Stored manifest with hooks appended as helm-diff does; empty for a new release. */
  readonly before: string;
  readonly after: string;
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
  /** Rejects with the text helm-diff prints when a manifest is not YAML. */
  diff(input: ManifestDiffInput, options: ManifestDiffOptions): Promise<ManifestDiffResult>;
}
