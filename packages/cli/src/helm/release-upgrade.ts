import { wrapGoError } from '@flotilla/gocompat';
import { type ActionContext, type Release, reasonToInstall, upgrade } from '@flotilla/helm';
import { booleanFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { valuesOf } from './helm-values.ts';
import { preparedChart } from './prepared-chart.ts';
import { actionChartOf, applySettingsOf, deploymentFlags, locatedChart } from './release-chart.ts';
import { exclusiveApplyFlags, historyMaxFlag, historyMaximumOf, serverSideFlag } from './release-flags.ts';
import { announceCancellation, installRelease } from './release-install.ts';
import { printDeployed } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `upgrade`: the next revision of a release, or with `--install` its first (Helm 4.3.1). Steps come in Helm's order. */

async function run(call: HelmCall): Promise<void> {
  const { host, flags } = call;
  const isTable = flags.string('output') === 'table';
  const work = async (context: ActionContext): Promise<Release> => {
    const [name = ''] = call.args;
    const reason = flags.boolean('install') ? await reasonToInstall(context, name) : undefined;
    if (reason === undefined) return upgradeRelease(call, context);
    if (isTable) host.writeOutput(`Release "${name}" does not exist. Installing it now.\n`);
    return installRelease(call, context, {
      ...applySettingsOf(call),
      createNamespace: flags.boolean('create-namespace'),
      replace: reason === 'uninstalled',
      serverSide: flags.string('server-side') !== 'false',
    });
  };
  const release = await withReleases(call, work, { onInterrupt: announceCancellation(call) });
  printDeployed(call, release, !flags.boolean('hide-notes'));
}

async function upgradeRelease(call: HelmCall, context: ActionContext): Promise<Release> {
  const { host, flags, args } = call;
  const [name = '', reference = ''] = args;
  const request = applySettingsOf(call);
  const path = await locatedChart(call, reference);
  const values = await valuesOf(call);
  const chart = await preparedChart(call, path);
  try {
    const release = await upgrade(context, {
      ...request,
      name,
      chart: actionChartOf(call, chart, context),
      values,
      serverSide: flags.string('server-side'),
      resetValues: flags.boolean('reset-values'),
      reuseValues: flags.boolean('reuse-values'),
      resetThenReuseValues: flags.boolean('reset-then-reuse-values'),
      cleanupOnFail: flags.boolean('cleanup-on-fail'),
      historyMax: historyMaximumOf(call),
    });
    if (flags.string('output') === 'table') {
      host.writeOutput(`Release "${name}" has been upgraded. Happy Helming!\n`);
    }
    return release;
  } catch (error) {
    throw wrapGoError('UPGRADE FAILED: ', error);
  }
}

export const upgradeCommand: HelmCommand = {
  spec: {
    name: 'upgrade',
    summary: 'Upgrade a release',
    positionals: '[RELEASE] [CHART]',
    flags: [
      ...deploymentFlags,
      serverSideFlag,
      historyMaxFlag,
      booleanFlag('install', 'install the release if there is none', { short: 'i' }),
      booleanFlag('reset-values', 'take none of the last release’s values'),
      booleanFlag('reuse-values', 'take the last release’s values, and the chart’s of then'),
      booleanFlag('reset-then-reuse-values', 'take the last release’s values, and the chart’s of now'),
      booleanFlag('cleanup-on-fail', 'delete what a failed upgrade created'),
    ],
  },
  minimum: 2,
  maximum: 2,
  exclusiveFlags: exclusiveApplyFlags,
  run,
};
