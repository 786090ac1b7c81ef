import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reference, referencesFolder } from '../support/references.ts';

/**
 * A real control plane for one test file, and the real helms to compare with. TESTBED_KUBECONFIG names one that runs
 * already. Which programs are missing is said once, and the suite skipped.
 */

const run = promisify(execFile);

export interface ControlPlane extends AsyncDisposable {
  readonly kubeconfig: string;
}

const needed = ['kube', 'kwok', 'helm4', 'helm3'] as const;

/** Empty when everything is there. */
export function missingReferences(): readonly string[] {
  return needed.filter((name) => reference(name) === undefined);
}

/** True when the suite can run; else says what it misses. */
export function hasControlPlane(suite: string): boolean {
  const missing = missingReferences();
  if (missing.length > 0)
    console.warn(`skipped ${suite}: not found in ${referencesFolder}: ${missing.join(', ')}`);
  return missing.length === 0;
}

export async function startControlPlane(port: number): Promise<ControlPlane> {
  const running = process.env['TESTBED_KUBECONFIG'];
  if (running !== undefined) return { kubeconfig: running, [Symbol.asyncDispose]: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-control-plane-'));
  const scripts = join(import.meta.dirname, '../references');
  const env = { ...process.env, TESTBED_BIN: referencesFolder };
  await run(join(scripts, 'kube-up'), [folder, String(port)], { env });
  return {
    kubeconfig: join(folder, 'kubeconfig'),
    [Symbol.asyncDispose]: async () => {
      await run(join(scripts, 'kube-down'), [folder], { env });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface HelmResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Runs a real helm against the control plane; never rejects. */
export async function runHelm(
  program: 'helm3' | 'helm4',
  kubeconfig: string,
  args: readonly string[],
): Promise<HelmResult> {
  const env = { ...process.env, KUBECONFIG: kubeconfig, HELM_DRIVER: '', NO_COLOR: '1' };
  try {
    const { stdout, stderr } = await run(join(referencesFolder, program), args, { env, maxBuffer: 1e8 });
    return { stdout, stderr, status: 0 };
  } catch (error) {
    const failure = error as { readonly stdout?: string; readonly stderr?: string; readonly code?: number };
    return {
      stdout: failure.stdout ?? '',
      stderr: failure.stderr ?? String(error),
      status: failure.code ?? 1,
    };
  }
}
