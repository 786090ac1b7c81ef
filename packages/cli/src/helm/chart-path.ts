import { defaultKeyring, type FetchOptions, locateChart, type TlsFiles } from '@flotilla/helm';
import { booleanFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { HelmCall } from './helm-command.ts';

/** Where a chart comes from: the flags of all commands that take one, and what they mean to the engine. */

/** Certificates and passwords, of every command that reaches a repository or registry. */
export const connectionFlags: readonly FlagSpec[] = [
  stringFlag('username', 'user name of the repository'),
  stringFlag('password', 'password of the repository'),
  stringFlag('cert-file', 'client certificate'),
  stringFlag('key-file', 'key of the client certificate'),
  stringFlag('ca-file', 'authorities to trust'),
  booleanFlag('insecure-skip-tls-verify', 'do not check certificates'),
];

export const plainHttpFlag: FlagSpec = booleanFlag('plain-http', 'reach registries without TLS');
export const passCredentialsFlag: FlagSpec = booleanFlag(
  'pass-credentials',
  'give credentials to every host',
);

export const keyringFlag: FlagSpec = stringFlag('keyring', 'file with the keys that are trusted', {
  defaultText: '~/.gnupg/pubring.gpg',
});

/** The flags that say which chart is meant (Helm 4.3.1 `addChartPathOptionsFlags`). */
export const chartFlags: readonly FlagSpec[] = [
  stringFlag('version', 'version or range of the chart'),
  stringFlag('repo', 'address of a chart repository'),
  booleanFlag('devel', 'prereleases too'),
  booleanFlag('verify', 'check the signature first'),
  keyringFlag,
  ...connectionFlags,
  plainHttpFlag,
  passCredentialsFlag,
];

export function tlsFilesOf(flags: FlagValues): TlsFiles {
  const [caFile, certFile, keyFile] = ['ca-file', 'cert-file', 'key-file'].map((name) => flags.string(name));
  return {
    ...(caFile ? { caFile } : {}),
    ...(certFile ? { certFile } : {}),
    ...(keyFile ? { keyFile } : {}),
    insecureSkipTlsVerify: flags.boolean('insecure-skip-tls-verify') || flags.boolean('insecure'),
  };
}

/** User, password, certificates: what a connection needs. */
export function connectionOptions({
  flags,
}: HelmCall): Pick<FetchOptions, 'username' | 'password' | 'plainHttp' | 'tls'> {
  return {
    username: flags.string('username'),
    password: flags.string('password'),
    plainHttp: flags.boolean('plain-http'),
    tls: tlsFilesOf(flags),
  };
}

/** The keyring of a command: the one given, else GnuPG's. */
export function keyringOf({ flags, registry }: HelmCall): string {
  if (flags.wasGiven('keyring')) return flags.string('keyring');
  return defaultKeyring(registry.paths.gnupgHome, registry.files);
}

/** What the chart flags of a command mean. */
export function fetchOptions(call: HelmCall): FetchOptions {
  const { flags } = call;
  const repositoryUrl = flags.string('repo');
  return {
    ...connectionOptions(call),
    version: flags.string('version'),
    devel: flags.boolean('devel'),
    passCredentialsAll: flags.boolean('pass-credentials'),
    verify: flags.boolean('verify') ? 'always' : 'never',
    keyring: keyringOf(call),
    ...(repositoryUrl === '' ? {} : { repositoryUrl }),
  };
}

/** The chart a command line names, on disk. Rejects with GoError. */
export function chartPath(call: HelmCall, name: string): Promise<string> {
  return locateChart(name, call.registry, {
    ...fetchOptions(call),
    print: (text) => call.host.writeError(text),
  });
}
