import { type Dict, GoError } from '@flotilla/gocompat';
import { type Chart, formatTemplateText, install } from '@flotilla/helm';
import { flagMilliseconds } from './flag-milliseconds.ts';
import type { HelmCall } from './helm-command.ts';
import { actionChartOf } from './release-chart.ts';
import { withReleases } from './release-session.ts';

interface Rendering {
  readonly name: string;
  readonly chart: Chart;
  readonly values: Dict;
}

/**
 * What `helm template --dry-run=server` prints: rendered with what the cluster knows, and checked by it. Rejects with
 * GoError, also for what Helm can do here and this cannot.
 */
export async function templateOnServer(call: HelmCall, { name, chart, values }: Rendering): Promise<string> {
  const { flags } = call;
  for (const flag of ['include-crds', 'output-dir']) {
    if (flags.wasGiven(flag)) throw new GoError(`--${flag} is not supported together with --dry-run=server`);
  }
  const { manifest, hooks } = await withReleases(call, (context) =>
    install(context, {
      name,
      values,
      chart: actionChartOf(call, chart, context),
      dryRun: 'server',
      wait: 'hookOnly',
      timeout: flagMilliseconds(flags, 'timeout'),
      replace: true,
      isUpgrade: flags.boolean('is-upgrade'),
    }),
  );
  return formatTemplateText(
    manifest,
    hooks.map((hook) => ({ ...hook, content: hook.manifest })),
    {
      noHooks: flags.boolean('no-hooks'),
      skipTests: flags.boolean('skip-tests'),
      showOnly: flags.array('show-only'),
    },
  );
}
