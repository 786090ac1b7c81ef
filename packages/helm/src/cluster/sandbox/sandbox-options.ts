import { join } from 'node:path';
import type { WaitClock } from '../wait/waiter.ts';

export interface SandboxOptions {
  /** Where its state is kept; {@link defaultSandboxFolder} is the usual place. */
  readonly folder: string;
  readonly clock?: WaitClock;
  /** For objects and commands that name none. */
  readonly namespace?: string;
  /** Milliseconds a pod takes to start, and again to run through when it ends at all. */
  readonly readyAfter?: number;
}

/** What `--kube-context` calls it. */
export const sandboxContext = 'sandbox';

/** Where the sandbox is kept unless an option says otherwise. */
export function defaultSandboxFolder(workingDirectory: string): string {
  return join(workingDirectory, '.flotilla', 'sandbox');
}
