/**
 * Waiter: waits until resources are ready, gone, or run through. Strategies: `watcher` (events and kstatus, Helm 4's
 * `--wait`), `legacy` (Helm 3's polling), `hookOnly` (hooks alone, Helm 4 without `--wait`). All reject with GoError.
 */
import type { HelmCompat } from '../../chart/helm-compat.ts';
import type { Cluster } from '../cluster.ts';
import type { Resource } from '../resource.ts';

export type WaitStrategy = 'watcher' | 'legacy' | 'hookOnly';

export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

export interface ReadyOptions extends WaitOptions {
  /** Jobs must have run through. */
  readonly includesJobs: boolean;
}

export interface Waiter {
  untilReady(resources: readonly Resource[], options: ReadyOptions): Promise<void>;
  untilDeleted(resources: readonly Resource[], options: WaitOptions): Promise<void>;
  /** Hooks: jobs and pods must have run through, everything else is ready at once. */
  untilDone(resources: readonly Resource[], options: WaitOptions): Promise<void>;
}

/** Time, as waiting needs it. */
export interface WaitClock {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface WaiterPlace {
  readonly cluster: Cluster;
  readonly clock: WaitClock;
  /** Whose words errors have. */
  readonly compat: HelmCompat;
  /** Told when what is waited for changes: one line for people. */
  readonly onProgress?: (message: string) => void;
}
