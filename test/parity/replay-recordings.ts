import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bins } from '../support/built-cli.ts';
import { reference } from '../support/references.ts';

/** recordings/record.mjs at work in the background: all cases through our `helmfile`, several at a time. */
export interface Replay extends AsyncDisposable {
  /** What differs in a case, its name in the first line of each; waits until the case has been replayed. One question at a time. */
  readonly differencesOf: (id: string) => Promise<readonly string[]>;
}

const outputs = 'stdout,exit,cluster,files,messages';
/** More than the cores: most cases wait for the cluster most of the time. */
const jobs = '4';

/** Says which suite is skipped when there is no kubectl, which sets the scenes. */
export function hasKubectl(): boolean {
  const found = spawnSync(kubectl, ['version', '--client']).status === 0;
  if (!found) console.warn('SKIPPED test/parity/recordings.test.ts: no kubectl (KUBECTL)');
  return found;
}

const kubectl = process.env['KUBECTL'] ?? 'kubectl';

/** Starts replaying; it ends when disposed. */
export function startReplay(executor: string, kubeconfig: string): Replay {
  const scratch = mkdtempSync(join(tmpdir(), 'flotilla-recordings-'));
  symlinkSync(reference('helm4') ?? '', join(scratch, 'helm'));
  const command = `${join(bins, 'helmfile')} --executor ${executor}`;
  const args = ['--command', command, '--streams', outputs, '--jobs', jobs, '--json'];
  const child = spawn(process.execPath, [join(import.meta.dirname, 'recordings/record.mjs'), ...args], {
    env: {
      ...process.env,
      PATH: [scratch, process.env['PATH'] ?? ''].join(delimiter),
      TMPDIR: scratch,
      KUBECONFIG: kubeconfig,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const replayed = new Map<string, readonly string[]>();
  return {
    differencesOf: async (id) => {
      while (!replayed.has(id)) {
        const { value, done } = await lines.next();
        if (done === true) return ['the replay ended before this case'];
        const answer = JSON.parse(value) as { readonly id: string; readonly differs: readonly string[] };
        replayed.set(answer.id, answer.differs);
      }
      return replayed.get(id) ?? [];
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
