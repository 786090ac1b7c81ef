/**
 * One writer at a time among processes: a lock file naming its owner. Comes in: a path. Goes out: the lock, to be given
 * back. Owners that have died are found out by their process id and put aside. Waiting is bounded.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockOptions {
  /** Milliseconds to wait for others. */
  readonly patience: number;
  /** The error when that was not enough; `owner` is a process id and a host. */
  readonly busy: (owner: string) => Error;
  readonly signal?: AbortSignal;
}

const stealTimeout = 5000;

/** Resolves to what gives the lock back. Rejects with `busy`, the signal's reason, or the error of the file system. */
export async function acquireLock(
  path: string,
  { patience, busy, signal }: LockOptions,
): Promise<() => void> {
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  const deadline = performance.now() + patience;
  for (let attempt = 0; ; attempt += 1) {
    signal?.throwIfAborted();
    if (tryCreate(path, owner)) return () => rmSync(path, { force: true });
    if (attempt % 8 === 7) putAsideDead(path);
    if (performance.now() > deadline) throw busy(ownerOf(path) ?? 'nobody');
    // Too short to be worth a listener on the signal for every caller that waits.
    await sleep(Math.min(1 + attempt, 20));
  }
}

function tryCreate(path: string, owner: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, owner);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return true;
}

/** Under a second lock, so that of several who notice a dead owner only one removes it, and nobody a living one. */
function putAsideDead(path: string): void {
  const owner = ownerOf(path);
  if (owner === undefined || !isDead(owner, path)) return;
  const guard = `${path}.steal`;
  if (!tryCreate(guard, String(process.pid))) {
    if (ageOf(guard) > stealTimeout) rmSync(guard, { force: true });
    return;
  }
  try {
    if (ownerOf(path) === owner) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** A lock without a name is being made, or its maker died at it. */
function isDead(owner: string, path: string): boolean {
  const [pid = '', host] = owner.split(' ');
  if (owner === '') return ageOf(path) > stealTimeout;
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

function ownerOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}
