import {
  addRepository,
  listRepositories,
  type RepositoryEntry,
  removeRepositories,
  repositoryEntry,
  updateRepositories,
  writeIndexOf,
} from '@flotilla/helm';
import { booleanFlag, durationFlag, stringFlag } from '../flags/flag.ts';
import { connectionFlags, passCredentialsFlag } from './chart-path.ts';
import { flagMilliseconds } from './flag-milliseconds.ts';
import { type HelmCall, type HelmCommands, printer } from './helm-command.ts';
import { type Column, formatRows, outputFlag } from './output-format.ts';
import { promptForSecret, readPassword } from './standard-input.ts';

/** Commands on the list of repositories: repo add, list, update, remove, index. */

const maximumColumnWidth = 80;
const timeoutFlag = durationFlag('timeout', 'how long reading an index may take', { defaultValue: '2m0s' });

async function add(call: HelmCall): Promise<void> {
  const { args, flags, registry } = call;
  const [name = '', url = ''] = args;
  const entry = repositoryEntry({
    name,
    url,
    username: flags.string('username'),
    password: await passwordOf(call),
    certFile: flags.string('cert-file'),
    keyFile: flags.string('key-file'),
    caFile: flags.string('ca-file'),
    insecureSkipTlsVerify: flags.boolean('insecure-skip-tls-verify'),
    passCredentialsAll: flags.boolean('pass-credentials'),
  });
  await addRepository(entry, registry, {
    forceUpdate: flags.boolean('force-update'),
    allowDeprecatedRepositories: flags.boolean('allow-deprecated-repos'),
    timeoutMs: flagMilliseconds(flags, 'timeout'),
    print: printer(call),
  });
}

function passwordOf({ flags, host }: HelmCall): string | Promise<string> {
  const password = flags.string('password');
  if (flags.string('username') === '' || password !== '') return password;
  return flags.boolean('password-stdin') ? readPassword(host) : promptForSecret('Password: ', host);
}

const columns: readonly Column<RepositoryEntry>[] = [
  { title: 'NAME', key: 'name', text: ({ name }) => name },
  { title: 'URL', key: 'url', text: ({ url }) => url },
];

function list({ registry, host, flags }: HelmCall): void {
  const entries = listRepositories(registry);
  const format = flags.string('output');
  if (entries.length === 0 && format === 'table') {
    host.writeError('no repositories to show\n');
    return;
  }
  const layout = {
    columns,
    maximumWidth: maximumColumnWidth,
    hidesTitles: flags.boolean('no-headers'),
  };
  host.writeOutput(formatRows(format, entries, layout));
}

function index({ args, flags, registry }: HelmCall): void {
  const merge = flags.string('merge');
  writeIndexOf(args[0] ?? '', registry, {
    url: flags.string('url'),
    json: flags.boolean('json'),
    ...(merge === '' ? {} : { merge }),
  });
}

/** By their words. */
export const repositoryCommands: HelmCommands = {
  'repo add': {
    spec: {
      name: 'add',
      summary: 'Add a chart repository',
      positionals: '[NAME] [URL]',
      flags: [
        ...connectionFlags,
        passCredentialsFlag,
        booleanFlag('password-stdin', 'read the password from standard input'),
        booleanFlag('force-update', 'replace a repository of the same name'),
        booleanFlag('allow-deprecated-repos', 'allow addresses that are gone'),
        timeoutFlag,
      ],
    },
    minimum: 2,
    maximum: 2,
    run: add,
  },
  'repo list': {
    spec: {
      name: 'list',
      aliases: ['ls'],
      summary: 'List chart repositories',
      flags: [booleanFlag('no-headers', 'leave out the head of the table'), outputFlag],
    },
    minimum: 0,
    maximum: 0,
    run: list,
  },
  'repo update': {
    spec: {
      name: 'update',
      aliases: ['up'],
      summary: 'Read indexes anew',
      positionals: '[REPO1 [REPO2 ...]]',
      flags: [timeoutFlag],
    },
    minimum: 0,
    run: (call) =>
      updateRepositories(call.registry, {
        names: call.args,
        timeoutMs: flagMilliseconds(call.flags, 'timeout'),
        print: printer(call),
      }),
  },
  'repo remove': {
    spec: {
      name: 'remove',
      aliases: ['rm'],
      summary: 'Remove chart repositories',
      positionals: '[REPO1 [REPO2 ...]]',
      flags: [],
    },
    minimum: 1,
    run: (call) => removeRepositories(call.args, call.registry, printer(call)),
  },
  'repo index': {
    spec: {
      name: 'index',
      summary: 'Write the index of a folder of archives',
      positionals: '[DIR]',
      flags: [
        stringFlag('url', 'address in front of the names of archives'),
        stringFlag('merge', 'an index whose other versions are kept'),
        booleanFlag('json', 'write JSON'),
      ],
    },
    minimum: 1,
    maximum: 1,
    run: index,
  },
};
