import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cluster, ObjectRef } from '../cluster/cluster.ts';
import { isNotFound } from '../cluster/cluster-error.ts';
import { textAt } from '../cluster/json-object.ts';
import { openSandboxCluster } from '../cluster/sandbox/open-sandbox.ts';
import { type HeldRelease, leaseLocks, ReleaseBusy, type ReleaseLocks } from './release-lock.ts';

/** Leases in a sandbox: who holds a release, what becomes of it when an owner dies, and when two meet. */

const signal = new AbortController().signal;
const release = { name: 'web', namespace: 'default', revision: 3 };
const start = Date.UTC(2026, 0, 2, 3, 4, 5);
let folder: string;
let cluster: Cluster;
let now: number;
/** What happens while somebody sleeps. */
let meanwhile: () => Promise<void>;
const living = new Set<number>();
const held = new Set<AsyncDisposable>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-locks-'));
  cluster = await openSandboxCluster({ folder });
  now = start;
  meanwhile = async () => {};
  living.clear();
});
afterEach(async () => {
  for (const each of held) await each[Symbol.asyncDispose]();
  held.clear();
  await cluster[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Sleeps of a running renewal end with its signal; others take no time. */
function locksOf(process: number, host = 'here'): ReleaseLocks {
  living.add(process);
  return leaseLocks(cluster, {
    owner: { host, process, run: `run-${process}`, isAlive: (each) => living.has(each) },
    clock: {
      now: () => now,
      sleep: async (milliseconds, until) => {
        now += milliseconds;
        await meanwhile();
        await new Promise((done) => setTimeout(done, 1));
        until.throwIfAborted();
      },
    },
    log: () => {},
  });
}

/** Held until disposed, or to the end of the test. */
async function hold(process: number, host?: string): Promise<HeldRelease> {
  const found = await locksOf(process, host).hold(release, signal);
  held.add(found);
  return found;
}

const asleep = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

async function leaseRef(): Promise<ObjectRef> {
  const mapping = await cluster.mapping('coordination.k8s.io/v1', 'Lease', { signal });
  return { mapping, namespace: 'default', name: 'flotilla.release.web' };
}

async function holder(): Promise<string> {
  try {
    return textAt(await cluster.get(await leaseRef(), { signal }), 'spec', 'holderIdentity');
  } catch (error) {
    if (isNotFound(error)) return 'nobody';
    throw error;
  }
}

describe('a release that is held', () => {
  test('is refused to others, who are told by whom and since when', async () => {
    const first = await hold(1);
    const refusal = await hold(2).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ReleaseBusy);
    expect((refusal as Error).message).toBe(
      'another operation (install/upgrade/rollback) is in progress: process 1 on here (since 2026-01-02T03:04:05.000000Z) works on the release',
    );
    await first[Symbol.asyncDispose]();
    expect(await holder()).toBe('nobody');
  });

  test('goes to the next at once when its process on this host is gone', async () => {
    await hold(1);
    living.delete(1);
    await hold(2);
    expect(await holder()).toBe('here/2/run-2');
  });

  test('of another host is free when its lease has run out and stays so', async () => {
    const ref = await leaseRef();
    await hold(1, 'there');
    const left = await cluster.get(ref, { signal });
    now += 31_000;
    meanwhile = async () => {
      const spec = { renewTime: '2026-01-02T03:04:35.000000Z' };
      await cluster.patch(ref, { type: 'merge', body: { spec } }, { signal });
    };
    expect(textAt(left, 'spec', 'holderIdentity')).toBe('there/1/run-1');
    await expect(hold(2)).rejects.toBeInstanceOf(ReleaseBusy);
  });
});

describe('a lease that somebody else took over', () => {
  test('tells its holder, who leaves it alone from then on', async () => {
    const first = await hold(1);
    living.delete(1);
    const next = await hold(2);
    await asleep();
    expect(first.lost.reason).toBeInstanceOf(ReleaseBusy);
    await first[Symbol.asyncDispose]();
    expect(await holder()).toBe('here/2/run-2');
    await next[Symbol.asyncDispose]();
    expect(await holder()).toBe('nobody');
  });
});

describe('a pending revision', () => {
  const ownerOf = (revision: number) => locksOf(9).pendingOwner({ ...release, revision }, signal);

  test('belongs to whoever holds its release, and so does a rollback of it', async () => {
    await hold(1);
    const since = '2026-01-02T03:04:05.000000Z';
    const alive = { state: 'alive', holder: { identity: 'here/1/run-1', since } };
    expect(await ownerOf(3)).toEqual(alive);
    expect(await ownerOf(4)).toEqual(alive);
    living.delete(1);
    expect(await ownerOf(3)).toMatchObject({ state: 'dead' });
  });

  test('of any other number is another tool’s', async () => {
    await hold(1);
    expect(await ownerOf(2)).toEqual({ state: 'unknown' });
    expect(await ownerOf(5)).toEqual({ state: 'unknown' });
  });
});
