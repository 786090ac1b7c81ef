import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize, sep } from 'node:path';
import { answer, startServer } from './chart-server.ts';
import { chartsFolder, reference } from './references.ts';
import { outputOf } from './run-program.ts';

/**
 * The chart repositories of the seed on loopback HTTP: the published ones from the charts folder, and `mycompany`, packaged from
 * examples/seed/mycompany by the real helm.
 */

const sources = join(import.meta.dirname, '../../examples/seed/mycompany');

export interface ChartRepository extends AsyncDisposable {
  /** `--mirror` arguments that put this server in the place of the internet. */
  readonly mirrors: readonly string[];
  /** Repositories by their address in the seed. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** Serves the repositories until disposed. Needs the charts folder and helm4. */
export async function serveCharts(): Promise<ChartRepository> {
  const own = mkdtempSync(join(tmpdir(), 'flotilla-mycompany-'));
  await packageCharts(own);
  const server = await startServer(({ path }, response) => void serveFile(path, response, own));
  const base = server.url;
  const addresses = {
    'https://charts.bitnami.com/bitnami': `${base}/bitnami`,
    'https://kubernetes.github.io/ingress-nginx': `${base}/ingress-nginx`,
    'https://charts.jetstack.io': `${base}/jetstack`,
    'https://charts.mycompany.com': `${base}/mycompany`,
  };
  return {
    addresses,
    mirrors: Object.entries(addresses).flatMap(([from, to]) => ['--mirror', `${from}=${to}`]),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}

async function packageCharts(destination: string): Promise<void> {
  const helm = reference('helm4') ?? 'helm';
  const charts = ['spring-boot-app', 'nginx-spa'].map((name) => join(sources, name));
  await outputOf(helm, ['package', ...charts, '--destination', destination]);
  await outputOf(helm, ['repo', 'index', destination]);
}

async function serveFile(address: string, response: ServerResponse, own: string): Promise<void> {
  const path = normalize(decodeURIComponent(address.split('?')[0] ?? '/'));
  const file = path.startsWith('/mycompany/')
    ? join(own, path.slice('/mycompany/'.length))
    : join(chartsFolder ?? '', path);
  try {
    if (path.split(sep).includes('..')) throw new Error('outside');
    answer(response, 200, await readFile(file));
  } catch {
    answer(response, 404, 'not found\n');
  }
}
