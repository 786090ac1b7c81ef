import { cleanPath, joinPath } from '@flotilla/gocompat';
import type { DesiredStateFile } from '../desired/desired-state.ts';
import type { Repository } from '../ports/executor.ts';
import { isAbsolutePath, resolvePath } from '../source/paths.ts';
import { repositoryOf } from './repositories.ts';

/**
 * What a release's `chart` names (helmfile-format.md §3.6.2): a local path, an OCI chart, or something helm resolves itself.
 * In: the text as written, its file, the repositories. Out: one of three kinds. Not its business: fetching it.
 */

export type ChartReference =
  | { readonly kind: 'local'; readonly printed: string; readonly absolute: string }
  | { readonly kind: 'oci'; readonly chart: OciChart; readonly repository: Repository | undefined }
  | { readonly kind: 'helm'; readonly reference: string; readonly repository: Repository | undefined };

/** `host/path`, with the tag and digest of the reference or the version field. */
export interface OciChart {
  /** Without scheme, tag and digest. */
  readonly base: string;
  readonly tag: string;
  readonly digest: string;
  /** The version field without its digest. */
  readonly version: string;
}

/** Names the chart of a release; local charts are those that look local, whether they exist or not. */
export function classifyChart(
  chart: string,
  release: { readonly file: DesiredStateFile; readonly version: string },
  repositories: readonly Repository[],
): ChartReference {
  const repository = repositoryOf(chart, repositories);
  if (chart.startsWith('oci://')) return { kind: 'oci', chart: ociChart(chart, release.version), repository };
  if (repository?.isOci === true) {
    const url = `${repository.url.replace(/^oci:\/\//, '').replace(/\/+$/, '')}/${chart.slice(repository.name.length + 1)}`;
    return { kind: 'oci', chart: ociChart(url, release.version), repository };
  }
  if (repository !== undefined || !looksLocal(chart)) return { kind: 'helm', reference: chart, repository };
  return localChart(chart, release.file);
}

/** The place of a chart written as a path. */
export function localChart(
  chart: string,
  file: DesiredStateFile,
): Extract<ChartReference, { readonly kind: 'local' }> {
  return {
    kind: 'local',
    printed: isAbsolutePath(chart) ? cleanPath(chart) : joinPath(file.printedBaseDirectory, chart),
    absolute: resolvePath(file.baseDirectory, chart),
  };
}

function looksLocal(chart: string): boolean {
  if (/^\.\.?\//.test(chart)) return true;
  if (chart.includes('://')) return false;
  const segments = chart.split('/').length;
  return chart === '' || isAbsolutePath(chart) || segments === 1 || (segments !== 2 && segments !== 3);
}

/** Takes `oci://host/path:tag@digest` and a version field `V@digest` apart. */
function ociChart(reference: string, field: string): OciChart {
  const plain = reference.replace(/^oci:\/\//, '');
  const [located = '', urlDigest = ''] = plain.split('@');
  const colon = located.indexOf(':', located.lastIndexOf('/') + 1);
  const [version = '', fieldDigest = ''] = field.split('@');
  return {
    base: colon === -1 ? located : located.slice(0, colon),
    tag: colon === -1 ? '' : located.slice(colon + 1),
    digest: urlDigest === '' ? fieldDigest : urlDigest,
    version,
  };
}

/** What `helm pull` is asked for: the base, with a digest when there is one. */
export function ociReference({ base, digest }: OciChart): string {
  return digest === '' ? `oci://${base}` : `oci://${base}@${digest}`;
}

/** How Helmfile's messages name the chart: with its digest, else with the version unless the reference has a tag. */
export function ociName({ base, digest, tag }: OciChart, version: string): string {
  if (digest !== '') return `${base}@${digest}`;
  return version === '' || tag !== '' ? base : `${base}:${version}`;
}

/** The version that names the chart: the field before the tag. */
export function ociVersion({ tag, version }: OciChart): string {
  return version === '' ? tag : version;
}

/** Where a registry chart lies below the cache root (helmfile-cli.md §8.2). */
export function ociCachePath(chart: string, version: string): string {
  const segments = chart.replace(/:|\/\/|\.|&/g, '_').split('/');
  const last = version === '' ? [] : [version.replace(/[=><!|~^ ,*]/g, '_')];
  return [...segments, ...last].join('/');
}
