/**
 * What every action works with. Comes from the composition root: the cluster, the storage of one namespace, time, where
 * to log, and the signal that stops it all. Actions are functions from a request to a release; they reject with GoError.
 */
import { formatTime, GoError, GoTime, type GoZone, rfc3339Nano, wrapGoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { type LogLevel, type LogSink, slogRecord } from '../chart/log-record.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { legacyWaiter } from '../cluster/wait/legacy-waiter.ts';
import { hookOnlyWaiter, statusWaiter } from '../cluster/wait/status-waiter.ts';
import type { WaitClock, Waiter, WaitStrategy } from '../cluster/wait/waiter.ts';
import type { Release } from '../release/release.ts';
import type { ReleaseLocks } from '../release/release-lock.ts';
import type { StorageDriver } from '../release/storage.ts';

export interface ActionContext {
  readonly cluster: Cluster;
  /** Keeps the releases of {@link ActionContext.namespace}. */
  readonly storage: StorageDriver;
  readonly namespace: string;
  readonly compat: HelmCompat;
  readonly clock: WaitClock;
  /** Times in records are written in it. */
  readonly zone: GoZone;
  readonly signal: AbortSignal;
  readonly log: LogSink;
  /** Keeps runs apart; without, only the records do. */
  readonly locks?: ReleaseLocks | undefined;
  /** Logs of hooks, as their containers wrote them. */
  readonly onHookOutput?: (text: string) => void;
  /** What is being waited for. */
  readonly onProgress?: (message: string) => void;
}

/** How long to wait for what, for actions that change the cluster. */
export interface WaitSettings {
  readonly wait: WaitStrategy;
  /** Jobs must have run through. */
  readonly waitForJobs?: boolean;
  /** Milliseconds, for every single wait. */
  readonly timeout: number;
  readonly disableHooks?: boolean;
}

/** A failed action; `release` is the revision it leaves behind, when there is one. */
export class ActionError extends GoError {
  readonly release: Release | undefined;

  constructor(
    message: string,
    options: { readonly release?: Release | undefined; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.release = options.release;
  }
}

/** The present as records have it. */
export function timestamp({ clock, zone }: ActionContext): string {
  const now = clock.now();
  const seconds = Math.floor(now / 1000);
  return formatTime(new GoTime(seconds, Math.round((now - seconds * 1000) * 1e6), zone), rfc3339Nano);
}

/** Helm 3 waits for hooks and their deletion in its own way always, for the rest on demand. */
export function waiterFor(context: ActionContext, strategy: WaitStrategy): Waiter {
  const { cluster, clock, compat, onProgress } = context;
  const place = { cluster, clock, compat, ...(onProgress === undefined ? {} : { onProgress }) };
  if (context.compat === 'v3') {
    const legacy = legacyWaiter(place);
    return strategy === 'hookOnly' ? { ...legacy, untilReady: async () => {} } : legacy;
  }
  switch (strategy) {
    case 'watcher':
      return statusWaiter(place);
    case 'hookOnly':
      return hookOnlyWaiter(place);
    case 'legacy':
      return legacyWaiter(place);
  }
}

export function logLine(
  { log }: ActionContext,
  level: LogLevel,
  message: string,
  attributes: readonly (readonly [string, string])[] = [],
): void {
  log(slogRecord(level, message, attributes));
}

/** Fails with Helm's words when nobody answers. */
export async function checkReachable({ cluster, signal }: ActionContext): Promise<void> {
  try {
    await cluster.version({ signal });
  } catch (error) {
    signal.throwIfAborted();
    throw wrapGoError('kubernetes cluster unreachable: ', error);
  }
}

/** Runs a step; its GoError comes back behind `prefix`. */
export async function withPrefix<T>(prefix: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw wrapGoError(`${prefix}: `, error);
  }
}

/** Records are finished even when the caller has given up: this signal has its own end. */
export function finishingSignal(): AbortSignal {
  return AbortSignal.timeout(30_000);
}

/** The error of an operation that was stopped, as Go prints it. */
export function canceled(cause: unknown): GoError {
  return new GoError('context canceled', { cause });
}
