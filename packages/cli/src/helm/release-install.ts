import { wrapGoError } from '@flotilla/gocompat';
import { type ActionContext, type ApplySettings, install, type Release } from '@flotilla/helm';
import { booleanFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { valuesOf } from './helm-values.ts';
import { preparedChart } from './prepared-chart.ts';
import { actionChartOf, applySettingsOf, deploymentFlags, locatedChart } from './release-chart.ts';
import { exclusiveApplyFlags } from './release-flags.ts';
import { nameAndChart, releaseNameFlags } from './release-name.ts';
import { printDeployed } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `install`: a chart becomes a release (Helm 4.3.1). Steps come in Helm's order. */

export interface InstallSettings extends ApplySettings {
  readonly createNamespace: boolean;
  readonly replace: boolean;
  readonly serverSide: boolean;
}

/** Installs what the command line says. Rejects with GoError. */
export async function installRelease(
  call: HelmCall,
  context: ActionContext,
  settings: InstallSettings,
): Promise<Release> {
  const { name, chart: reference } = nameAndChart(call, '');
  const path = await locatedChart(call, reference);
  const values = await valuesOf(call);
  const chart = await preparedChart(call, path);
  return install(context, {
    ...settings,
    name,
    chart: actionChartOf(call, chart, context),
    values,
    skipCrds: call.flags.boolean('skip-crds'),
  });
}

/** What Helm prints when it is told to stop. */
export function announceCancellation({ host, args }: HelmCall): () => void {
  return () => host.writeOutput(`Release ${args[0] ?? ''} has been cancelled.\n`);
}

async function run(call: HelmCall): Promise<void> {
  const { flags } = call;
  const settings = {
    ...applySettingsOf(call),
    createNamespace: flags.boolean('create-namespace'),
    replace: flags.boolean('replace'),
    serverSide: flags.boolean('server-side'),
  };
  try {
    const release = await withReleases(call, (context) => installRelease(call, context, settings), {
      onInterrupt: announceCancellation(call),
    });
    printDeployed(call, release, !flags.boolean('hide-notes'));
  } catch (error) {
    throw wrapGoError('INSTALLATION FAILED: ', error);
  }
}

export const installCommand: HelmCommand = {
  spec: {
    name: 'install',
    summary: 'Install a chart',
    positionals: '[NAME] [CHART]',
    flags: [
      ...deploymentFlags,
      ...releaseNameFlags,
      booleanFlag('replace', 'use the name of an uninstalled release again'),
      booleanFlag('server-side', 'apply on the server', { defaultValue: true }),
    ],
  },
  minimum: 1,
  exclusiveFlags: exclusiveApplyFlags,
  run,
};
