import { createNodeTemplateHost } from '@flotilla/core/node';
import { GoError } from '@flotilla/gocompat';
import {
  checkDependenciesPresent,
  checkInstallable,
  checkReleaseName,
  defaultCapabilities,
  formatTemplateOutput,
  loadChart,
  nodeChartSource,
  parseKubeVersion,
  renderChart,
} from '@flotilla/helm';
import { arrayFlag, booleanFlag, stringFlag } from '../flags/flag.ts';
import { chartPath } from './chart-commands.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { valuesFlags, valuesOf } from './helm-values.ts';

/** `template`: a chart's manifests, without a cluster. */

async function template(call: HelmCall): Promise<void> {
  const { args, flags, host, registry } = call;
  if (args.length > 2) {
    throw new GoError(`expected at most two arguments, unexpected arguments: ${args.slice(2).join(', ')}`);
  }
  const name = args.length === 2 ? (args[0] ?? '') : 'release-name';
  const path = await chartPath(call, args.at(-1) ?? '');
  const values = valuesOf(call);
  const chart = loadChart(nodeChartSource(registry.files.absolute(path)));
  checkInstallable(chart);
  checkDependenciesPresent(chart);
  checkReleaseName(name);
  const isUpgrade = flags.boolean('is-upgrade');
  const rendered = await renderChart(chart, {
    values,
    release: {
      name,
      namespace: flags.string('namespace') || host.env['HELM_NAMESPACE'] || 'default',
      revision: 1,
      isUpgrade,
      isInstall: !isUpgrade,
    },
    host: createNodeTemplateHost(host.env),
    capabilities: capabilitiesOf(call),
    enableDns: flags.boolean('enable-dns'),
    skipSchemaValidation: flags.boolean('skip-schema-validation'),
  });
  host.writeOutput(
    formatTemplateOutput(rendered, {
      includeCrds: flags.boolean('include-crds'),
      noHooks: flags.boolean('no-hooks'),
      skipTests: flags.boolean('skip-tests'),
      showOnly: flags.array('show-only'),
    }),
  );
}

function capabilitiesOf({ flags }: HelmCall): ReturnType<typeof defaultCapabilities> {
  const defaults = defaultCapabilities();
  const kubeVersion = flags.string('kube-version');
  const apiVersions = flags.array('api-versions').flatMap((each) => each.split(','));
  return {
    ...defaults,
    apiVersions: [...defaults.apiVersions, ...apiVersions],
    ...(kubeVersion === '' ? {} : { kubeVersion: parseKubeVersion(kubeVersion) }),
  };
}

/** `helm template` (Helm 4.3.1) as far as it needs no cluster. */
export const templateCommand: HelmCommand = {
  spec: {
    name: 'template',
    summary: 'Print the manifests of a chart',
    positionals: '[NAME] [CHART]',
    flags: [
      ...valuesFlags,
      stringFlag('version', 'version or range of the chart'),
      stringFlag('repo', 'address of a chart repository'),
      booleanFlag('devel', 'prereleases too'),
      booleanFlag('include-crds', 'print CRDs, too'),
      booleanFlag('no-hooks', 'leave out hooks'),
      booleanFlag('skip-tests', 'leave out tests'),
      booleanFlag('is-upgrade', 'set .Release.IsUpgrade instead of .Release.IsInstall'),
      booleanFlag('enable-dns', 'let templates look up names'),
      booleanFlag('skip-schema-validation', 'do not check values against the schema'),
      stringFlag('kube-version', 'the Kubernetes version to render for'),
      arrayFlag('api-versions', 'API versions the cluster has', { short: 'a' }),
      arrayFlag('show-only', 'print only this template', { short: 's', placeholder: 'path' }),
    ],
  },
  minimum: 1,
  run: template,
};
