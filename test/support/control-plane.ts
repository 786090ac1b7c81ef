import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reference, referencesFolder } from './references.ts';

/**
 * A real control plane on loopback for one test file. It is gone when it is disposed, when this process ends however it ends,
 * and after its lifetime at the latest.
 */

const run = promisify(execFile);
const scripts = join(import.meta.dirname, '../references');
const firstPort = 19_443;
const lifetimeSeconds = 1200;

export interface ControlPlane extends AsyncDisposable {
  readonly kubeconfig: string;
}

/** True when `programs` are built; else says which suite is skipped, and for what. */
export function hasReferences(suite: string, programs: readonly string[]): boolean {
  const missing = programs.filter((name) => reference(name) === undefined);
  if (missing.length === 0) return true;
  console.warn(`SKIPPED ${suite}: ${missing.join(', ')} not found in ${referencesFolder}`);
  return false;
}

/** Starts one; about six seconds. */
export async function startControlPlane(): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-plane-'));
  const env = { ...process.env, TESTBED_BIN: referencesFolder };
  const stop = watch(folder);
  try {
    await run(join(scripts, 'kube-up'), [folder, String(await freePorts(firstPort))], {
      env,
      timeout: 120_000,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { kubeconfig: join(folder, 'kubeconfig'), [Symbol.asyncDispose]: stop };
}

/** A process that takes the control plane down when its standard input ends: on demand, or because we are gone. */
function watch(folder: string): () => Promise<void> {
  const script = `read -r -t ${lifetimeSeconds} || true; "$1" "$2"; rm -rf "$2"`;
  const watcher = spawn('bash', ['-c', script, 'watch', join(scripts, 'kube-down'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((done) => watcher.once('exit', () => done()));
  return async () => {
    watcher.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The first of four neighbouring ports that are all free. */
async function freePorts(from: number): Promise<number> {
  for (let port = from; port < from + 1000; port += 10) {
    const free = await Promise.all([0, 1, 2, 3].map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no four free ports from ${from} up`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
