/**
 * `helm test`: runs the test hooks of a release's last revision (Helm 4.3.1). Comes in: a name and which tests. Goes out:
 * the release with the runs recorded, and the tests' logs; the failure of a test is part of the result.
 */
import { GoError } from '@flotilla/gocompat';
import { joinErrors } from '../cluster/apply/by-kind.ts';
import { type JsonObject, listAt, textAt } from '../cluster/json-object.ts';
import type { Release, ReleaseHook } from '../release/release.ts';
import { lastRelease } from '../release/storage.ts';
import { type ActionContext, checkReachable, withPrefix } from './action-context.ts';
import { checkName } from './check-name.ts';
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

/** Runs tests. Rejects with GoError when there is no such release. */
export async function testRelease(context: ActionContext, request: TestRequest): Promise<TestResult> {
  await checkReachable(context);
  const { name } = request;
  checkName(name, 'releaseTest: Release name is invalid');
  const release = await lastRelease(context.storage, name, { signal: context.signal });
  const isChosen = chooser(request);
  const operation = new Operation(context, { ...release, hooks: release.hooks.filter(isChosen) });
  const skipped = release.hooks.filter((hook) => !isChosen(hook));
  const { failure, tidyUp } = await runTests(operation, request, skipped);
  const pods =
    request.readsLogs === true ? await logsOf(operation, isChosen) : { logs: '', failure: undefined };
  const untidy = await failureOf(tidyUp);
  const failures = [failure, pods.failure].filter((each) => each !== undefined);
  const result = { release: operation.release, logs: pods.logs };
  return { ...result, failure: failures.length === 0 ? untidy : joinErrors(failures, '\n') };
}

/** The GoError a step rejects with. */
async function failureOf(step: () => Promise<void>): Promise<GoError | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (error instanceof GoError) return error;
    throw error;
  }
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
  } catch (failure) {
    operation.context.signal.throwIfAborted();
    if (!(failure instanceof GoError)) throw failure;
    return { failure, tidyUp: async () => {} };
  } finally {
    operation.setHooks([...skipped, ...operation.release.hooks]);
    await operation.recordAtLast();
  }
}

type Logs = Pick<TestResult, 'logs' | 'failure'>;

/** Up to the first pod that fails. */
async function logsOf(operation: Operation, isChosen: (hook: ReleaseHook) => boolean): Promise<Logs> {
  const tests = byWeight(operation.release.hooks).filter(
    (hook) => hook.events.includes('test') && hook.kind === 'Pod' && isChosen(hook),
  );
  let logs = '';
  for (const { name } of tests) {
    const pod = await podLogs(operation, name);
    logs += pod.logs;
    if (pod.failure !== undefined) return { logs, failure: pod.failure };
  }
  return { logs, failure: undefined };
}

/** Of every container; those that have none are told together. */
async function podLogs({ context, release }: Operation, name: string): Promise<Logs> {
  const { cluster, signal } = context;
  const { namespace } = release;
  let logs = '';
  const errors: GoError[] = [];
  const failed = await failureOf(async () => {
    const pod = await podOf(context, namespace, name);
    const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];
    for (const container of containers.map((each) => textAt(each, 'name'))) {
      const place = `unable to get logs for pod ${name}, container ${container}`;
      const failure = await failureOf(async () => {
        const text = await withPrefix(place, () => cluster.podLogs(namespace, name, { container, signal }));
        logs += `POD LOGS: ${name} (${container})\n${text}\n`;
      });
      if (failure !== undefined) errors.push(failure);
    }
  });
  const failure = failed ?? (errors.length === 0 ? undefined : joinErrors(errors, '\n'));
  return { logs, failure };
}

async function podOf(
  { cluster, signal }: ActionContext,
  namespace: string,
  name: string,
): Promise<JsonObject> {
  const mapping = await cluster.mapping('v1', 'Pod', { signal });
  return withPrefix(`unable to get pod ${name}`, () => cluster.get({ mapping, namespace, name }, { signal }));
}
