/** The manifest of a release: its documents in order, each under a line that names its template. */
import { isBlank } from '@flotilla/gocompat';
import type { Hook, Manifest, RenderedFiles } from './manifest.ts';

/** A CRD as it is printed: the path below `# Source:`, and the file's text. */
export interface CrdDocument {
  readonly fileName: string;
  readonly content: string;
}

export interface ManifestTextOptions {
  /** CRDs to print in front; a stored manifest never has them. */
  readonly crds?: readonly CrdDocument[];
  /** Print a note in place of Secrets (`--hide-secret`). */
  readonly hideSecrets?: boolean;
}

/** One document under its source line. */
export function sourceDocument(path: string, content: string): string {
  return `---\n# Source: ${path}\n${content}\n`;
}

/** The text Helm stores as the release's manifest. */
export function manifestText(manifests: readonly Manifest[], options: ManifestTextOptions = {}): string {
  const crds = (options.crds ?? []).map((crd) => sourceDocument(crd.fileName, crd.content));
  const documents = manifests.map((each) =>
    options.hideSecrets === true && each.kind === 'Secret' && each.head.apiVersion === 'v1'
      ? `---\n# Source: ${each.path}\n# HIDDEN: The Secret output has been suppressed\n`
      : sourceDocument(each.path, each.content),
  );
  return [...crds, ...documents].join('');
}

/** The hooks of a release, as `helm get hooks` and `helm template` print them. */
export function hooksText(hooks: readonly Pick<Hook, 'path' | 'content'>[]): string {
  return hooks.map((hook) => sourceDocument(hook.path, hook.content)).join('');
}

/** What Helm keeps as manifest when the documents cannot be parsed: the files as they were rendered. */
export function unsortedManifestText(files: RenderedFiles): string {
  return [...files]
    .filter(([, content]) => !isBlank(content))
    .map(([path, content]) => sourceDocument(path, content))
    .join('');
}
