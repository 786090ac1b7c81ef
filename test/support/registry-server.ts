import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { reference } from './references.ts';

/** The registry server of the test bed (distribution 3) on loopback, with one user. */
export interface RegistryServer extends AsyncDisposable {
  readonly host: string;
}

/** Keeps its data in `folder`. `htpasswd` is the line of the user, with a bcrypt hash. */
export async function startRegistryServer(folder: string, htpasswd: string): Promise<RegistryServer> {
  const host = `127.0.0.1:${await freePort()}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'htpasswd'), `${htpasswd}\n`);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration(folder, host)));
  const child = spawn(reference('registry') ?? '', ['serve', join(folder, 'config.json')], {
    env: { PATH: process.env['PATH'] ?? '', OTEL_TRACES_EXPORTER: 'none' },
    stdio: 'ignore',
  });
  await untilAnswering(`http://${host}/v2/`);
  return { host, [Symbol.asyncDispose]: () => ended(child) };
}

function configuration(folder: string, host: string): object {
  return {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: host },
    auth: { htpasswd: { realm: 'charts', path: join(folder, 'htpasswd') } },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function untilAnswering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await exit;
}
