import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createInterruption } from '../ports/interruption.ts';
import { ProcessError, type ProcessRequest } from '../ports/processes.ts';
import { createNodeProcesses } from './node-processes.ts';

const environment = { PATH: process.env['PATH'] ?? '', GREETING: 'hello' };
const processes = createNodeProcesses({ environment, killDelayMs: 200 });
const quiet = new AbortController().signal;

function shell(script: string, more: Partial<ProcessRequest> = {}): ProcessRequest {
  return { command: 'sh', args: ['-c', script], directory: '/', ...more };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a child process', () => {
  it('gives both streams, their order, its exit code and its lines', async () => {
    const lines: string[] = [];
    const request = shell('echo "$GREETING $NAME"; echo oops >&2; printf end; exit 3', {
      env: { NAME: 'you' },
      onLine: (stream, line) => lines.push(`${stream}: ${line}`),
    });
    const result = await processes.run(request, quiet);
    expect(result.exitCode).toBe(3);
    expect(text(result.stdout)).toBe('hello you\nend');
    expect(text(result.stderr)).toBe('oops\n');
    expect(result.combined).toHaveLength(result.stdout.length + result.stderr.length);
    expect(lines.sort()).toEqual(['stderr: oops', 'stdout: end', 'stdout: hello you']);
  });

  it('reads what it is given on stdin, and may end without reading', async () => {
    const read = await processes.run({ command: 'cat', args: [], directory: '/', stdin: 'secret\n' }, quiet);
    expect(text(read.stdout)).toBe('secret\n');
    const ignored = await processes.run(shell('exit 0', { stdin: 'x'.repeat(1_000_000) }), quiet);
    expect(ignored.exitCode).toBe(0);
  });

  it('that does not exist is an error with the words of Go', async () => {
    const run = processes.run({ command: 'no-such-program', args: [], directory: '/' }, quiet);
    await expect(run).rejects.toMatchObject({
      code: 'not-found',
      message: 'exec: "no-such-program": executable file not found in $PATH',
    });
    await expect(
      processes.run({ command: '/no/program', args: [], directory: '/' }, quiet),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: 'fork/exec /no/program: no such file or directory',
    });
  });

  it('that runs too long is terminated, then killed, and says so', async () => {
    const script = 'trap "" TERM; sleep 30 & wait; sleep 30';
    const result = await processes.run(shell(script, { timeoutMs: 50 }), quiet);
    expect(result.isTimedOut).toBe(true);
    expect(result.signal).toBe('SIGKILL');
  });

  it('that prints too much is stopped', async () => {
    const bounded = createNodeProcesses({ environment, maxOutputBytes: 1000, killDelayMs: 200 });
    const run = bounded.run(shell('while :; do echo aaaaaaaaaaaaaaaa; done'), quiet);
    await expect(run).rejects.toMatchObject({ code: 'output-too-large' });
  });
});

describe('an interrupt', () => {
  it('reaches what the child started, as SIGINT, and waits for its end', async () => {
    const script =
      'sh -c \'trap "echo inner >&2; exit 7" INT; echo ready; while :; do sleep 0.05; done\'; exit $?';
    const { signal, interrupt } = createInterruption();
    const onLine = (_: string, line: string): void => {
      if (line === 'ready') interrupt();
    };
    const error: unknown = await processes
      .run(shell(script, { onLine }), signal)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProcessError);
    const { code, result } = error as ProcessError;
    expect(code).toBe('aborted');
    expect(text(result?.stderr ?? new Uint8Array())).toBe('inner\n');
  });

  it('leaves a child alone that ends well in spite of it', async () => {
    const interruption = createInterruption();
    const script = 'trap "" INT; echo ready; sleep 0.1; echo done';
    const result = await processes.run(
      shell(script, { onLine: (_, line) => void (line === 'ready' && interruption.interrupt()) }),
      interruption.signal,
    );
    expect(text(result.stdout)).toBe('ready\ndone\n');
  });

  it('asked for twice kills what ignores the first', async () => {
    const interruption = createInterruption();
    let pid = 0;
    const run = processes.run(
      shell('trap "" INT TERM; echo $$; while :; do sleep 0.05; done', {
        onLine: (_, line) => {
          pid = Number(line);
          interruption.interrupt();
          interruption.interrupt();
        },
      }),
      interruption.signal,
    );
    await expect(run).rejects.toMatchObject({ code: 'aborted', result: { signal: 'SIGKILL' } });
    await sleep(20);
    expect(isAlive(pid)).toBe(false);
  });

  it('before the start starts nothing', async () => {
    const run = processes.run(shell('echo no'), AbortSignal.abort());
    await expect(run).rejects.toMatchObject({ code: 'aborted', result: undefined });
  });
});

it('leaves no listeners behind', async () => {
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  }) as typeof signal.addEventListener;
  signal.removeEventListener = ((...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  }) as typeof signal.removeEventListener;
  await processes.run(shell('exit 0'), signal);
  expect(listeners).toBe(0);
});
