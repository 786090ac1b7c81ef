import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  createChart,
  lintCharts,
  listDependencies,
  loadChart,
  locateChart,
  nodeChartSource,
  packageChart,
  parseKubeVersion,
  type ShowPart,
  showChart,
} from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { valuesFlags, valuesOf } from './helm-values.ts';

/** Commands on charts alone: show, lint, create, package, dependency list. */

const parts: readonly ShowPart[] = ['all', 'chart', 'crds', 'readme', 'values'];
const repositoryFlags = [
  stringFlag('version', 'version or range of the chart'),
  stringFlag('repo', 'address of a chart repository'),
  booleanFlag('devel', 'prereleases too'),
];

/** The chart a command line names, on disk. Rejects with GoError. */
export function chartPath({ flags, registry }: HelmCall, name: string): Promise<string> {
  const repositoryUrl = flags.string('repo');
  return locateChart(name, registry, {
    version: flags.string('version'),
    devel: flags.boolean('devel'),
    ...(repositoryUrl === '' ? {} : { repositoryUrl }),
  });
}

async function show(call: HelmCall, part: ShowPart): Promise<void> {
  const path = await chartPath(call, call.args[0] ?? '');
  const source = nodeChartSource(call.registry.files.absolute(path));
  call.host.writeOutput(showChart(loadChart(source), part));
}

async function lint(call: HelmCall): Promise<void> {
  const { host, registry, flags, args } = call;
  const kubeVersion = flags.string('kube-version');
  const result = await lintCharts(args.length === 0 ? ['.'] : args, registry, {
    values: valuesOf(call),
    namespace: flags.string('namespace') || 'default',
    strict: flags.boolean('strict'),
    quiet: flags.boolean('quiet'),
    withSubcharts: flags.boolean('with-subcharts'),
    skipSchemaValidation: flags.boolean('skip-schema-validation'),
    templateHost: createNodeTemplateHost(host.env),
    ...(kubeVersion === '' ? {} : { kubeVersion: parseKubeVersion(kubeVersion) }),
  });
  host.writeOutput(result.text);
  if (result.error !== undefined) throw new GoError(result.error);
}

async function pack({ host, registry, flags, args }: HelmCall): Promise<void> {
  if (args.length === 0) throw new GoError('need at least one argument, the path to the chart');
  for (const path of args) {
    const version = flags.string('version');
    const appVersion = flags.string('app-version');
    const packaged = await packageChart(registry.files.absolute(path), registry, {
      destination: flags.string('destination') || '.',
      ...(version === '' ? {} : { version }),
      ...(appVersion === '' ? {} : { appVersion }),
    });
    host.writeOutput(packaged.text);
  }
}

/** By their words. */
export const chartCommands: Readonly<Record<string, HelmCommand>> = {
  ...Object.fromEntries(
    parts.map((part): [string, HelmCommand] => [
      `show ${part}`,
      {
        spec: { name: part, summary: `Print: ${part}`, positionals: '[CHART]', flags: repositoryFlags },
        minimum: 1,
        maximum: 1,
        run: (call) => show(call, part),
      },
    ]),
  ),
  lint: {
    spec: {
      name: 'lint',
      summary: 'Check charts',
      positionals: 'PATH',
      flags: [
        ...valuesFlags,
        booleanFlag('strict', 'warnings fail, too'),
        booleanFlag('quiet', 'print warnings and errors only'),
        booleanFlag('with-subcharts', 'check sub-charts, too'),
        booleanFlag('skip-schema-validation', 'do not check values against the schema'),
        stringFlag('kube-version', 'the Kubernetes version to check for'),
      ],
    },
    minimum: 0,
    run: lint,
  },
  create: {
    spec: { name: 'create', summary: 'Write a new chart', positionals: 'NAME', flags: [] },
    minimum: 1,
    maximum: 1,
    run: ({ registry, args, host }) => {
      createChart(args[0] ?? '', registry, { print: (text) => host.writeOutput(text) });
    },
  },
  package: {
    spec: {
      name: 'package',
      summary: 'Pack charts into archives',
      positionals: '[CHART_PATH] [...]',
      flags: [
        stringFlag('destination', 'the folder to write to', { short: 'd' }),
        stringFlag('version', 'version the chart gets'),
        stringFlag('app-version', 'appVersion the chart gets'),
      ],
    },
    minimum: 0,
    run: pack,
  },
  'dependency list': {
    spec: { name: 'list', aliases: ['ls'], summary: 'List dependencies', positionals: 'CHART', flags: [] },
    minimum: 0,
    maximum: 1,
    run: ({ registry, args, host }) => host.writeOutput(listDependencies(args[0] ?? '.', registry)),
  },
};
