/**
 * `helm upgrade`: the next revision of a release (Helm 4.3.1, or 3.22.0 by the context). Comes in: a chart, values,
 * options. Goes out: the release as stored; rejects with ActionError, having recorded what failed and what was undone.
 */
import { GoError } from '@flotilla/gocompat';
import { buildResources, type Resource, versionedIdentityOf } from '../cluster/resource.ts';
import { hasSystemLabels, systemLabelsMessage } from '../release/object-storage.ts';
import type { Release } from '../release/release.ts';
import { byVersion, createRelease, deployedOf, NoDeployedReleases } from '../release/storage.ts';
import { newHook } from './action-chart.ts';
import { type ActionContext, ActionError, checkReachable, timestamp, withPrefix } from './action-context.ts';
import { applyMethodFor } from './apply-method.ts';
import { checkHiddenSecrets, isDryRun } from './apply-settings.ts';
import { checkName } from './check-name.ts';
import { existingResources, markOwned } from './ownership.ts';
import { settlePending, whileHolding } from './pending.ts';
import { performUpgrade, type UpgradePlan } from './perform-upgrade.ts';
import { valuesForUpgrade } from './reuse-values.ts';
import type { UpgradeRequest } from './upgrade-request.ts';

/** Upgrades. Rejects with ActionError; its release is the failed revision, if it came that far. */
export async function upgrade(context: ActionContext, request: UpgradeRequest): Promise<Release> {
  await checkReachable(context);
  checkName(request.name, 'release name is invalid');
  checkHiddenSecrets(request);
  const revisions = await findRevisions(context, request);
  const upgraded = await renderUpgrade(context, request, revisions);
  const plan = await planUpgrade(context, request, { ...revisions, upgraded });
  if (isDryRun(request)) {
    const description = request.description || 'Dry run complete';
    return { ...upgraded, info: { ...upgraded.info, description } };
  }
  return whileHolding(context, { next: upgraded, seen: revisions.last }, async (held) => {
    const { historyMax: maximum = 0 } = request;
    await createRelease(held.storage, upgraded, { signal: held.signal, maximum });
    return performUpgrade(held, request, plan);
  });
}

interface Revisions {
  readonly last: Release;
  /** What is in the cluster now: the deployed revision, or the last one when none is. */
  readonly current: Release;
}

async function findRevisions(context: ActionContext, request: UpgradeRequest): Promise<Revisions> {
  const { name, recoverPending = false } = request;
  const history = await context.storage.history(name, { signal: context.signal });
  const newest = byVersion(history).at(-1);
  if (newest === undefined) throw new NoDeployedReleases(name);
  const last = await settlePending(context, newest, recoverPending);
  if (last.info.status === 'deployed') return { last, current: last };
  const current = deployedOf(history);
  if (current !== undefined) return { last, current };
  if (last.info.status !== 'failed' && last.info.status !== 'superseded') throw new NoDeployedReleases(name);
  return { last, current: last };
}

async function renderUpgrade(
  context: ActionContext,
  request: UpgradeRequest,
  { last, current }: Revisions,
): Promise<Release> {
  const { name, chart, labels = {} } = request;
  const { values, defaults } = valuesForUpgrade(context, current, request.values, request);
  const { namespace } = current;
  const version = last.version + 1;
  const rendered = await chart.render({
    release: { name, namespace, revision: version, isInstall: false, isUpgrade: true },
    values,
    ...(defaults === undefined ? {} : { defaults }),
    usesCluster: request.dryRun !== 'client',
  });
  if (hasSystemLabels(labels)) throw new GoError(systemLabelsMessage);
  return {
    name,
    namespace,
    version,
    info: {
      firstDeployed: current.info.firstDeployed,
      lastDeployed: timestamp(context),
      deleted: '',
      description: 'Preparing upgrade',
      status: 'pending-upgrade',
      rollbackRevision: 0,
      notes: rendered.notes,
    },
    chart: rendered.chart,
    config: values,
    manifest: rendered.manifest,
    hooks: rendered.hooks.map(newHook),
    labels: mergedLabels(last.labels, labels),
    applyMethod: applyMethodFor(context, request.serverSide ?? 'auto', last.applyMethod),
  };
}

/** A new label of the text `null` removes an old one. */
function mergedLabels(
  old: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...old, ...labels }).filter(([, value]) => value !== 'null'));
}

async function planUpgrade(
  context: ActionContext,
  request: UpgradeRequest,
  { current, upgraded }: { readonly current: Release; readonly upgraded: Release },
): Promise<UpgradePlan> {
  const { cluster, signal, compat } = context;
  const { namespace } = upgraded;
  const built = await buildResources(cluster, upgraded.manifest, { namespace, signal });
  const before = await buildCurrent(context, current);
  const targets = built.map((resource) => markOwned(resource, upgraded));
  const known = new Set(before.map(({ ref }) => versionedIdentityOf(ref)));
  const added = targets.filter(({ ref }) => !known.has(versionedIdentityOf(ref)));
  const words = compat === 'v3' ? 'Unable to continue with update' : 'unable to continue with update';
  const { takeOwnership = false } = request;
  const adopted = await withPrefix(words, () =>
    existingResources(cluster, added, { release: upgraded, takeOwnership, signal }),
  );
  return { current, upgraded, originals: [...before, ...adopted], targets };
}

async function buildCurrent(context: ActionContext, current: Release): Promise<readonly Resource[]> {
  const { cluster, signal } = context;
  try {
    return await buildResources(cluster, current.manifest, { namespace: current.namespace, signal });
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const words = error.message.includes('unable to recognize "": no matches for kind')
      ? 'current release manifest contains removed kubernetes api(s) for this kubernetes version and it is therefore unable to build the kubernetes objects for performing the diff. error from kubernetes'
      : 'unable to build kubernetes objects from current release manifest';
    throw new ActionError(`${words}: ${error.message}`, { cause: error });
  }
}
