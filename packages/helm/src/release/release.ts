/**
 * Release: one revision of an installed chart, as Helm stores it. Plain data; records change by copies. Times are texts
 * as in the record (RFC 3339 with nanoseconds), empty when unset. Not its business: encoding and storing.
 */
import type { ReleaseStatus } from '@flotilla/core';
import type { Dict } from '@flotilla/gocompat';
import type { HookEvent } from '../manifest/manifest.ts';

export type { ReleaseStatus };

export interface ReleaseDetails {
  readonly firstDeployed: string;
  readonly lastDeployed: string;
  readonly deleted: string;
  readonly description: string;
  readonly status: ReleaseStatus;
  /** The revision a rollback went back to; 0 when it was none. */
  readonly rollbackRevision: number;
  readonly notes: string;
}

export type HookPhase = '' | 'Unknown' | 'Running' | 'Succeeded' | 'Failed';

export interface HookRun {
  readonly startedAt: string;
  readonly completedAt: string;
  readonly phase: HookPhase;
}

/** A hook with its last execution. */
export interface ReleaseHook {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly manifest: string;
  readonly events: readonly HookEvent[];
  readonly lastRun: HookRun;
  readonly weight: number;
  readonly deletePolicies: readonly string[];
  readonly outputLogPolicies: readonly string[];
}

/** Which way objects of the release are written; empty means client-side, as Helm 3 did. */
export type ApplyMethod = '' | 'ssa' | 'csa';

export interface Release {
  readonly name: string;
  readonly namespace: string;
  /** The revision. */
  readonly version: number;
  readonly info: ReleaseDetails;
  /** The chart as the record has it (chart-record.ts); null in damaged records. */
  readonly chart: Dict | null;
  /** The user's values; undefined when there were none. */
  readonly config: Dict | undefined;
  readonly manifest: string;
  readonly hooks: readonly ReleaseHook[];
  /** Labels of the storage object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly applyMethod: ApplyMethod;
}

export const neverRun: HookRun = { startedAt: '', completedAt: '', phase: '' };

export function isPending(status: ReleaseStatus): boolean {
  return status.startsWith('pending-');
}

/** A copy with another status and description. */
export function withStatus(release: Release, status: ReleaseStatus, description?: string): Release {
  const info = { ...release.info, status, ...(description === undefined ? {} : { description }) };
  return { ...release, info };
}
