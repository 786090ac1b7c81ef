import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { Dict, parseYaml } from '@flotilla/gocompat';
import type { Host } from '../host.ts';
import type { Settings } from '../settings.ts';
import type { Check } from './check.ts';

/** Is there a kubeconfig, is its context defined, does its API server take connections? Sends nothing to the server. */

const patience = 3_000;

/** Checks the context that commands would use. */
export async function checkCluster(host: Host, settings: Settings): Promise<Check> {
  const name = 'cluster';
  if (settings.kubeContext === 'sandbox') return { name, state: 'ok', text: 'the sandbox needs no server' };
  const configs = kubeconfigs(host, settings);
  if (configs.maps.length === 0) {
    return {
      name,
      state: 'note',
      text: `no kubeconfig (looked at ${configs.paths.join(', ')})`,
      help: 'set KUBECONFIG or --kubeconfig; loading and rendering need no cluster',
    };
  }
  const context = settings.kubeContext || textOf(firstOf(configs.maps, (map) => map['current-context']));
  if (context === '') {
    return { name, state: 'note', text: 'no current context', help: 'choose one with --kube-context' };
  }
  const server = serverOf(configs.maps, context);
  if (server === undefined) {
    return {
      name,
      state: 'failed',
      text: `the context "${context}" is not defined in ${configs.paths.join(', ')}`,
      help: `use one of ${contextNames(configs.maps).join(', ')}`,
    };
  }
  const problem = await connectionProblem(server);
  if (problem === undefined)
    return { name, state: 'ok', text: `${server} takes connections (context ${context})` };
  return {
    name,
    state: 'failed',
    text: `${server} does not answer: ${problem} (context ${context})`,
    help: 'start the cluster, connect to its network, or choose another context',
  };
}

interface Kubeconfigs {
  readonly paths: readonly string[];
  readonly maps: readonly Dict[];
}

function kubeconfigs({ env }: Host, settings: Settings): Kubeconfigs {
  const given = settings.kubeconfig || env['KUBECONFIG'] || join(env['HOME'] ?? '', '.kube', 'config');
  const paths = given.split(delimiter).filter((path) => path !== '');
  const maps = paths.flatMap((path) => {
    try {
      const map = parseYaml(readFileSync(path, 'utf8'), { dialect: 'v2' });
      return map instanceof Dict ? [map] : [];
    } catch {
      return [];
    }
  });
  return { paths, maps };
}

function firstOf(maps: readonly Dict[], pick: (map: Dict) => unknown): unknown {
  return maps.map(pick).find((value) => value !== undefined && value !== null && value !== '');
}

function serverOf(maps: readonly Dict[], context: string): string | undefined {
  const cluster = textOf(field(named(maps, 'contexts', context), 'context', 'cluster'));
  const server = textOf(field(named(maps, 'clusters', cluster), 'cluster', 'server'));
  return server === '' ? undefined : server;
}

function named(maps: readonly Dict[], list: string, name: string): unknown {
  return entriesOf(maps, list).find((entry) => entry['name'] === name);
}

function contextNames(maps: readonly Dict[]): readonly string[] {
  return entriesOf(maps, 'contexts').map((entry) => textOf(entry['name']));
}

function entriesOf(maps: readonly Dict[], list: string): readonly Dict[] {
  return maps
    .flatMap((map): readonly unknown[] => (Array.isArray(map[list]) ? map[list] : []))
    .filter((entry): entry is Dict => entry instanceof Dict);
}

function field(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (at instanceof Dict ? at[key] : undefined), value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function connectionProblem(server: string): Promise<string | undefined> {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined) return Promise.resolve('it is no URL');
  const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port });
    const end = (problem: string | undefined): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(patience, () => end(`nothing within ${patience / 1000} seconds`));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
