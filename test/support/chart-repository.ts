import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { chartsFolder, reference } from './references.ts';

/**
 * The chart repositories of the seed on loopback HTTP: the published ones from the charts folder, and `mycompany`, packaged from
 * examples/seed/mycompany by the real helm.
 */

const run = promisify(execFile);
const sources = join(import.meta.dirname, '../../examples/seed/mycompany');

export interface ChartRepository extends AsyncDisposable {
  /** `--mirror` arguments that put this server in the place of the internet. */
  readonly mirrors: readonly string[];
  /** Repositories by their address in the seed. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
}

/** Serves the repositories until disposed. Needs the charts folder and helm4. */
export async function serveCharts(): Promise<ChartRepository> {
  const own = mkdtempSync(join(tmpdir(), 'flotilla-mycompany-'));
  await packageCharts(own);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    void answer(request, response, own);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const addresses = {
    'https://charts.bitnami.com/bitnami': `${base}/bitnami`,
    'https://kubernetes.github.io/ingress-nginx': `${base}/ingress-nginx`,
    'https://charts.jetstack.io': `${base}/jetstack`,
    'https://charts.mycompany.com': `${base}/mycompany`,
  };
  return {
    addresses,
    requests,
    mirrors: Object.entries(addresses).flatMap(([from, to]) => ['--mirror', `${from}=${to}`]),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(own, { recursive: true, force: true });
    },
  };
}

async function packageCharts(destination: string): Promise<void> {
  const helm = reference('helm4') ?? 'helm';
  const charts = ['spring-boot-app', 'nginx-spa'].map((name) => join(sources, name));
  await run(helm, ['package', ...charts, '--destination', destination]);
  await run(helm, ['repo', 'index', destination]);
}

async function answer(request: IncomingMessage, response: ServerResponse, own: string): Promise<void> {
  const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
  const file = path.startsWith('/mycompany/')
    ? join(own, path.slice('/mycompany/'.length))
    : join(chartsFolder ?? '', path);
  try {
    if (path.split(sep).includes('..')) throw new Error('outside');
    response.end(await readFile(file));
  } catch {
    response.writeHead(404).end('not found\n');
  }
}
