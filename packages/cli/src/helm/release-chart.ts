import { createNodeTemplateHost } from '@flotilla/core/node';
import {
  type ActionChart,
  type ActionContext,
  type ApplySettings,
  type Chart,
  chartForAction,
  locateChart,
  postRendered,
} from '@flotilla/helm';
import { booleanFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import { chartFlags, fetchOptions } from './chart-path.ts';
import { dryRunOf } from './dry-run.ts';
import { type HelmCall, printer } from './helm-command.ts';
import { valuesFlags } from './helm-values.ts';
import { outputFlag } from './output-format.ts';
import { postRendererFlags, postRendererOf } from './post-renderer.ts';
import { applyFlags, applyOf, dryRunFlag, labelsFlag, labelsOf, waitFlags } from './release-flags.ts';

/** What `install` and `upgrade` share: flags, the chart in the hands of the engine, what happens to it. */

export const deploymentFlags: readonly FlagSpec[] = [
  ...valuesFlags,
  ...chartFlags,
  ...waitFlags,
  ...applyFlags,
  dryRunFlag,
  labelsFlag,
  outputFlag,
  booleanFlag('create-namespace', 'make the namespace if there is none'),
  booleanFlag('dependency-update', 'fetch dependencies that are missing'),
  stringFlag('description', 'the description of the revision'),
  booleanFlag('disable-openapi-validation', 'accepted, without effect: the API server validates'),
  booleanFlag('enable-dns', 'let templates look up names'),
  booleanFlag('hide-notes', 'print no notes'),
  booleanFlag('hide-secret', 'with --dry-run: print no Secrets'),
  ...postRendererFlags,
  booleanFlag('render-subchart-notes', 'the notes of sub-charts, too'),
  booleanFlag('rollback-on-failure', 'undo what failed'),
  booleanFlag('atomic', 'undo what failed', { deprecated: 'use --rollback-on-failure instead' }),
  booleanFlag('skip-crds', 'install no CRDs'),
  booleanFlag('skip-schema-validation', 'do not check values against the schema'),
  booleanFlag('take-ownership', 'adopt objects that others made'),
];

/** The chart a command line names, on disk; what registries say of it is part of the product. Rejects with GoError. */
export function locatedChart(call: HelmCall, name: string): Promise<string> {
  return locateChart(name, call.registry, { ...fetchOptions(call), print: printer(call) });
}

/** The chart as the engine's actions take it. Throws GoError when it cannot be installed. */
export function actionChartOf(call: HelmCall, chart: Chart, context: ActionContext): ActionChart {
  const { flags, host } = call;
  const { cluster, zone, compat, signal, log } = context;
  const postRenderer = postRendererOf(call);
  return chartForAction(chart, {
    cluster,
    host: createNodeTemplateHost(host.env),
    zone,
    compat,
    signal,
    log,
    enableDns: flags.boolean('enable-dns'),
    skipSchemaValidation: flags.boolean('skip-schema-validation'),
    subchartNotes: flags.boolean('render-subchart-notes'),
    hideSecrets: flags.boolean('hide-secret'),
    ...(postRenderer === undefined
      ? {}
      : { postRender: (rendered) => postRendered(rendered, postRenderer, compat) }),
  });
}

/** Throws GoError for values of flags that mean nothing. */
export function applySettingsOf(call: HelmCall): ApplySettings {
  const { flags } = call;
  return {
    ...applyOf(call),
    dryRun: dryRunOf(call),
    labels: labelsOf(call),
    description: flags.string('description'),
    takeOwnership: flags.boolean('take-ownership'),
    hideSecrets: flags.boolean('hide-secret'),
    rollbackOnFailure: flags.boolean('rollback-on-failure') || flags.boolean('atomic'),
  };
}
