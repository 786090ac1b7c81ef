import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  type Capabilities,
  type Chart,
  checkDependenciesPresent,
  checkInstallable,
  checkReleaseName,
  defaultCapabilities,
  formatTemplateOutput,
  formatTemplateText,
  loadChart,
  ManifestError,
  nodeChartSource,
  planOutputFiles,
  RenderError,
  type RenderedChart,
  renderChart,
  slogRecord,
  type TemplateOutputOptions,
  updateDependencies,
  writeOutputFiles,
} from '@flotilla/helm';
import { chartPath, connectionOptions, keyringOf } from './chart-path.ts';
import { dryRunOf } from './dry-run.ts';
import { type HelmCall, type HelmCommand, printer } from './helm-command.ts';
import { namespaceOf } from './helm-settings.ts';
import { valuesOf } from './helm-values.ts';
import { kubeVersionOf } from './lint-command.ts';
import { nameAndChart } from './release-name.ts';
import { templateFlags } from './template-flags.ts';

/**
 * `template`: a chart's manifests (Helm 4.3.1), printed or written to files.
 * Steps come in Helm's order, so that of several mistakes the same one is reported.
 */

async function template(call: HelmCall): Promise<void> {
  const { flags, host } = call;
  const capabilities = capabilitiesOf(call);
  dryRunOf(call);
  const named = nameAndChart(call, 'release-name');
  const path = await chartPath(call, named.chart);
  const values = await valuesOf(call);
  const chart = await preparedChart(call, path);
  checkName(call, named.name);
  const isUpgrade = flags.boolean('is-upgrade');
  try {
    const rendered = await renderChart(chart, {
      values,
      capabilities,
      release: {
        name: named.name,
        namespace: namespaceOf(call.settings, call.registry.files),
        revision: 1,
        isUpgrade,
        isInstall: !isUpgrade,
      },
      host: createNodeTemplateHost(host.env),
      log: call.registry.log,
      enableDns: flags.boolean('enable-dns'),
      skipSchemaValidation: flags.boolean('skip-schema-validation'),
    });
    host.writeOutput(outputOf(call, rendered, named.name));
  } catch (error) {
    throw explained(call, error);
  }
}

/** Loads the chart and, when asked, fetches what it lacks. */
async function preparedChart(call: HelmCall, path: string): Promise<Chart> {
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

/** Helm logs a bad name before it fails. */
function checkName({ registry }: HelmCall, name: string): void {
  try {
    checkReleaseName(name);
  } catch (error) {
    if (error instanceof GoError) {
      const reason = error.message.replace(/^release name check failed: /, '');
      registry.log(slogRecord('ERROR', 'release name check failed', [['error', reason]]));
    }
    throw error;
  }
}

function outputOf({ flags, registry }: HelmCall, rendered: RenderedChart, name: string): string {
  const options: TemplateOutputOptions = {
    includeCrds: flags.boolean('include-crds'),
    noHooks: flags.boolean('no-hooks'),
    skipTests: flags.boolean('skip-tests'),
    showOnly: flags.array('show-only'),
  };
  const outputDirectory = flags.string('output-dir');
  if (outputDirectory === '') return formatTemplateOutput(rendered, options);
  const writes = planOutputFiles(rendered, {
    ...options,
    outputDirectory,
    ...(flags.boolean('release-name') ? { releaseDirectory: name } : {}),
  });
  return `${writeOutputFiles(writes, registry.files)}${formatTemplateText('', [], options)}`;
}

/** What Helm adds to errors of rendering; with `--debug` it prints what was rendered. */
function explained({ host, settings }: HelmCall, error: unknown): unknown {
  if (!(error instanceof RenderError || error instanceof ManifestError)) return error;
  if (settings.isDebug) {
    host.writeOutput(`${(error instanceof ManifestError ? error.manifest : '').trim()}\n`);
    return error;
  }
  return new GoError(`${error.message}\n\nUse --debug flag to render out invalid YAML`, { cause: error });
}

function capabilitiesOf({ flags }: HelmCall): Capabilities {
  const defaults = defaultCapabilities();
  return {
    ...defaults,
    ...kubeVersionOf(flags),
    apiVersions: [...defaults.apiVersions, ...flags.list('api-versions')],
  };
}

/** `helm template`. */
export const templateCommand: HelmCommand = {
  spec: {
    name: 'template',
    summary: 'Print the manifests of a chart',
    positionals: '[NAME] [CHART]',
    flags: templateFlags,
  },
  minimum: 1,
  exclusiveFlags: [
    ['force-replace', 'force-conflicts'],
    ['force', 'force-conflicts'],
    ['validate', 'dry-run'],
  ],
  run: template,
};
