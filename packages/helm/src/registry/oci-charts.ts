/**
 * Charts in registries: pull and push (Helm 4.3.1 `registry.Client`). Comes in: references and
 * archives. Goes out: archives, provenance, digests, the lines Helm prints, or a GoError with its texts.
 */
import { decodeBytes, encodeText, GoError, sortStrings, toGoJson, wrapGoError } from '@flotilla/gocompat';
import type { ChartMetadata } from '../chart/chart.ts';
import { loadChart } from '../chart/load-chart.ts';
import { metadataJson } from '../package/metadata-table.ts';
import { formatOciReference, parseOciReference } from './oci-reference.ts';
import {
  type Descriptor,
  digestOf,
  imageIndexType,
  imageManifestType,
  type OciContent,
  OciRepository,
} from './oci-repository.ts';
import type { OciSession } from './oci-session.ts';
import type { Print } from './registry-host.ts';

export const configType = 'application/vnd.cncf.helm.config.v1+json';
export const chartLayerType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
export const provenanceLayerType = 'application/vnd.cncf.helm.chart.provenance.v1.prov';
const legacyChartLayerType = 'application/tar+gzip';

const underscoreNote = `
OCI artifact references (e.g. tags) do not support the plus sign (+). To support
storing semantic versions, Helm adopts the convention of changing plus (+) to
an underscore (_) in chart version tags when pushing to a registry and back to
a plus (+) when pulling from a registry.`;

export interface PulledChart {
  readonly reference: string;
  /** Digest of the manifest. */
  readonly digest: string;
  readonly chart: Uint8Array | undefined;
  readonly provenance: Uint8Array | undefined;
}

export interface PullOptions {
  /** Layers to fetch; both unless given. A layer that is asked for must be there. */
  readonly layers?: readonly ('chart' | 'provenance')[];
  readonly print?: Print;
}

/** Pulls a chart, or its provenance, by tag or digest. */
export async function pullOciChart(
  reference: string,
  session: OciSession,
  options: PullOptions = {},
): Promise<PulledChart> {
  const print = options.print ?? (() => {});
  const layers = options.layers ?? ['chart'];
  const parsed = parseOciReference(reference);
  const repository = new OciRepository(session, parsed);
  const root = await repository
    .manifest(parsed.tag === '' ? parsed.digest : parsed.tag)
    .catch((error: unknown) => {
      throw wrapGoError('failed to perform "FetchReference" on source: ', error);
    });
  const allowed = allowedTypes(layers);
  const found = await contentsOf(root, repository, allowed);
  const parts = chartParts(found, layers, print);
  const fetch = async (part: Descriptor | undefined): Promise<Uint8Array | undefined> =>
    part === undefined ? undefined : verified(() => repository.blob(part));
  const [, chart, provenance] = await Promise.all([
    fetch(parts.config),
    fetch(parts.chart),
    fetch(parts.provenance),
  ]);
  const shown = formatOciReference(parsed);
  print(`Pulled: ${shown}\nDigest: ${root.digest}\n${underscoreText(shown, shown)}`);
  return { reference: shown, digest: root.digest, chart, provenance };
}

function underscoreText(shown: string, checked: string): string {
  return checked.includes('_') ? `${shown} contains an underscore.\n${underscoreNote}\n` : '';
}

function allowedTypes(layers: readonly ('chart' | 'provenance')[]): ReadonlySet<string> {
  return new Set([
    imageIndexType,
    imageManifestType,
    configType,
    ...(layers.includes('chart') ? [chartLayerType, legacyChartLayerType] : []),
    ...(layers.includes('provenance') ? [provenanceLayerType] : []),
  ]);
}

const maximumManifests = 100;

/** The manifest and all it leads to, as far as its types are allowed. */
async function contentsOf(
  root: OciContent,
  repository: OciRepository,
  allowed: ReadonlySet<string>,
): Promise<readonly Descriptor[]> {
  const found: Descriptor[] = [];
  const waiting: OciContent[] = [root];
  for (let count = 0; waiting.length > 0 && count < maximumManifests; count += 1) {
    const content = waiting.shift();
    if (content === undefined || !allowed.has(content.mediaType)) continue;
    found.push(content);
    const children = childrenOf(content).filter((child) => allowed.has(child.mediaType));
    for (const child of children) {
      const isManifest = child.mediaType === imageIndexType || child.mediaType === imageManifestType;
      if (isManifest) waiting.push(await repository.manifest(child.digest));
      else found.push(child);
    }
  }
  return found;
}

function childrenOf(content: OciContent): readonly Descriptor[] {
  let value: { readonly [part: string]: unknown };
  try {
    value = JSON.parse(decodeBytes(content.bytes)) as { readonly [part: string]: unknown };
  } catch {
    throw new GoError(`failed to perform "FindSuccessors" on source: invalid character in manifest`);
  }
  const many = content.mediaType === imageIndexType ? value['manifests'] : value['layers'];
  const one = content.mediaType === imageIndexType ? [] : [value['config']];
  return [...one, ...(Array.isArray(many) ? many : [])].filter(isDescriptor);
}

function isDescriptor(value: unknown): value is Descriptor {
  const { mediaType, digest, size } = (value ?? {}) as Partial<Descriptor>;
  return (
    typeof mediaType === 'string' &&
    typeof digest === 'string' &&
    /^sha256:[0-9a-f]{64}$/.test(digest) &&
    typeof size === 'number'
  );
}

interface ChartParts {
  readonly config: Descriptor;
  readonly chart: Descriptor | undefined;
  readonly provenance: Descriptor | undefined;
}

function chartParts(
  found: readonly Descriptor[],
  layers: readonly ('chart' | 'provenance')[],
  print: Print,
): ChartParts {
  const minimum = 1 + layers.length;
  if (found.length < minimum) {
    throw new GoError(
      `manifest does not contain minimum number of descriptors (${minimum}), descriptors found: ${found.length}`,
    );
  }
  const last = (...types: readonly string[]): Descriptor | undefined =>
    found.findLast(({ mediaType }) => types.includes(mediaType));
  if (last(legacyChartLayerType) !== undefined) {
    print(`Warning: chart media type ${legacyChartLayerType} is deprecated\n`);
  }
  const config = last(configType);
  if (config === undefined) throw new GoError(`could not load config with mediatype ${configType}`);
  const chart = last(chartLayerType, legacyChartLayerType);
  const provenance = last(provenanceLayerType);
  if (layers.includes('chart') && chart === undefined) throw missingLayer(chartLayerType);
  if (layers.includes('provenance') && provenance === undefined) throw missingLayer(provenanceLayerType);
  return { config, chart, provenance };
}

function missingLayer(type: string): GoError {
  return new GoError(`manifest does not contain a layer with mediatype ${type}`);
}

async function verified<T>(fetch: () => Promise<T>): Promise<T> {
  try {
    return await fetch();
  } catch (error) {
    if (
      !(error instanceof GoError) ||
      !/^(?:mismatched digest|unexpected EOF|invalid descriptor size)$/.test(error.message)
    ) {
      throw error;
    }
    throw new GoError(`failed to perform "Push" on destination: ${error.message}`, { cause: error });
  }
}

export interface PushOptions {
  readonly provenance?: Uint8Array | undefined;
  /** RFC 3339, for the annotation. */
  readonly created: string;
  readonly print?: Print;
}

export interface PushedChart {
  readonly reference: string;
  readonly digest: string;
}

/** Pushes an archive; the reference must end with `/NAME:VERSION` of its chart. */
export async function pushOciChart(
  archive: Uint8Array,
  reference: string,
  options: PushOptions & { readonly session: OciSession },
): Promise<PushedChart> {
  const parsed = parseOciReference(reference);
  const { metadata } = loadChart({ kind: 'archive', name: reference, bytes: archive });
  if (!reference.endsWith(`/${metadata.name}:${metadata.version}`)) {
    throw new GoError('strict mode enabled, ref basename and tag must match the chart name and version');
  }
  const config = encodeText(metadataJson(metadata));
  const { provenance } = options;
  const manifest = encodeText(
    manifestJson(metadata, {
      config: descriptorOf(configType, config),
      layers: [
        descriptorOf(chartLayerType, archive),
        ...(provenance === undefined ? [] : [descriptorOf(provenanceLayerType, provenance)]),
      ],
      created: options.created,
    }),
  );
  const repository = new OciRepository(options.session, parsed, 'pull,push');
  if (!(await repository.has('manifests', digestOf(manifest)))) {
    const blobs = [config, archive, ...(provenance === undefined ? [] : [provenance])];
    for (const blob of blobs) await repository.pushBlob(blob);
  }
  const digest = await repository.pushManifest(parsed.tag, manifest);
  const shown = formatOciReference(parsed);
  options.print?.(`Pushed: ${shown}\nDigest: ${digest}\n${underscoreText(shown, parsed.tag)}`);
  return { reference: shown, digest };
}

function descriptorOf(mediaType: string, bytes: Uint8Array): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

interface ManifestParts {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly created: string;
}

function manifestJson(metadata: ChartMetadata, { config, layers, created }: ManifestParts): string {
  const sorted = [...layers].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  const annotations = annotationsOf(metadata, created);
  const pairs = sortStrings([...annotations.keys()]).map(
    (key) => `${toGoJson(key)}:${toGoJson(annotations.get(key) ?? '')}`,
  );
  return `{"schemaVersion":2,"config":${descriptorJson(config)},"layers":[${sorted.map(descriptorJson).join(',')}],"annotations":{${pairs.join(',')}}}`;
}

function descriptorJson({ mediaType, digest, size }: Descriptor): string {
  return JSON.stringify({ mediaType, digest, size });
}

const prefix = 'org.opencontainers.image.';

function annotationsOf(metadata: ChartMetadata, created: string): ReadonlyMap<string, string> {
  const authors = (metadata.maintainers ?? [])
    .map(({ name, email }) => `${name}${email === '' ? '' : ` (${email})`}`)
    .join(', ');
  const own = [
    ['description', metadata.description],
    ['title', metadata.name],
    ['version', metadata.version],
    ['url', metadata.home],
    ['created', created],
    ['source', metadata.sources?.[0] ?? ''],
    ['authors', authors],
  ] as const;
  const result = new Map<string, string>();
  for (const [name, value] of own) if (value.trim() !== '') result.set(`${prefix}${name}`, value);
  for (const [name, value] of metadata.annotations ?? []) {
    if (name !== `${prefix}version` && name !== `${prefix}title`) result.set(name, value);
  }
  return result;
}
