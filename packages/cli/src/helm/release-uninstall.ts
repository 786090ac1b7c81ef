import { GoError } from '@flotilla/gocompat';
import { type UninstallRequest, uninstall } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { waitFlags, waitOf } from './release-flags.ts';
import { withReleases } from './release-session.ts';

/** `uninstall`: releases one after the other, up to the first that fails (Helm 4.3.1). */

async function run(call: HelmCall): Promise<void> {
  const { args, flags, host } = call;
  const request = {
    ...waitOf(call),
    cascade: cascadeOf(call),
    isDryRun: flags.boolean('dry-run'),
    ignoreNotFound: flags.boolean('ignore-not-found'),
    keepHistory: flags.boolean('keep-history'),
    description: flags.string('description'),
  };
  await withReleases(call, async (context) => {
    for (const name of args) {
      const { info } = await uninstall(context, { ...request, name });
      host.writeOutput(`${info === '' ? '' : `${info}\n`}release "${name}" uninstalled\n`);
    }
  });
}

function cascadeOf({ flags }: HelmCall): NonNullable<UninstallRequest['cascade']> {
  const text = flags.string('cascade');
  if (text === 'background' || text === 'foreground' || text === 'orphan') return text;
  throw new GoError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
}

export const uninstallCommand: HelmCommand = {
  spec: {
    name: 'uninstall',
    aliases: ['del', 'delete', 'un'],
    summary: 'Uninstall releases',
    positionals: 'RELEASE_NAME [...]',
    flags: [
      ...waitFlags,
      stringFlag('cascade', 'what becomes of dependants: background, foreground, orphan', {
        defaultValue: 'background',
        choices: ['background', 'foreground', 'orphan'],
      }),
      stringFlag('description', 'the description of the last revision'),
      booleanFlag('dry-run', 'change nothing'),
      booleanFlag('ignore-not-found', 'no release is no failure'),
      booleanFlag('keep-history', 'keep the records'),
    ],
  },
  minimum: 1,
  run,
};
