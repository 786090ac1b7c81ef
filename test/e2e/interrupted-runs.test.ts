import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeClock } from '@flotilla/core/node';
import { localZone } from '@flotilla/gocompat';
import { type ActionContext, objectStorage, openSandboxCluster, releaseHistory } from '@flotilla/helm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningCli, TempProject } from '../support/built-cli.ts';
import { webInSandbox } from './web-in-sandbox.ts';

/** Runs that die in the sandbox, and what the next ones make of what they left; Node only. */

const slowHook = `apiVersion: batch/v1
kind: Job
metadata: {name: wait, annotations: {helm.sh/hook: "pre-install,pre-upgrade"}}
spec:
  template:
    metadata: {annotations: {testbed/slow: "true"}}
    spec: {restartPolicy: Never, containers: [{name: main, image: x}]}
`;

let project: TempProject;
beforeEach(() => {
  project = webInSandbox();
});
afterEach(() => project[Symbol.dispose]());

/** What our engine finds in the sandbox of the project. */
async function withReleases<T>(work: (context: ActionContext) => Promise<T>): Promise<T> {
  const folder = join(project.directory, '.flotilla/sandbox');
  await using cluster = await openSandboxCluster({ folder });
  const clock = createNodeClock();
  const log = (): void => {};
  const signal = AbortSignal.timeout(20_000);
  const storage = objectStorage(cluster, {
    kind: 'Secret',
    namespace: 'shop',
    compat: 'v4',
    now: () => clock.now(),
    log,
  });
  const zone = localZone('UTC');
  return await work({ cluster, storage, namespace: 'shop', compat: 'v4', clock, zone, signal, log });
}

const history = (): Promise<readonly string[]> =>
  withReleases(async (context) =>
    (await releaseHistory(context, 'web')).map(({ version, info }) => `${version} ${info.status}`),
  );

/** A sync whose release is pending, and stays so for seconds. */
async function pendingSync(): Promise<RunningCli> {
  project.write('web/templates/hook.yaml', slowHook);
  const running = project.start(['sync']);
  const journal = join(project.directory, '.flotilla/sandbox/journal.jsonl');
  while (!existsSync(journal) || !readFileSync(journal, 'utf8').includes('"status":"pending-')) {
    await new Promise((done) => setTimeout(done, 20));
  }
  return running;
}

describe('a run that was killed', () => {
  test('leaves a pending release, which the next run of the same command takes over', async () => {
    const killed = await pendingSync();
    killed.child.kill('SIGKILL');
    await killed.result;
    expect(await history()).toEqual(['1 pending-install']);
    expect((await project.run(['status'])).stdout).toContain('STATUS: pending-install\n');
    project.write('web/templates/hook.yaml', '');
    const again = await project.run(['sync']);
    expect(again.code, again.stderr).toBe(0);
    expect(await history()).toEqual(['1 superseded', '2 deployed']);
  });

  test('is not taken over while it lives', async () => {
    const first = await pendingSync();
    const second = await project.run(['sync']);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(
      `another operation (install/upgrade/rollback) is in progress: process ${first.child.pid} on `,
    );
    expect((await first.result).code).toBe(0);
    expect(await history()).toEqual(['1 deployed']);
  });
});

describe('what another tool left pending', () => {
  beforeEach(async () => {
    await project.run(['sync']);
    await withReleases(async (context) => {
      const [release] = await releaseHistory(context, 'web');
      if (release === undefined) return;
      const info = { ...release.info, status: 'pending-upgrade' } as const;
      await context.storage.create({ ...release, version: 2, info }, context);
    });
  });

  test('is no unchanged release, and is left to it', async () => {
    const diff = await project.run(['diff', '--detailed-exitcode']);
    expect(diff.code, diff.stderr).toBe(2);
    const apply = await project.run(['apply']);
    expect(apply.code).toBe(1);
    expect(apply.stderr).toContain('another operation (install/upgrade/rollback) is in progress');
    expect(await history()).toEqual(['1 deployed', '2 pending-upgrade']);
  });

  test('is taken over when asked to', async () => {
    const apply = await project.run(['apply', '--recover-pending']);
    expect(apply.code, apply.stderr).toBe(0);
    expect(await history()).toEqual(['1 superseded', '2 failed', '3 deployed']);
  });
});

test('a failed release without a difference is upgraded by flotilla, and left alone by helmfile', async () => {
  await project.run(['sync']);
  await withReleases(async (context) => {
    const [release] = await releaseHistory(context, 'web');
    if (release === undefined) return;
    await context.storage.update({ ...release, info: { ...release.info, status: 'failed' } }, context);
  });
  expect((await project.run(['apply'], { program: 'helmfile' })).code).toBe(0);
  expect(await history()).toEqual(['1 failed']);
  expect((await project.run(['apply'])).code).toBe(0);
  expect(await history()).toEqual(['1 superseded', '2 deployed']);
});
