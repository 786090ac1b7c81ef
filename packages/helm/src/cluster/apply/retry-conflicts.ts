import { setTimeout as sleep } from 'node:timers/promises';
import { hasReason } from '../cluster-error.ts';

const attempts = 5;

/** Repeats while the server says somebody else was faster: five times, ten milliseconds apart, as client-go does. */
export function retryConflicts<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retryWhile((error) => hasReason(error, 'Conflict'), call, signal);
}

export async function retryWhile<T>(
  isPassing: (error: unknown) => boolean,
  call: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (attempt >= attempts || !isPassing(error)) throw error;
      await sleep(10 + Math.random(), undefined, { signal });
    }
  }
}
