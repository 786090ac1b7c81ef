import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunOwner } from '@flotilla/helm';

/** This process, as Leases name it. */
export function runOwner(): RunOwner {
  return { host: hostname(), process: process.pid, run: randomUUID(), isAlive };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
