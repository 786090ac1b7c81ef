import { type Dict, dict, emitYaml } from '@flotilla/gocompat';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { EmbeddedValues } from '../prepare/embed-values.ts';
import { encodeBlock, inYamlOrder } from '../spec/encode-block.ts';
import { releaseShape } from '../spec/release-shape.ts';
import { stateShape } from '../spec/state-shape.ts';

export interface StateDocumentOptions {
  /** The releases to print. */
  readonly releases: readonly DesiredRelease[];
  /** Path of a prepared chart that differs from the chart as declared. */
  readonly chartPathOf: (release: DesiredRelease) => string | undefined;
  /** `--embed-values`: what stands for the values and secrets of a release. */
  readonly embedded?: ReadonlyMap<DesiredRelease, EmbeddedValues>;
}

/** A loaded state file as `build` prints it (Helmfile 1.8.0): a document head, then the merged state as YAML. */
export function stateDocument(file: DesiredStateFile, options: StateDocumentOptions): string {
  const releases = options.releases.map((release) =>
    encodeRelease(release, options.chartPathOf(release), options.embedded?.get(release)),
  );
  const state = encodeBlock(stateShape, {
    helmBinary: 'helm',
    kustomizeBinary: 'kustomize',
    ...file.spec,
    releases: [],
  });
  const document = dict([['filepath', filePath(file)]]);
  for (const key of Object.keys(stateShape.fields)) {
    if (key === 'releases' && releases.length > 0) document[key] = releases;
    else if (state[key] !== undefined) document[key] = state[key];
  }
  document['renderedvalues'] = inYamlOrder(file.values);
  return `---\n#  Source: ${file.absolutePath}\n\n${emitYaml(document, { dialect: 'v3', sortKeys: false })}`;
}

function filePath({ absolutePath, printedBaseDirectory }: DesiredStateFile): string {
  return printedBaseDirectory === '.' ? absolutePath.slice(absolutePath.lastIndexOf('/') + 1) : absolutePath;
}

function encodeRelease(
  release: DesiredRelease,
  chartPath: string | undefined,
  embedded: EmbeddedValues | undefined,
): Dict {
  const { inherit: _inherit, ...spec } = release.spec;
  return encodeBlock(releaseShape, {
    ...spec,
    ...(embedded === undefined || spec.values === undefined ? {} : { values: embedded.values }),
    ...(embedded === undefined || spec.secrets === undefined ? {} : { secrets: embedded.secrets }),
    labels: release.labels,
    ...(release.needs.length === 0 ? {} : { needs: release.needs }),
    ...(chartPath === undefined ? {} : { chartPath }),
  });
}
