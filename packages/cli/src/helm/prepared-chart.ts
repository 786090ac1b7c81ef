import { GoError } from '@flotilla/gocompat';
import {
  type Chart,
  checkDependenciesPresent,
  checkInstallable,
  loadChart,
  nodeChartSource,
  slogRecord,
  updateDependencies,
} from '@flotilla/helm';
import { connectionOptions, keyringOf } from './chart-path.ts';
import { type HelmCall, printer } from './helm-command.ts';

/** Loads the chart at a path and, when asked, fetches what it lacks. Rejects with GoError when it cannot be installed. */
export async function preparedChart(call: HelmCall, path: string): Promise<Chart> {
  const { registry, flags } = call;
  const load = (): Chart => loadChart(nodeChartSource(registry.files.absolute(path)), { log: registry.log });
  const chart = load();
  checkInstallable(chart);
  if (chart.metadata.deprecated) registry.log(slogRecord('WARN', 'this chart is deprecated'));
  if (!flags.boolean('dependency-update')) {
    checkDependenciesPresent(chart);
    return chart;
  }
  try {
    checkDependenciesPresent(chart);
    return chart;
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    await updateDependencies(path, registry, {
      ...connectionOptions(call),
      keyring: keyringOf(call),
      print: printer(call),
    });
    return load();
  }
}
