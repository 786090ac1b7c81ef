/**
 * What `helm template` prints or writes for a rendered chart. Comes in: documents and flags. Goes out: stdout text, or the
 * files to write. Not its business: rendering, touching the disk.
 */
import { cleanPath, GoError, matchPath, orElse, trimSpace } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import type { Hook, Manifest } from './manifest.ts';
import { type CrdDocument, hooksText, manifestText, sourceDocument } from './release-manifest.ts';
import { splitManifests } from './split-manifests.ts';

/** The documents of one release. */
export interface RenderedDocuments {
  readonly manifests: readonly Manifest[];
  readonly hooks: readonly Hook[];
  readonly crds: readonly CrdDocument[];
}

export interface TemplateOutputOptions {
  readonly includeCrds?: boolean;
  readonly noHooks?: boolean;
  readonly skipTests?: boolean;
  /** Paths or patterns below the chart (`--show-only`); one without a match is an error. */
  readonly showOnly?: readonly string[];
  readonly hideSecrets?: boolean;
  readonly compat?: HelmCompat;
}

/** The stdout of `helm template` (Helm 4.3.1). Throws GoError `could not find template F in chart`. */
export function formatTemplateOutput(
  rendered: RenderedDocuments,
  options: TemplateOutputOptions = {},
): string {
  const crds = options.includeCrds === true ? rendered.crds : [];
  const manifest = manifestText(rendered.manifests, { crds, hideSecrets: options.hideSecrets === true });
  return formatTemplateText(manifest, rendered.hooks, options);
}

/** As {@link formatTemplateOutput}, for a manifest that is text already: post-rendered, or too broken to sort. */
export function formatTemplateText(
  manifest: string,
  hooks: readonly PrintedHook[],
  options: TemplateOutputOptions = {},
): string {
  const text = `${trimSpace(manifest)}\n${hooksText(printedHooks(hooks, options))}`;
  const { showOnly = [] } = options;
  return showOnly.length === 0 ? text : selectDocuments(text, showOnly, options.compat ?? 'v4');
}

/** What is printed of a hook, and what decides whether it is. */
export type PrintedHook = Pick<Hook, 'path' | 'content' | 'events'>;

function printedHooks<H extends PrintedHook>(
  hooks: readonly H[],
  options: TemplateOutputOptions,
): readonly H[] {
  if (options.noHooks === true) return [];
  return options.skipTests === true ? hooks.filter((hook) => !hook.events.includes('test')) : hooks;
}

function selectDocuments(text: string, patterns: readonly string[], compat: HelmCompat): string {
  const documents = splitManifests(text, compat).map((document) => ({
    document,
    path: /# Source: [^/]+\/(.+)/.exec(document)?.[1],
  }));
  const selected: string[] = [];
  for (const pattern of patterns) {
    const found = documents.filter(({ path }) => path !== undefined && matchesPattern(pattern, path));
    if (found.length === 0) throw new GoError(`could not find template ${pattern} in chart`);
    selected.push(...found.map(({ document }) => `---\n${document}\n`));
  }
  return selected.join('');
}

/** A malformed pattern matches nothing. */
function matchesPattern(pattern: string, path: string): boolean {
  return orElse(
    () => matchPath(pattern, path),
    () => false,
  );
}

export interface OutputDirectoryOptions extends TemplateOutputOptions {
  readonly outputDirectory: string;
  /** The release name, when it becomes a directory below the output directory (`--release-name`). */
  readonly releaseDirectory?: string;
}

/** One write of `--output-dir`. */
export interface OutputFileWrite {
  readonly path: string;
  readonly text: string;
  /** Hooks are appended to a file that is there already, from an earlier run too. */
  readonly mode: 'create' | 'append' | 'append-if-exists';
  /** The line Helm prints on stdout after the write. */
  readonly notice: string;
}

/** The writes of `helm template --output-dir`, in order; after them Helm prints an empty line. */
export function planOutputFiles(
  rendered: RenderedDocuments,
  options: OutputDirectoryOptions,
): readonly OutputFileWrite[] {
  const { outputDirectory, releaseDirectory } = options;
  const directory =
    releaseDirectory === undefined ? outputDirectory : joinClean(outputDirectory, releaseDirectory);
  const written = new Set<string>();
  const write = (folder: string, name: string, content: string): OutputFileWrite => {
    const path = `${folder}/${name}`;
    const mode = written.has(path) ? 'append' : 'create';
    written.add(path);
    return { path, text: sourceDocument(name, content), mode, notice: `wrote ${path}` };
  };
  const crds = options.includeCrds === true ? rendered.crds : [];
  return [
    ...crds.map((crd) => write(outputDirectory, crd.fileName, crd.content)),
    ...rendered.manifests.map((each) => write(directory, each.path, each.content)),
    ...printedHooks(rendered.hooks, options).map((hook) => ({
      ...write(directory, hook.path, hook.content),
      mode: 'append-if-exists' as const,
    })),
  ];
}

/** Go's `filepath.Join` of a directory and a name. */
function joinClean(directory: string, name: string): string {
  const clean = cleanPath(`${directory}/${name}`);
  return directory === '' ? name : clean;
}
