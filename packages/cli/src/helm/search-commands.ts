import { GoError } from '@flotilla/gocompat';
import { type FoundChart, type HubChart, searchHub, searchRepositories } from '@flotilla/helm';
import { booleanFlag, integerFlag, stringFlag } from '../flags/flag.ts';
import type { HelmCall, HelmCommands } from './helm-command.ts';
import { type Column, formatRows, outputFlag } from './output-format.ts';

/** `search`: charts in the repositories that were added, and in a hub. */

const widthFlag = integerFlag('max-col-width', 'widest column of a table', { defaultValue: 50 });
const failFlag = booleanFlag('fail-on-no-result', 'finding nothing is an error');

const repositoryColumns: readonly Column<FoundChart>[] = [
  { title: 'NAME', key: 'name', text: ({ name }) => name },
  { title: 'CHART VERSION', key: 'version', text: ({ entry }) => entry.metadata.version },
  { title: 'APP VERSION', key: 'app_version', text: ({ entry }) => entry.metadata.appVersion },
  { title: 'DESCRIPTION', key: 'description', text: ({ entry }) => entry.metadata.description },
];

const hubColumns: readonly Column<HubChart>[] = [
  { title: 'URL', key: 'url', text: ({ url }) => url },
  { title: 'CHART VERSION', key: 'version', text: ({ version }) => version },
  { title: 'APP VERSION', key: 'app_version', text: ({ appVersion }) => appVersion },
  { title: 'DESCRIPTION', key: 'description', text: ({ description }) => description },
];

const hubRepositoryColumn: Column<HubChart> = {
  title: 'REPO URL',
  text: ({ repositoryUrl }) => repositoryUrl,
};

function printFound<Row>(
  { flags, host }: HelmCall,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): void {
  if (rows.length === 0 && flags.boolean('fail-on-no-result')) throw new GoError('no results found');
  const format = flags.string('output');
  if (rows.length === 0 && format === 'table') {
    host.writeOutput('No results found\n');
    return;
  }
  host.writeOutput(formatRows(format, rows, { columns, maximumWidth: flags.integer('max-col-width') }));
}

function searchAdded(call: HelmCall): void {
  const { flags, args, registry } = call;
  const found = searchRepositories(registry, {
    term: args.join(' '),
    isPattern: flags.boolean('regexp'),
    allVersions: flags.boolean('versions'),
    devel: flags.boolean('devel'),
    version: flags.string('version'),
  });
  printFound(call, found, repositoryColumns);
}

async function searchInHub(call: HelmCall): Promise<void> {
  const { flags, args, registry } = call;
  const found = await searchHub(args.join(' '), registry, flags.string('endpoint'));
  const extra = flags.boolean('list-repo-url') ? [hubRepositoryColumn] : [];
  printFound(call, found, [...hubColumns, ...extra]);
}

/** By their words. */
export const searchCommands: HelmCommands = {
  'search repo': {
    spec: {
      name: 'repo',
      summary: 'Search the repositories that were added',
      positionals: '[keyword]',
      flags: [
        booleanFlag('regexp', 'the keyword is a regular expression', { short: 'r' }),
        booleanFlag('versions', 'print all versions', { short: 'l' }),
        booleanFlag('devel', 'prereleases too'),
        stringFlag('version', 'a range of versions'),
        widthFlag,
        failFlag,
        outputFlag,
      ],
    },
    minimum: 0,
    run: searchAdded,
  },
  'search hub': {
    spec: {
      name: 'hub',
      summary: 'Search a hub',
      positionals: '[KEYWORD]',
      flags: [
        stringFlag('endpoint', 'address of the hub', { defaultValue: 'https://hub.helm.sh' }),
        booleanFlag('list-repo-url', 'print the address of the repository'),
        widthFlag,
        failFlag,
        outputFlag,
      ],
    },
    minimum: 0,
    run: searchInHub,
  },
};
