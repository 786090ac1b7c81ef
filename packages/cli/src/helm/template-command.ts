import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  type Capabilities,
  defaultCapabilities,
  formatTemplateOutput,
  formatTemplateText,
  ManifestError,
  planOutputFiles,
  postRendered,
  RenderError,
  type RenderedChart,
  refusedName,
  releaseNameProblem,
  renderTemplates,
  sortRendered,
  type TemplateOutputOptions,
  writeOutputFiles,
} from '@flotilla/helm';
import { chartPath } from './chart-path.ts';
import { templateDryRunOf } from './dry-run.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { namespaceOf } from './helm-settings.ts';
import { valuesOf } from './helm-values.ts';
import { kubeVersionOf } from './lint-command.ts';
import { postRendererOf } from './post-renderer.ts';
import { preparedChart } from './prepared-chart.ts';
import { nameAndChart } from './release-name.ts';
import { templateFlags } from './template-flags.ts';
import { templateOnServer } from './template-on-server.ts';

/**
 * `template`: a chart's manifests (Helm 4.3.1), printed or written to files.
 * Steps come in Helm's order, so that of several mistakes the same one is reported.
 */

async function template(call: HelmCall): Promise<void> {
  const { flags, host } = call;
  const postRenderer = postRendererOf(call);
  const capabilities = capabilitiesOf(call);
  const dryRun = templateDryRunOf(call);
  const named = nameAndChart(call, 'release-name');
  const path = await chartPath(call, named.chart);
  const values = await valuesOf(call);
  const chart = await preparedChart(call, path);
  if (dryRun === 'server') {
    host.writeOutput(await templateOnServer(call, { name: named.name, chart, values }));
    return;
  }
  const problem = releaseNameProblem(named.name);
  if (problem !== undefined) throw refusedName({ compat: 'v4', log: call.registry.log }, problem);
  const isUpgrade = flags.boolean('is-upgrade');
  try {
    const templates = await renderTemplates(chart, {
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
    const changed = postRenderer === undefined ? templates : await postRendered(templates, postRenderer);
    const rendered = sortRendered(changed, { log: call.registry.log });
    host.writeOutput(outputOf(call, rendered, named.name));
  } catch (error) {
    throw explained(call, error);
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
