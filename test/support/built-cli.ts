import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The bins as they are shipped, run in folders of their own. FLOTILLA_TEST_BINS names another folder with both bins. */
export const bins: string =
  process.env['FLOTILLA_TEST_BINS'] ?? join(import.meta.dirname, '../../node_modules/.bin');

export interface CliResult {
  /** Undefined when a signal ended the process. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly program?: 'flotilla' | 'helmfile';
  readonly env?: Readonly<Record<string, string>>;
  /** A run that takes longer is killed, and fails the test by its code. */
  readonly timeout?: number;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
  /** Resolves when standard output or error contains `text`. */
  readonly seen: (text: string) => Promise<void>;
}

/** A folder with files, removed when disposed. Paths in output are printed as `<DIR>`. */
export class TempProject implements Disposable {
  readonly directory: string;

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), 'flotilla-e2e-')));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** A shell script, for helm's part. Gives its path. */
  script(name: string, body: string): string {
    this.write(name, `#!/bin/sh\n${body}\n`);
    const path = join(this.directory, name);
    chmodSync(path, 0o755);
    return path;
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
    return await this.start(args, options).result;
  }

  start(args: readonly string[], options: RunOptions = {}): RunningCli {
    const child = spawn(process.execPath, [join(bins, options.program ?? 'flotilla'), ...args], {
      cwd: this.directory,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.directory,
        NO_COLOR: '1',
        TZ: 'UTC',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout ?? 30_000,
      killSignal: 'SIGKILL',
    });
    const output = { stdout: '', stderr: '' };
    const listeners = new Set<() => void>();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        for (const listener of listeners) listener();
      });
    }
    const seen = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!output.stdout.includes(text) && !output.stderr.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      });
    const result = new Promise<CliResult>((resolve) => {
      child.on('close', (code) =>
        resolve({
          code: code ?? undefined,
          stdout: this.#normalised(output.stdout),
          stderr: this.#normalised(output.stderr),
        }),
      );
    });
    return { child, result, seen };
  }

  #normalised(text: string): string {
    return text
      .replaceAll(this.directory, '<DIR>')
      .replaceAll(/\(\d+(?:\.\d+)?m?s\)/g, '(0s)')
      .replaceAll(/ \d+s$/gm, ' 0s')
      .replaceAll(/(<DIR>\S*) \(\d+ bytes\)/g, '$1 (# bytes)');
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Files of a chart with one ConfigMap. */
export function chart(name: string): Readonly<Record<string, string>> {
  return {
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`,
    [`${name}/templates/map.yaml`]:
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
  };
}
