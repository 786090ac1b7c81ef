import { getRelease, releaseJson, releaseResources, resourcesText, statusText } from '@flotilla/helm';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { outputFlag } from './output-format.ts';
import { revisionFlag } from './release-flags.ts';
import { printAs } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `status`: a release and its objects as they are (Helm 4.3.1). */

async function run(call: HelmCall): Promise<void> {
  const { args, flags } = call;
  const asTables = flags.string('output') === 'table';
  await withReleases(call, async (context) => {
    const release = await getRelease(context, args[0] ?? '', flags.integer('revision'));
    const resources = await releaseResources(context, release, { asTables });
    printAs(call, {
      table: () => statusText(release, { resources: resourcesText(resources) }),
      json: () => releaseJson({ ...release, chart: null }, resources),
    });
  });
}

export const statusCommand: HelmCommand = {
  spec: {
    name: 'status',
    summary: 'Print the status of a release',
    positionals: 'RELEASE_NAME',
    flags: [revisionFlag, outputFlag],
  },
  minimum: 1,
  maximum: 1,
  run,
};
