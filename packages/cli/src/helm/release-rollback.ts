import { atoi, wrapping } from '@flotilla/gocompat';
import { rollback } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import { dryRunOf } from './dry-run.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import {
  applyFlags,
  applyOf,
  dryRunFlag,
  exclusiveApplyFlags,
  historyMaxFlag,
  historyMaximumOf,
  serverSideFlag,
  waitFlags,
} from './release-flags.ts';
import { withReleases } from './release-session.ts';

/** `rollback`: a new revision with the content of an old one (Helm 4.3.1). */

async function run(call: HelmCall): Promise<void> {
  const { args, flags, host } = call;
  const [name = '', text] = args;
  const revision =
    text === undefined ? 0 : wrapping('could not convert revision to a number: ', () => atoi(text).n);
  const request = {
    ...applyOf(call),
    name,
    revision,
    description: flags.string('description'),
    isDryRun: dryRunOf(call) !== 'none',
    serverSide: flags.string('server-side'),
    cleanupOnFail: flags.boolean('cleanup-on-fail'),
    historyMax: historyMaximumOf(call),
  };
  await withReleases(call, (context) => rollback(context, request));
  host.writeOutput('Rollback was a success! Happy Helming!\n');
}

export const rollbackCommand: HelmCommand = {
  spec: {
    name: 'rollback',
    summary: 'Go back to an earlier revision of a release',
    positionals: '<RELEASE> [REVISION]',
    flags: [
      ...waitFlags,
      ...applyFlags,
      serverSideFlag,
      dryRunFlag,
      historyMaxFlag,
      stringFlag('description', 'the description of the new revision'),
      booleanFlag('cleanup-on-fail', 'delete what a failed rollback created'),
    ],
  },
  minimum: 1,
  exclusiveFlags: exclusiveApplyFlags,
  run,
};
