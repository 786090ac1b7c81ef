import { createNodeClock, createNodeTemplateHost } from '@flotilla/core/node';
import { type Dict, fromJs, localZone } from '@flotilla/gocompat';
import {
  type ActionChart,
  type ActionContext,
  type Cluster,
  chartForAction,
  type LogRecord,
  loadChart,
  nodeChartSource,
  objectStorage,
  openCluster,
} from '@flotilla/helm';

/** Our engine against a control plane, set up as the executor sets it up. */
export interface OurHelm extends AsyncDisposable {
  readonly cluster: Cluster;
  readonly records: readonly LogRecord[];
  context(namespace: string, overrides?: Partial<ActionContext>): ActionContext;
  chart(folder: string, context: ActionContext): ActionChart;
}

export async function ourHelm(kubeconfig: string): Promise<OurHelm> {
  const cluster = await openCluster({ settings: { kubeconfig, environment: {} } });
  const clock = createNodeClock();
  const zone = localZone('UTC');
  const host = createNodeTemplateHost({});
  const records: LogRecord[] = [];
  const log = (record: LogRecord): void => {
    records.push(record);
  };
  return {
    cluster,
    records,
    context: (namespace, overrides = {}) => {
      const compat = overrides.compat ?? 'v4';
      const storage = objectStorage(cluster, {
        kind: 'Secret',
        namespace,
        compat,
        now: () => clock.now(),
        log,
      });
      const signal = new AbortController().signal;
      return { cluster, storage, namespace, compat, clock, zone, signal, log, ...overrides };
    },
    chart: (folder, { compat, signal }) =>
      chartForAction(loadChart(nodeChartSource(folder), { compat }), {
        cluster,
        host,
        zone,
        compat,
        signal,
        log,
      }),
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
}

/** Values as the command line would give them. */
export function valuesOf(values: Readonly<Record<string, unknown>>): Dict {
  return fromJs(values) as Dict;
}
