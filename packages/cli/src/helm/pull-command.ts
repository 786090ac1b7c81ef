import { pullChart } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import { chartFlags, fetchOptions } from './chart-path.ts';
import { type HelmCall, type HelmCommand, printer } from './helm-command.ts';

/** `pull`: archives from repositories and registries to disk. */

async function pull(call: HelmCall): Promise<void> {
  const { args, flags, registry, host } = call;
  const options = fetchOptions(call);
  const verify = flags.boolean('verify') ? 'always' : flags.boolean('prov') ? 'later' : 'never';
  for (const reference of args) {
    const { text } = await pullChart(reference, registry, {
      ...options,
      verify,
      destination: flags.string('destination'),
      untar: flags.boolean('untar'),
      untarDirectory: flags.string('untardir'),
      print: printer(call),
    });
    host.writeOutput(text);
  }
}

export const pullCommand: HelmCommand = {
  spec: {
    name: 'pull',
    aliases: ['fetch'],
    summary: 'Fetch charts from repositories and registries',
    positionals: '[chart URL | repo/chartname] [...]',
    flags: [
      ...chartFlags,
      stringFlag('destination', 'the folder to write to', { short: 'd', defaultValue: '.' }),
      booleanFlag('untar', 'unpack the archive'),
      stringFlag('untardir', 'the folder to unpack into', { defaultValue: '.' }),
      booleanFlag('prov', 'fetch the signature, too, without checking it'),
    ],
  },
  minimum: 1,
  run: pull,
};
