import { historyJson, historyTable, releaseHistory } from '@flotilla/helm';
import { booleanFlag, integerFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { outputFlag } from './output-format.ts';
import { printAs } from './release-output.ts';
import { withReleases } from './release-session.ts';

/** `history`: the revisions of a release (Helm 4.3.1). */

async function run(call: HelmCall): Promise<void> {
  const { args, flags } = call;
  const maximum = flags.integer('max');
  const all = await withReleases(call, (context) => releaseHistory(context, args[0] ?? '', maximum));
  const shown = maximum > 0 ? all : [];
  printAs(call, {
    table: () => historyTable(shown, flags.boolean('show-rollback-revision')),
    json: () => historyJson(shown),
  });
}

export const historyCommand: HelmCommand = {
  spec: {
    name: 'history',
    aliases: ['hist'],
    summary: 'List the revisions of a release',
    positionals: 'RELEASE_NAME',
    flags: [
      integerFlag('max', 'how many, the newest', { defaultValue: 256 }),
      booleanFlag('show-rollback-revision', 'tell where rollbacks went, in the table'),
      outputFlag,
    ],
  },
  minimum: 1,
  maximum: 1,
  run,
};
