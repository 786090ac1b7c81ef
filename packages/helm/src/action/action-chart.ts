/**
 * ActionChart: a chart as actions use it: rendered on demand for a release. Comes in: a chart, or anything that can
 * render. Goes out: CRDs, then manifest, hooks, notes and the chart's record.
 */
import type { Dict } from '@flotilla/gocompat';
import type { ReleaseInfo } from '../engine/scope.ts';
import type { Hook } from '../manifest/manifest.ts';
import { neverRun, type ReleaseHook } from '../release/release.ts';

export interface RenderRequest {
  readonly release: ReleaseInfo;
  /** The user's values. */
  readonly values: Dict;
  /** In place of the chart's own defaults (`--reuse-values`). */
  readonly defaults?: Dict;
  /** The cluster may be asked: capabilities and `lookup`. */
  readonly usesCluster: boolean;
}

export interface RenderedRelease {
  readonly manifest: string;
  readonly hooks: readonly Hook[];
  readonly notes: string;
  /** What the record keeps of the chart. */
  readonly chart: Dict;
}

export interface CrdFile {
  /** Path inside its chart. */
  readonly name: string;
  readonly content: string;
}

export interface ActionChart {
  /** Files below `crds/` of the chart and the sub-charts these values enable. */
  crds(values: Dict): readonly CrdFile[];
  /** Rejects with GoError. */
  render(request: RenderRequest): Promise<RenderedRelease>;
}

/** A hook before its first run. */
export function newHook(hook: Hook): ReleaseHook {
  const { name, kind, path, content, events, weight, deletePolicies, outputLogPolicies } = hook;
  return {
    name,
    kind,
    path,
    manifest: content,
    events,
    lastRun: neverRun,
    weight,
    deletePolicies,
    outputLogPolicies,
  };
}
