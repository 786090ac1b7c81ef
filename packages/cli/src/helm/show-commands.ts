import { loadChart, nodeChartSource, type ShowPart, showChart } from '@flotilla/helm';
import { chartFlags, chartPath } from './chart-path.ts';
import type { HelmCall, HelmCommand, HelmCommands } from './helm-command.ts';

/** `show`: what a chart says about itself. */

const parts: Readonly<Record<ShowPart, string>> = {
  all: 'Print everything of a chart',
  chart: 'Print the Chart.yaml of a chart',
  crds: 'Print the CRDs of a chart',
  readme: 'Print the README of a chart',
  values: 'Print the values of a chart',
};

async function show(call: HelmCall, part: ShowPart): Promise<void> {
  const path = await chartPath(call, call.args[0] ?? '');
  const source = nodeChartSource(call.registry.files.absolute(path));
  call.host.writeOutput(showChart(loadChart(source, { log: call.registry.log }), part));
}

function showCommand(part: ShowPart, summary: string): HelmCommand {
  return {
    spec: { name: part, summary, positionals: '[CHART]', flags: chartFlags },
    minimum: 1,
    maximum: 1,
    run: (call) => show(call, part),
  };
}

/** By their words. */
export const showCommands: HelmCommands = Object.fromEntries(
  Object.entries(parts).map(([part, summary]) => [`show ${part}`, showCommand(part as ShowPart, summary)]),
);
