/** A loaded chart as actions take it: rendered by the engine, with what the cluster knows when it may be asked. */
import { type Dict, decodeBytes, type GoZone, wrapGoError } from '@flotilla/gocompat';
import type { TemplateHost } from '@flotilla/gotemplate';
import type { Chart } from '../chart/chart.ts';
import { crdsOf, instantiateChart } from '../chart/chart-instance.ts';
import { checkDependenciesPresent, checkInstallable } from '../chart/check-chart.ts';
import type { HelmCompat } from '../chart/helm-compat.ts';
import type { LogSink } from '../chart/log-record.ts';
import { processDependencies } from '../chart/process-dependencies.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Capabilities, defaultCapabilities } from '../engine/capabilities.ts';
import { type RenderedTemplates, renderTemplates, sortRendered } from '../engine/render-chart.ts';
import { manifestText } from '../manifest/release-manifest.ts';
import { chartRecord } from '../release/chart-record.ts';
import type { ActionChart, CrdFile, RenderedRelease, RenderRequest } from './action-chart.ts';
import { clusterCapabilities } from './cluster-capabilities.ts';
import { renderWithLookup } from './cluster-lookup.ts';

export interface ActionChartOptions {
  readonly cluster: Cluster;
  readonly host: TemplateHost;
  readonly zone: GoZone;
  readonly compat: HelmCompat;
  readonly signal: AbortSignal;
  readonly log: LogSink;
  /** Without a cluster (`--kube-version`, `--api-versions`); Helm's defaults unless given. */
  readonly capabilities?: Capabilities;
  readonly enableDns?: boolean;
  readonly skipSchemaValidation?: boolean;
  readonly subchartNotes?: boolean;
  readonly hideSecrets?: boolean;
  /** Steps in between rendering and sorting. */
  readonly postRender?: (rendered: RenderedTemplates) => Promise<RenderedTemplates>;
}

/** Throws GoError when the chart cannot be installed or misses dependencies. */
export function chartForAction(chart: Chart, options: ActionChartOptions): ActionChart {
  checkInstallable(chart);
  checkDependenciesPresent(chart);
  return {
    crds: (values) => crdFiles(chart, values, options),
    render: (request) => render(chart, request, options),
  };
}

function crdFiles(chart: Chart, values: Dict, { compat, log }: ActionChartOptions): readonly CrdFile[] {
  const instance = instantiateChart(chart);
  try {
    processDependencies(instance, values, { compat, log });
  } catch (error) {
    throw wrapGoError('chart dependencies processing failed: ', error);
  }
  return crdsOf(instance).map(({ name, file }) => ({ name, content: decodeBytes(file.data) }));
}

async function render(
  chart: Chart,
  request: RenderRequest,
  options: ActionChartOptions,
): Promise<RenderedRelease> {
  const { compat, log, cluster, signal, zone } = options;
  const source = request.defaults === undefined ? chart : { ...chart, values: request.defaults };
  const capabilities = request.usesCluster
    ? await clusterCapabilities(cluster, compat, { signal })
    : (options.capabilities ?? defaultCapabilities(compat));
  const settings = {
    values: request.values,
    release: request.release,
    host: options.host,
    capabilities,
    compat,
    log,
    enableDns: options.enableDns ?? false,
    skipSchemaValidation: options.skipSchemaValidation ?? false,
    subchartNotes: options.subchartNotes ?? false,
  };
  const templates = request.usesCluster
    ? await renderWithLookup(cluster, { signal, log }, (lookup) =>
        renderTemplates(source, { ...settings, lookup }),
      )
    : await renderTemplates(source, settings);
  const posted = options.postRender === undefined ? templates : await options.postRender(templates);
  const sorted = sortRendered(posted, { compat, log });
  const { hideSecrets = false } = options;
  return {
    manifest: manifestText(sorted.manifests, { hideSecrets }),
    hooks: sorted.hooks,
    notes: sorted.notes,
    chart: chartRecord(sorted.instance, { compat, zone }),
  };
}
