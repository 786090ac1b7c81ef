import { execFile } from 'node:child_process';

/** What a program says about itself: present, absent, or present and of no use. Never waits longer than a few seconds. */

export type Probe =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'broken'; readonly text: string };

export interface ProbeOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly directory: string;
}

const patience = 5_000;

/** Runs `program args…` and gives the first line of its output. */
export function probeProgram(
  program: string,
  args: readonly string[],
  { env, directory }: ProbeOptions,
): Promise<Probe> {
  return new Promise((resolve) => {
    const options = { env: { ...env }, cwd: directory, timeout: patience, killSignal: 'SIGKILL' as const };
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'found', text: firstLine(stdout) });
      else if (error.code === 'ENOENT') resolve({ kind: 'absent' });
      else resolve({ kind: 'broken', text: reasonOf(error, stderr) });
    });
    child.stdin?.end();
  });
}

function reasonOf(error: Error & { readonly killed?: boolean }, stderr: string): string {
  if (error.killed === true) return `no answer within ${patience / 1000} seconds`;
  return firstLine(stderr) || firstLine(error.message);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

/** The version in a text such as `v3.18.6+gb76a950`; undefined when there is none. */
export function versionIn(text: string): string | undefined {
  return /\bv?(\d+\.\d+\.\d+)/.exec(text)?.[1];
}

/** True when `version` is lower than `minimum`; both are `X.Y.Z`. */
export function isOlder(version: string, minimum: string): boolean {
  const [left, right] = [version.split('.').map(Number), minimum.split('.').map(Number)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0);
}

/** The oldest Helm that Helmfile 1.8.0 works with. */
export const minimumHelm = '3.18.6';
