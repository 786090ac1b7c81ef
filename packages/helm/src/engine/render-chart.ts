/**
 * renderChart: a chart and a release's values to documents, hooks and notes. Comes in: a loaded chart, values, what the
 * release and cluster are. Goes out: a RenderedChart, or a GoError (RenderError, for templates) in Helm's words.
 * Rendering is pure but for the host and `lookup`; a Suspension they throw passes, and the render can be repeated.
 */
import { type Dict, decodeBytes, GoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { Chart } from '../chart/chart.ts';
import { type ChartInstance, crdsOf, instantiateChart } from '../chart/chart-instance.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { discardLog, type LogSink, slogRecord } from '../chart/log-record.ts';
import { processDependencies } from '../chart/process-dependencies.ts';
import { isCompatibleRange } from '../chart/version-range.ts';
import type { RenderedFiles } from '../manifest/manifest.ts';
import { type CrdDocument, unsortedManifestText } from '../manifest/release-manifest.ts';
import { type SortedManifests, sortManifests } from '../manifest/sort-manifests.ts';
import { checkSchemas, type SchemaLoader } from '../values/check-schemas.ts';
import { coalesceValues } from '../values/coalesce.ts';
import {
  type Capabilities,
  capabilitiesObject,
  constraintVersion,
  defaultCapabilities,
} from './capabilities.ts';
import { ChartEngine } from './chart-engine.ts';
import { separateNotes } from './notes.ts';
import type { Lookup } from './render-context.ts';
import { RenderError } from './render-error.ts';
import { type ReleaseInfo, scopedTemplates } from './scope.ts';

export interface RenderOptions {
  /** The user's values, over the chart's. Not changed. */
  readonly values: Dict;
  readonly release: ReleaseInfo;
  readonly host: TemplateHost;
  /** Helm's defaults unless given. */
  readonly capabilities?: Capabilities;
  readonly lookup?: Lookup | undefined;
  readonly compat?: HelmCompat;
  readonly log?: LogSink;
  readonly enableDns?: boolean;
  readonly isLint?: boolean;
  readonly isStrict?: boolean;
  readonly skipSchemaValidation?: boolean;
  /** Reads schemas that a chart's schema refers to by URL. */
  readonly loadSchema?: SchemaLoader;
  /** `--render-subchart-notes` */
  readonly subchartNotes?: boolean;
}

/** Rendered text before documents are split: where a post-renderer steps in. */
export interface RenderedTemplates {
  readonly files: RenderedFiles;
  readonly notes: string;
  readonly crds: readonly CrdDocument[];
  /** The chart as it was rendered: sub-charts enabled, values imported. */
  readonly instance: ChartInstance;
}

export interface RenderedChart extends SortedManifests {
  readonly crds: readonly CrdDocument[];
  readonly notes: string;
  readonly instance: ChartInstance;
}

/** Documents that are no YAML; `manifest` is the text Helm shows with `--debug`. */
export class ManifestError extends GoError {
  readonly manifest: string;

  constructor(message: string, manifest: string, options: ErrorOptions) {
    super(message, options);
    this.manifest = manifest;
  }
}

/** Renders and sorts (Helm 4.3.1 `renderResources` without a post-renderer). */
export async function renderChart(chart: Chart, options: RenderOptions): Promise<RenderedChart> {
  return sortRendered(await renderTemplates(chart, options), options);
}

/** A chart with its sub-charts chosen, and all values of a release. */
export interface ValuedChart {
  readonly instance: ChartInstance;
  readonly values: Dict;
}

/** Enables sub-charts, imports values and lays the user's over the defaults. Throws GoError. */
export function valueChart(chart: Chart, options: RenderOptions): ValuedChart {
  const compat = options.compat ?? 'v4';
  const log = options.log ?? discardLog;
  const instance = instantiateChart(chart);
  processDependenciesOf(instance, { ...options, compat, log });
  return { instance, values: coalesceValues(instance, options.values, { compat, log }) };
}

/** The first half of {@link renderChart}: everything up to the rendered files. */
export async function renderTemplates(chart: Chart, options: RenderOptions): Promise<RenderedTemplates> {
  return await renderValued(valueChart(chart, options), options);
}

/** What is left of {@link renderTemplates}: checking and rendering. Linting asks for no cluster version. */
export async function renderValued(
  { instance, values }: ValuedChart,
  options: RenderOptions,
): Promise<RenderedTemplates> {
  const compat = options.compat ?? 'v4';
  const log = options.log ?? discardLog;
  const capabilities = options.capabilities ?? defaultCapabilities(compat);
  if (options.skipSchemaValidation !== true) {
    await checkSchemas(instance, values, { log, loadSchema: options.loadSchema });
  }
  if (options.isLint !== true) checkKubeVersion(instance, capabilities);
  const templates = scopedTemplates(instance, {
    values,
    release: options.release,
    capabilities: capabilitiesObject(capabilities, compat),
    compat,
  });
  const rendered = engineFor(options.host, compat).render(
    templates,
    {
      lookup: options.lookup,
      enableDns: options.enableDns ?? false,
      isLint: options.isLint ?? false,
      log,
    },
    { isStrict: options.isStrict ?? false },
  );
  const crds = crdsOf(instance).map(({ fileName, file }) => ({ fileName, content: decodeBytes(file.data) }));
  const separated = separateNotes(rendered, {
    chartName: instance.name,
    includesSubcharts: options.subchartNotes ?? false,
  });
  return { ...separated, crds, instance };
}

/** The second half of {@link renderChart}: splits and sorts files, rendered or post-rendered. Throws ManifestError. */
export function sortRendered(
  rendered: RenderedTemplates,
  options: { readonly compat?: HelmCompat; readonly log?: LogSink } = {},
): RenderedChart {
  const { files, crds, notes, instance } = rendered;
  try {
    return { ...sortManifests(files, options), crds, notes, instance };
  } catch (error) {
    if (error instanceof GoError) {
      throw new ManifestError(error.message, unsortedManifestText(files), { cause: error });
    }
    throw error;
  }
}

const engines = new WeakMap<TemplateHost, Map<HelmCompat, ChartEngine>>();

/** One engine per host and major, so that renders share parsed templates. */
function engineFor(host: TemplateHost, compat: HelmCompat): ChartEngine {
  const known = engines.get(host) ?? new Map<HelmCompat, ChartEngine>();
  engines.set(host, known);
  const engine = known.get(compat) ?? new ChartEngine(host, compat);
  known.set(compat, engine);
  return engine;
}

function processDependenciesOf(
  instance: ChartInstance,
  { values, compat, log, isLint }: RenderOptions & { readonly compat: HelmCompat; readonly log: LogSink },
): void {
  try {
    processDependencies(instance, values, { compat, log });
  } catch (error) {
    if (!(error instanceof GoError) || compat === 'v3' || isLint === true) throw error;
    const problem = 'chart dependencies processing failed';
    log(slogRecord('ERROR', problem, [['error', error.message]]));
    throw new GoError(`${problem}: ${error.message}`, { cause: error });
  }
}

function checkKubeVersion({ metadata }: ChartInstance, { kubeVersion }: Capabilities): void {
  const range = metadata.kubeVersion;
  if (range === '' || isCompatibleRange(range, constraintVersion(kubeVersion))) return;
  throw new RenderError(
    `chart requires kubeVersion: ${range} which is incompatible with Kubernetes ${kubeVersion.version}`,
  );
}
