/**
 * Reading releases: one, its history, all of a namespace (`helm get`, `history`, `list` of Helm 4.3.1). Comes in: names
 * and filters. Goes out: releases as stored. Not its business: printing them.
 */
import { compareStrings, compileRegexp } from '@flotilla/gocompat';
import { parseLabelSelector } from '../cluster/label-selector.ts';
import { isPending, type Release, type ReleaseStatus } from '../release/release.ts';
import { byVersion, ReleaseNotFound, releaseAt } from '../release/storage.ts';
import { type ActionContext, checkReachable } from './action-context.ts';
import { checkName } from './check-name.ts';

/** One revision, 0 for the last. Rejects with GoError `release: not found`. */
export async function getRelease(context: ActionContext, name: string, revision = 0): Promise<Release> {
  await checkReachable(context);
  checkName(name, 'releaseContent: Release name is invalid');
  return releaseAt(context.storage, name, revision, { signal: context.signal });
}

/** The newest revisions in ascending order. Rejects with GoError `release: not found`. */
export async function releaseHistory(
  context: ActionContext,
  name: string,
  maximum = 256,
): Promise<readonly Release[]> {
  await checkReachable(context);
  checkName(name, 'release name is invalid');
  const history = byVersion(await context.storage.history(name, { signal: context.signal }));
  if (history.length === 0) throw new ReleaseNotFound();
  return maximum <= 0 ? history : history.slice(-maximum);
}

export interface ListRequest {
  /** Statuses to show; without any Helm 4 shows all and Helm 3 deployed and failed ones. */
  readonly statuses?: readonly (ReleaseStatus | 'pending')[];
  /** RE2 pattern on names. */
  readonly filter?: string;
  /** On the labels of the revision that is shown: `a=b,c!=d`. */
  readonly selector?: string;
  readonly sortBy?: 'name' | 'date';
  readonly isReversed?: boolean;
  /** 0 for all. */
  readonly maximum?: number;
  readonly offset?: number;
}

/** The latest revision of every release. Rejects with GoError, for a bad filter or selector too. */
export async function listReleases(
  context: ActionContext,
  request: ListRequest = {},
): Promise<readonly Release[]> {
  await checkReachable(context);
  const { filter = '', selector = '', maximum = 256, offset = 0 } = request;
  const pattern = filter === '' ? undefined : compileRegexp(filter);
  const stored = await context.storage.list({ signal: context.signal });
  const named = stored.filter((each) => pattern?.matches(each.name) ?? true);
  const statuses = request.statuses ?? (context.compat === 'v3' ? (['deployed', 'failed'] as const) : []);
  const isOnlySuperseded = statuses.length === 1 && statuses[0] === 'superseded';
  const latest = isOnlySuperseded ? named : latestOf(named);
  const shown = latest.filter(({ info }) => isShown(info.status, statuses));
  const isSelected = stored.length === 0 ? () => true : parseLabelSelector(selector);
  const selected = shown.filter(({ labels }) => isSelected(labels));
  const sorted = sortReleases(selected, request);
  if (offset >= sorted.length) return [];
  return sorted.slice(offset, maximum > 0 ? offset + maximum : undefined);
}

function latestOf(releases: readonly Release[]): readonly Release[] {
  const latest = new Map<string, Release>();
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`;
    const known = latest.get(key);
    if (known === undefined || known.version < release.version) latest.set(key, release);
  }
  return [...latest.values()];
}

function isShown(status: ReleaseStatus, statuses: NonNullable<ListRequest['statuses']>): boolean {
  if (statuses.length === 0) return status !== 'unknown';
  return statuses.includes(status) || (isPending(status) && statuses.includes('pending'));
}

function sortReleases(
  releases: readonly Release[],
  { sortBy = 'name', isReversed = false }: ListRequest,
): readonly Release[] {
  const seconds = ({ info }: Release): number => Math.floor(Date.parse(info.lastDeployed) / 1000);
  const byName = (a: Release, b: Release): number =>
    compareStrings(a.name, b.name) || compareStrings(a.namespace, b.namespace);
  const byDate = (a: Release, b: Release): number => seconds(a) - seconds(b) || byName(a, b);
  const sorted = [...releases].sort(sortBy === 'date' ? byDate : byName);
  return isReversed ? sorted.reverse() : sorted;
}
