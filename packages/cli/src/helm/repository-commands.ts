import {
  addRepository,
  buildDependencies,
  type DependencyOptions,
  formatTable,
  listRepositories,
  pullChart,
  pushChart,
  removeRepositories,
  repositoryEntry,
  updateDependencies,
  updateRepositories,
  writeIndexOf,
} from '@flotilla/helm';
import { booleanFlag, type FlagSpec, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';

/** Commands on repositories and registries: repo, pull, push, dependency build and update. */

const maximumColumnWidth = 80;

const credentialFlags = [
  stringFlag('username', 'user name of the repository'),
  stringFlag('password', 'password of the repository'),
  stringFlag('cert-file', 'client certificate'),
  stringFlag('key-file', 'key of the client certificate'),
  stringFlag('ca-file', 'authorities to trust'),
  booleanFlag('insecure-skip-tls-verify', 'do not check certificates'),
  booleanFlag('pass-credentials', 'give credentials to every host'),
];
const plainHttpFlag = booleanFlag('plain-http', 'reach registries without TLS');

function printer({ host }: HelmCall): (text: string) => void {
  return (text) => host.writeOutput(text);
}

function add(call: HelmCall): Promise<void> {
  const { args, flags, registry } = call;
  const [name = '', url = ''] = args;
  const entry = repositoryEntry({
    name,
    url,
    username: flags.string('username'),
    password: flags.string('password'),
    certFile: flags.string('cert-file'),
    keyFile: flags.string('key-file'),
    caFile: flags.string('ca-file'),
    insecureSkipTlsVerify: flags.boolean('insecure-skip-tls-verify'),
    passCredentialsAll: flags.boolean('pass-credentials'),
  });
  return addRepository(entry, registry, {
    forceUpdate: flags.boolean('force-update'),
    allowDeprecatedRepositories: flags.boolean('allow-deprecated-repos'),
    print: printer(call),
  });
}

function list({ registry, host }: HelmCall): void {
  const entries = listRepositories(registry);
  if (entries.length === 0) {
    host.writeError('no repositories to show\n');
    return;
  }
  const rows = entries.map(({ name, url }) => [name, url]);
  host.writeOutput(formatTable([['NAME', 'URL'], ...rows], maximumColumnWidth));
}

function index({ args, flags, registry }: HelmCall): void {
  const merge = flags.string('merge');
  writeIndexOf(args[0] ?? '', registry, {
    url: flags.string('url'),
    json: flags.boolean('json'),
    ...(merge === '' ? {} : { merge }),
  });
}

async function pull(call: HelmCall): Promise<void> {
  const { args, flags, registry, host } = call;
  const repositoryUrl = flags.string('repo');
  for (const reference of args) {
    const { text } = await pullChart(reference, registry, {
      version: flags.string('version'),
      devel: flags.boolean('devel'),
      destination: flags.string('destination') || '.',
      untar: flags.boolean('untar'),
      untarDirectory: flags.string('untardir') || '.',
      plainHttp: flags.boolean('plain-http'),
      print: printer(call),
      ...(repositoryUrl === '' ? {} : { repositoryUrl }),
    });
    host.writeOutput(text);
  }
}

async function push(call: HelmCall): Promise<void> {
  const { args, flags, registry } = call;
  const [path = '', remote = ''] = args;
  await pushChart(path, remote, registry, {
    plainHttp: flags.boolean('plain-http'),
    print: printer(call),
  });
}

function dependencies(run: typeof updateDependencies, name: string, aliases: readonly string[]): HelmCommand {
  const flags: readonly FlagSpec[] = [
    booleanFlag('skip-refresh', 'do not read repositories anew'),
    plainHttpFlag,
  ];
  return {
    spec: {
      name,
      aliases,
      summary: `Run ${name} for the dependencies of a chart`,
      positionals: 'CHART',
      flags,
    },
    minimum: 0,
    maximum: 1,
    run: (call) => {
      const options: DependencyOptions = {
        skipRefresh: call.flags.boolean('skip-refresh'),
        plainHttp: call.flags.boolean('plain-http'),
        print: printer(call),
      };
      return run(call.args[0] ?? '.', call.registry, options);
    },
  };
}

const pullFlags = [
  stringFlag('version', 'version or range of the chart'),
  stringFlag('repo', 'address of a chart repository'),
  booleanFlag('devel', 'prereleases too'),
  stringFlag('destination', 'the folder to write to', { short: 'd' }),
  booleanFlag('untar', 'unpack the archive'),
  stringFlag('untardir', 'the folder to unpack into'),
  plainHttpFlag,
];

/** By their words. */
export const repositoryCommands: Readonly<Record<string, HelmCommand>> = {
  'repo add': {
    spec: {
      name: 'add',
      summary: 'Add a chart repository',
      positionals: '[NAME] [URL]',
      flags: [
        ...credentialFlags,
        booleanFlag('force-update', 'replace a repository of the same name'),
        booleanFlag('allow-deprecated-repos', 'allow addresses that are gone'),
      ],
    },
    minimum: 2,
    maximum: 2,
    run: add,
  },
  'repo list': {
    spec: { name: 'list', aliases: ['ls'], summary: 'List chart repositories', flags: [] },
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
      flags: [],
    },
    minimum: 0,
    run: (call) => updateRepositories(call.registry, { names: call.args, print: printer(call) }),
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
  pull: {
    spec: {
      name: 'pull',
      aliases: ['fetch'],
      summary: 'Fetch charts from repositories and registries',
      positionals: '[chart URL | repo/chartname] [...]',
      flags: pullFlags,
    },
    minimum: 1,
    run: pull,
  },
  push: {
    spec: {
      name: 'push',
      summary: 'Push a chart to a registry',
      positionals: '[chart] [remote]',
      flags: [plainHttpFlag],
    },
    minimum: 2,
    maximum: 2,
    run: push,
  },
  'dependency build': dependencies(buildDependencies, 'build', []),
  'dependency update': dependencies(updateDependencies, 'update', ['up']),
};
