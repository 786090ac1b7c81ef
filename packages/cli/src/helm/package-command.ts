import { GoError } from '@flotilla/gocompat';
import {
  packageChart,
  passphraseIn,
  type SigningKey,
  sourceDateEpoch,
  updateDependencies,
} from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import { connectionFlags, connectionOptions, keyringFlag, keyringOf, plainHttpFlag } from './chart-path.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';
import { promptForSecret, readStandardInput } from './standard-input.ts';

/** `package`: chart directories to archives, with their dependencies brought up to date and signed when asked. */

async function pack(call: HelmCall): Promise<void> {
  const { host, registry, flags, args } = call;
  if (args.length === 0) throw new GoError('need at least one argument, the path to the chart');
  const epochSeconds = sourceDateEpoch(host.env['SOURCE_DATE_EPOCH']);
  const sign = signingKey(call);
  const [version, appVersion] = [flags.string('version'), flags.string('app-version')];
  for (const path of args) {
    const directory = registry.files.absolute(path);
    if (registry.files.stat(path) === undefined) {
      throw new GoError(`stat ${path}: no such file or directory`);
    }
    if (flags.boolean('dependency-update')) {
      await updateDependencies(directory, registry, { ...connectionOptions(call), epochSeconds });
    }
    const { text } = await packageChart(directory, registry, {
      destination: flags.wasGiven('destination') ? flags.string('destination') : '.',
      epochSeconds,
      sign,
      ...(version === '' ? {} : { version }),
      ...(appVersion === '' ? {} : { appVersion }),
    });
    host.writeOutput(text);
  }
}

function signingKey(call: HelmCall): SigningKey | undefined {
  const { flags, host, registry } = call;
  if (!flags.boolean('sign')) return undefined;
  const key = flags.string('key');
  const keyring = keyringOf(call);
  if (key === '') throw new GoError('--key is required for signing a package');
  if (keyring === '') throw new GoError('--keyring is required for signing a package');
  const file = flags.string('passphrase-file');
  return { key, keyring, passphrase: passphraseSource(file, { host, registry }) };
}

/** Asks each time, or reads the file or standard input once for all charts. */
function passphraseSource(
  file: string,
  { host, registry }: Pick<HelmCall, 'host' | 'registry'>,
): SigningKey['passphrase'] {
  if (file === '') return (userId) => promptForSecret(`Password for key "${userId}" >  `, host);
  let known: Promise<string> | undefined;
  const read = async (): Promise<Uint8Array> => {
    if (file !== '-') return registry.files.read(file);
    if (host.isInputTerminal) {
      throw new GoError('specified reading passphrase from stdin, without input on stdin');
    }
    return readStandardInput(host);
  };
  return () => {
    known ??= read().then(passphraseIn);
    return known;
  };
}

export const packageCommand: HelmCommand = {
  spec: {
    name: 'package',
    summary: 'Pack charts into archives',
    positionals: '[CHART_PATH] [...]',
    flags: [
      stringFlag('destination', 'the folder to write to', { short: 'd' }),
      stringFlag('version', 'version the chart gets'),
      stringFlag('app-version', 'appVersion the chart gets'),
      booleanFlag('dependency-update', 'update the dependencies first', { short: 'u' }),
      booleanFlag('sign', 'write a signature beside the archive'),
      stringFlag('key', 'name of the key to sign with'),
      keyringFlag,
      stringFlag('passphrase-file', "file with the key's passphrase; - reads standard input"),
      ...connectionFlags,
      plainHttpFlag,
    ],
  },
  minimum: 0,
  run: pack,
};
