import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ActionContext, JsonObject } from '@flotilla/helm';
import { type CliResult, type RunningCli, TempProject } from '../support/built-cli.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { referencesFolder } from '../support/references.ts';

/** A state file over charts of its own, driven by the bins through a proxy, its releases in one namespace. */

const run = promisify(execFile);

/** What a chart may come to: a value that all its objects carry, and whether the server will take it. */
export interface ChartState {
  readonly value: string;
  readonly isInvalid?: boolean;
}

const hooked = ['install', 'upgrade', 'rollback', 'delete'].flatMap((name) => [
  `pre-${name}`,
  `post-${name}`,
]);

function templates({ value, isInvalid = false }: ChartState): Readonly<Record<string, string>> {
  const map = (name: string, more = ''): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: '{{ .Release.Name }}-${name}'\n${more}data: {value: '${value}'}\n`;
  const service = `apiVersion: v1\nkind: Service\nmetadata: {name: '{{ .Release.Name }}'}\nspec: {selector: {app: x}, ports: [{port: ${isInvalid ? 99999 : 80}}]}\n`;
  return {
    'templates/a.yaml': map('a'),
    'templates/b.yaml': map('b'),
    'templates/service.yaml': service,
    'templates/hook.yaml': map('hook', `  annotations: {helm.sh/hook: '${hooked.join(',')}'}\n`),
  };
}

export interface FaultyProjectOptions {
  readonly proxy: FaultProxy;
  readonly namespace: string;
  readonly releases: readonly string[];
  /** Members of every release in the state file. */
  readonly settings?: string;
  /** For runs in another user's name. */
  readonly as?: string;
}

export class FaultyProject implements Disposable {
  readonly #project: TempProject;

  constructor(options: FaultyProjectOptions) {
    const { namespace, releases, proxy, as, settings = '' } = options;
    const more = settings === '' ? '' : `, ${settings}`;
    const entries = releases.map(
      (name) => `- {name: ${name}, namespace: ${namespace}, chart: ./chart${more}}\n`,
    );
    this.#project = new TempProject({
      'helmfile.yaml': `releases:\n${entries.join('')}`,
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
      kubeconfig: readFileSync(proxy.kubeconfig, 'utf8').replace(
        'user: {',
        as === undefined ? 'user: {' : `user: {as: ${as}, `,
      ),
    });
    this.write({ value: '1' });
  }

  write(state: ChartState): void {
    for (const [path, text] of Object.entries(templates(state))) this.#project.write(`chart/${path}`, text);
  }

  start(...args: readonly string[]): RunningCli {
    const env = { KUBECONFIG: join(this.#project.directory, 'kubeconfig') };
    return this.#project.start(args, { env, timeout: 300_000 });
  }

  run(...args: readonly string[]): Promise<CliResult> {
    return this.start(...args).result;
  }

  [Symbol.dispose](): void {
    this.#project[Symbol.dispose]();
  }
}

/** `1 superseded`, `2 deployed`: what the real helm reads of a release's history; empty when there is none. */
export async function historyByHelm(
  kubeconfig: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<readonly string[]> {
  const args = ['history', name, '--namespace', namespace, '--output', 'json', '--kubeconfig', kubeconfig];
  try {
    const { stdout } = await run(join(referencesFolder, 'helm4'), args);
    const rows = JSON.parse(stdout) as readonly { readonly revision: number; readonly status: string }[];
    return rows.map(({ revision, status }) => `${revision} ${status}`);
  } catch (error) {
    if (String((error as { readonly stderr?: string }).stderr).includes('release: not found')) return [];
    throw error;
  }
}

/** True for the long runs: every point, every kind. */
export const isFull = process.env['FLOTILLA_FAULTS'] === 'full';

/** `2 deployed, 2`: the last revision, its status and the value of the live objects; `absent` when there is neither. */
export async function releaseState(context: ActionContext, name: string): Promise<string> {
  const { cluster, storage, namespace, signal } = context;
  const history = await storage.history(name, { signal });
  const last = [...history].sort((a, b) => a.version - b.version).at(-1);
  const mapping = await cluster.mapping('v1', 'ConfigMap', { signal });
  const maps = await cluster.list(
    { mapping, namespace, labelSelector: 'app.kubernetes.io/managed-by' },
    { signal },
  );
  const values = maps
    .filter(({ metadata }) => [`${name}-a`, `${name}-b`].includes(String((metadata as JsonObject)['name'])))
    .map(({ data }) => String((data as JsonObject)['value']));
  const live = [...new Set(values)].join(' and ');
  if (last === undefined) return live === '' ? 'absent' : `no record, ${live}`;
  return `${last.version} ${last.info.status}, ${live}`;
}
