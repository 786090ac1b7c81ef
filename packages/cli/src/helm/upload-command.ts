import { GoError } from '@flotilla/gocompat';
import {
  type ChartServer,
  listRepositories,
  packageChart,
  type RepositoryEntry,
  sourceDateEpoch,
  updateDependencies,
  uploadChart,
} from '@flotilla/helm';
import { booleanFlag, stringFlag } from '../flags/flag.ts';
import { connectionFlags, connectionOptions } from './chart-path.ts';
import type { HelmCall, HelmCommand } from './helm-command.ts';

/** `cm-push`: charts to ChartMuseum, Harbor and Artifactory, as the plugin helm-push does for the first. */

async function upload(call: HelmCall): Promise<void> {
  const { args, flags, host, registry } = call;
  const [path = '', place = ''] = args;
  const entry = repositoryOf(call, place);
  const temporary = registry.files.makeTemporaryDirectory();
  try {
    const archive = await archiveOf(call, path, temporary);
    const name = archive.slice(archive.lastIndexOf('/') + 1);
    host.writeOutput(`Pushing ${name} to ${place}...\n`);
    await uploadChart(archive, entry.url, registry, {
      ...connectionOptions(call),
      username: flags.string('username') || entry.username,
      password: flags.string('password') || entry.password,
      server: serverOf(call, entry.url),
      force: flags.boolean('force'),
      ...(flags.string('access-token') === '' ? {} : { bearerToken: flags.string('access-token') }),
    });
    host.writeOutput('Done.\n');
  } finally {
    registry.files.remove(temporary);
  }
}

/** An archive as it is; a folder is packed first. */
async function archiveOf({ flags, host, registry }: HelmCall, path: string, folder: string): Promise<string> {
  const { files } = registry;
  const [version, appVersion] = [flags.string('version'), flags.string('app-version')];
  if (files.stat(path)?.kind !== 'directory') return path;
  const directory = files.absolute(path);
  if (flags.boolean('dependency-update')) await updateDependencies(directory, registry);
  const packed = await packageChart(directory, registry, {
    destination: folder,
    epochSeconds: sourceDateEpoch(host.env['SOURCE_DATE_EPOCH']),
    ...(version === '' ? {} : { version }),
    ...(appVersion === '' ? {} : { appVersion }),
  });
  return packed.path;
}

/** A repository that was added, by its name, or one by its address. */
function repositoryOf(
  { registry }: HelmCall,
  place: string,
): Pick<RepositoryEntry, 'url' | 'username' | 'password'> {
  if (/^https?:\/\//.test(place)) return { url: place, username: '', password: '' };
  const found = listRepositories(registry).find(({ name }) => name === place);
  if (found === undefined) throw new GoError(`no repo named "${place}" found`);
  return found;
}

/** The server that was named, else the one the address looks like. */
function serverOf({ flags }: HelmCall, url: string): ChartServer {
  const given = flags.string('server');
  if (given !== '') return given as ChartServer;
  if (/\/chartrepo\//.test(url)) return 'harbor';
  return /\/artifactory\//.test(url) ? 'artifactory' : 'chartmuseum';
}

export const uploadCommand: HelmCommand = {
  spec: {
    name: 'cm-push',
    summary: 'Upload a chart to ChartMuseum, Harbor or Artifactory',
    positionals: '[chart] [repository]',
    isOurs: true,
    flags: [
      stringFlag('version', 'version the chart gets', { short: 'v' }),
      stringFlag('app-version', 'appVersion the chart gets', { short: 'a' }),
      booleanFlag('dependency-update', 'update the dependencies first', { short: 'd' }),
      booleanFlag('force', 'replace a version that is there', { short: 'f' }),
      stringFlag('server', 'what kind of server it is', {
        choices: ['chartmuseum', 'harbor', 'artifactory'],
        refusal: 'must be one of chartmuseum, harbor, artifactory',
        isOurs: true,
      }),
      stringFlag('access-token', 'bearer token instead of a user and a password'),
      ...connectionFlags,
    ],
  },
  minimum: 2,
  maximum: 2,
  run: upload,
};
