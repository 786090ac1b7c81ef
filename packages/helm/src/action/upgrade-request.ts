import type { Dict } from '@flotilla/gocompat';
import type { ActionChart } from './action-chart.ts';
import type { ApplySettings } from './apply-settings.ts';
import type { ReuseFlags } from './reuse-values.ts';

/** What `helm upgrade` is told. */
export interface UpgradeRequest extends ApplySettings, ReuseFlags {
  readonly name: string;
  readonly chart: ActionChart;
  readonly values: Dict;
  /** `true`, `false`, or `auto`, which follows the release (the default); Helm 3 never applies server-side. */
  readonly serverSide?: string;
  /** Revisions to keep; 0 for all. Helm's command line says 10. */
  readonly historyMax?: number;
  /** Delete what a failed upgrade created. */
  readonly cleanupOnFail?: boolean;
  /** Close a revision that another tool left pending. */
  readonly recoverPending?: boolean;
}
