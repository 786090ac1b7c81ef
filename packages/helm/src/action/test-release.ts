/**
 * `helm test`: runs the test hooks of a release's last revision (Helm 4.3.1). Comes in: a name and which tests. Goes out:
 * the release with the runs recorded, and the tests' logs; the failure of a test is part of the result.
 */
import { GoError } from '@flotilla/gocompat';
import { checkReleaseName } from '../chart/check-chart.ts';
import { listAt, textAt } from '../cluster/json-object.ts';
import type { Release, ReleaseHook } from '../release/release.ts';
import { lastRelease } from '../release/storage.ts';
import { type ActionContext, checkReachable, withPrefix } from './action-context.ts';
import { Operation } from './operation.ts';
import { byWeight, type HookOutcome, startHooks } from './run-hooks.ts';

export interface TestRequest {
  readonly name: string;
  /** Milliseconds, for every test. */
  readonly timeout: number;
  /** Only tests of these names (`--filter name=…`); none means all. */
  readonly include?: readonly string[];
  /** Not the tests of these names (`--filter '!name=…'`). */
  readonly exclude?: readonly string[];
  /** Read what test pods wrote (`--logs`). */
  readonly readsLogs?: boolean;
}

export interface TestResult {
  readonly release: Release;
  /** `POD LOGS: …` blocks; empty unless asked for. */
  readonly logs: string;
  /** Undefined when all tests passed. */
  readonly failure: GoError | undefined;
}

/** Runs tests. Rejects with GoError when there is nothing to test or a test could not be started. */
export async function testRelease(context: ActionContext, request: TestRequest): Promise<TestResult> {
  await checkReachable(context);
  const { name } = request;
  try {
    checkReleaseName(name);
  } catch {
    throw new GoError(`releaseTest: Release name is invalid: ${name}`);
  }
  const release = await lastRelease(context.storage, name, { signal: context.signal });
  const isChosen = chooser(request);
  const operation = new Operation(context, { ...release, hooks: release.hooks.filter(isChosen) });
  const skipped = release.hooks.filter((hook) => !isChosen(hook));
  const outcome = await runTests(operation, request, skipped);
  const logs = request.readsLogs === true ? await logsOf(operation, isChosen) : '';
  await outcome.tidyUp();
  return { release: operation.release, logs, failure: outcome.failure };
}

function chooser({ include = [], exclude = [] }: TestRequest): (hook: ReleaseHook) => boolean {
  return ({ name }) => !exclude.includes(name) && (include.length === 0 || include.includes(name));
}

/** Skipped hooks go to the front of the record afterwards, whatever happened. */
async function runTests(
  operation: Operation,
  { timeout }: TestRequest,
  skipped: readonly ReleaseHook[],
): Promise<HookOutcome> {
  const serverSide = operation.release.applyMethod === 'ssa';
  try {
    return await startHooks(operation, 'test', { wait: 'watcher', timeout, serverSide });
  } finally {
    operation.setHooks([...skipped, ...operation.release.hooks]);
    await operation.recordAtLast();
  }
}

async function logsOf(operation: Operation, isChosen: (hook: ReleaseHook) => boolean): Promise<string> {
  const tests = byWeight(operation.release.hooks).filter(
    (hook) => hook.events.includes('test') && hook.kind === 'Pod' && isChosen(hook),
  );
  const texts: string[] = [];
  for (const { name } of tests) texts.push(...(await podLogs(operation, name)));
  return texts.join('');
}

async function podLogs({ context, release }: Operation, name: string): Promise<readonly string[]> {
  const { cluster, signal } = context;
  const mapping = await cluster.mapping('v1', 'Pod', { signal });
  const { namespace } = release;
  const pod = await withPrefix(`unable to get pod ${name}`, () =>
    cluster.get({ mapping, namespace, name }, { signal }),
  );
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
  const texts: string[] = [];
  for (const container of containers.map((each) => textAt(each, 'name'))) {
    const place = `unable to get logs for pod ${name}, container ${container}`;
    const text = await withPrefix(place, () => cluster.podLogs(namespace, name, { container, signal }));
    texts.push(`POD LOGS: ${name} (${container})\n${text}\n`);
  }
  return texts;
}
