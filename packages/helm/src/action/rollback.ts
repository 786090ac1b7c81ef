/**
 * `helm rollback`: a new revision with the content of an old one (Helm 4.3.1, or 3.22.0 by the context). Comes in: a name
 * and a revision. Goes out: the release as stored; rejects with ActionError.
 */
import { GoError, runeCount } from '@flotilla/gocompat';
import { updateResources } from '../cluster/apply/update-resources.ts';
import { buildResources, type Resource } from '../cluster/resource.ts';
import { type Release, withStatus } from '../release/release.ts';
import { byVersion, createRelease, ReleaseNotFound } from '../release/storage.ts';
import {
  type ActionContext,
  ActionError,
  canceled,
  checkReachable,
  finishingSignal,
  logLine,
  timestamp,
  type WaitSettings,
  waiterFor,
  withPrefix,
} from './action-context.ts';
import { applyMethodFor } from './apply-method.ts';
import { checkName } from './check-name.ts';
import { Operation, recordQuietly } from './operation.ts';
import { markOwned } from './ownership.ts';
import { whileHolding } from './pending.ts';
import { runHooks } from './run-hooks.ts';
import { deleteCreated } from './undo.ts';

export interface RollbackRequest extends WaitSettings {
  readonly name: string;
  /** 0 for the one before the last. */
  readonly revision: number;
  readonly description?: string;
  readonly isDryRun?: boolean;
  /** `true`, `false`, or `auto`, which does what the revision did (the default). */
  readonly serverSide?: string;
  readonly forceConflicts?: boolean;
  readonly forceReplace?: boolean;
  readonly cleanupOnFail?: boolean;
  readonly historyMax?: number;
}

const maximumDescription = 256;

/** Rolls back, pending revisions notwithstanding. Rejects with ActionError; its release is the failed revision. */
export async function rollback(context: ActionContext, request: RollbackRequest): Promise<Release> {
  checkDescription(request.description ?? '');
  await checkReachable(context);
  const { current, target } = await prepare(context, request);
  if (request.isDryRun === true) return target;
  return whileHolding(context, { next: target, seen: current }, async (held) => {
    const { historyMax: maximum = 0 } = request;
    await createRelease(held.storage, target, { signal: held.signal, maximum });
    return perform(held, request, { current, target });
  });
}

function checkDescription(description: string): void {
  const length = runeCount(description);
  if (length <= maximumDescription) return;
  throw new GoError(`description must be ${maximumDescription} characters or less, got ${length}`);
}

interface Revisions {
  readonly current: Release;
  readonly target: Release;
}

async function prepare(context: ActionContext, request: RollbackRequest): Promise<Revisions> {
  const { name } = request;
  checkName(name, 'prepareRollback: Release name is invalid');
  if (request.revision < 0) throw new GoError('invalid release revision');
  const history = await context.storage.history(name, { signal: context.signal });
  const current = byVersion(history).at(-1);
  if (current === undefined) throw new ReleaseNotFound();
  const revision = request.revision === 0 ? current.version - 1 : request.revision;
  if (!history.some(({ version }) => version === revision)) {
    throw new GoError(`release has no ${revision} version`);
  }
  const wanted = await context.storage.get(name, revision, { signal: context.signal });
  const target: Release = {
    ...wanted,
    namespace: current.namespace,
    version: current.version + 1,
    info: {
      firstDeployed: current.info.firstDeployed,
      lastDeployed: timestamp(context),
      deleted: '',
      description: request.description || `Rollback to ${revision}`,
      status: 'pending-rollback',
      rollbackRevision: context.compat === 'v3' ? 0 : revision,
      notes: wanted.info.notes,
    },
    applyMethod: applyMethodFor(context, request.serverSide ?? 'auto', wanted.applyMethod),
  };
  return { current, target };
}

async function perform(
  context: ActionContext,
  request: RollbackRequest,
  { current, target }: Revisions,
): Promise<Release> {
  const operation = new Operation(context, target);
  const hooks = { ...request, serverSide: target.applyMethod === 'ssa' };
  try {
    const before = await built(context, current, 'current');
    const targets = (await built(context, target, 'new')).map((resource) => markOwned(resource, target));
    await runHooks(operation, 'pre-rollback', hooks);
    await update(operation, request, { current, before, targets });
    await untilReady(operation, request, { current, targets });
    await runHooks(operation, 'post-rollback', hooks);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    operation.setStatus('failed', `Rollback ${JSON.stringify(target.name)} failed: context canceled`);
    await operation.recordAtLast();
    throw new ActionError(canceled(error).message, { release: operation.release, cause: error });
  }
  return finish(operation);
}

function built(context: ActionContext, release: Release, which: string): Promise<readonly Resource[]> {
  const { cluster, signal } = context;
  const { manifest, namespace } = release;
  return withPrefix(`unable to build kubernetes objects from ${which} release manifest`, () =>
    buildResources(cluster, manifest, { namespace, signal }),
  );
}

interface RollbackResources {
  readonly current: Release;
  readonly before: readonly Resource[];
  readonly targets: readonly Resource[];
}

async function update(
  operation: Operation,
  request: RollbackRequest,
  { current, before, targets }: RollbackResources,
): Promise<void> {
  const { context, release } = operation;
  const { cluster, signal, log, compat } = context;
  const { forceReplace = false, forceConflicts = false } = request;
  const { created, error } = await updateResources(cluster, before, targets, {
    serverSide: release.applyMethod === 'ssa',
    forceReplace,
    forceConflicts,
    claimsFields: true,
    signal,
    log,
    compat,
  });
  if (error === undefined) return;
  const message = `Rollback ${JSON.stringify(release.name)} failed: ${error.message}`;
  logLine(context, 'WARN', message);
  operation.setStatus('failed', message);
  await recordQuietly(context, withStatus(current, 'superseded'));
  await operation.recordAtLast();
  if (request.cleanupOnFail === true) {
    await withPrefix('an error occurred while cleaning up resources. original rollback error', () =>
      deleteCreated(context, created, signal),
    );
  }
  throw new ActionError(error.message, { release: operation.release, cause: error });
}

async function untilReady(
  operation: Operation,
  request: RollbackRequest,
  { current, targets }: Omit<RollbackResources, 'before'>,
): Promise<void> {
  const { context } = operation;
  const { wait, timeout, waitForJobs: includesJobs = false } = request;
  try {
    const options = { timeout, includesJobs, signal: context.signal };
    await waiterFor(context, wait).untilReady(targets, options);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof GoError)) throw error;
    const { name } = operation.release;
    operation.setStatus('failed', `Release ${JSON.stringify(name)} failed: ${error.message}`);
    await recordQuietly(context, current);
    await operation.recordAtLast();
    const message = `release ${name} failed: ${error.message}`;
    throw new ActionError(message, { release: operation.release, cause: error });
  }
}

/** Every deployed revision gives way to the new one. */
async function finish(operation: Operation): Promise<Release> {
  const { context, release } = operation;
  const signal = finishingSignal();
  for (const each of await context.storage.history(release.name, { signal })) {
    if (each.info.status === 'deployed') await recordQuietly(context, withStatus(each, 'superseded'), signal);
  }
  operation.setStatus('deployed');
  await operation.record(signal);
  return operation.release;
}
