import { GoError } from '@flotilla/gocompat';
import { loginToRegistry, logoutFromRegistry, pushChart, slogRecord } from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import { connectionFlags, connectionOptions, plainHttpFlag, tlsFilesOf } from './chart-path.ts';
import { type HelmCall, type HelmCommands, printer } from './helm-command.ts';
import { promptForSecret, readPassword } from './standard-input.ts';

/** Commands on registries: registry login and logout, push. */

async function login(call: HelmCall): Promise<void> {
  const { args, flags, registry } = call;
  const { username, password } = await credentialsOf(call);
  await loginToRegistry(args[0] ?? '', registry, {
    username,
    password,
    plainHttp: flags.boolean('plain-http'),
    tls: tlsFilesOf(flags),
    print: printer(call),
  });
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

async function credentialsOf({ flags, host, registry }: HelmCall): Promise<Credentials> {
  const username = flags.string('username');
  if (flags.boolean('password-stdin')) return { username, password: await readPassword(host) };
  const password = flags.string('password');
  if (password !== '') {
    registry.log(slogRecord('WARN', 'using --password via the CLI is insecure. Use --password-stdin'));
    return { username, password };
  }
  const kind = username === '' ? 'token' : 'password';
  const secret = await promptForSecret(kind === 'token' ? 'Token: ' : 'Password: ', host);
  if (secret === '') throw new GoError(`${kind} required`);
  return { username, password: secret };
}

async function push(call: HelmCall): Promise<void> {
  const { args, registry } = call;
  const [path = '', remote = ''] = args;
  await pushChart(path, remote, registry, { ...connectionOptions(call), print: printer(call) });
}

/** By their words. */
export const registryCommands: HelmCommands = {
  'registry login': {
    spec: {
      name: 'login',
      summary: 'Check and keep credentials of a registry',
      positionals: '[host]',
      flags: [
        stringFlag('username', 'user name', { short: 'u' }),
        stringFlag('password', 'password or identity token', { short: 'p' }),
        booleanFlag('password-stdin', 'read the password from standard input'),
        booleanFlag('insecure', 'do not check certificates'),
        ...connectionFlags.filter(({ name }) => name.endsWith('-file')),
        plainHttpFlag,
      ],
    },
    minimum: 1,
    run: login,
  },
  'registry logout': {
    spec: { name: 'logout', summary: 'Forget credentials of a registry', positionals: '[host]', flags: [] },
    minimum: 1,
    run: (call) => logoutFromRegistry(call.args[0] ?? '', call.registry, printer(call)),
  },
  push: {
    spec: {
      name: 'push',
      summary: 'Push a chart to a registry',
      positionals: '[chart] [remote]',
      flags: [...connectionFlags, plainHttpFlag],
    },
    minimum: 2,
    run: push,
  },
};
