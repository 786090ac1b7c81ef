/** The digest of Chart.lock: it ties the declared dependencies to the locked ones. */
import { encodeText } from '@flotilla/gocompat';
import type { ChartDependency } from '../chart/chart.ts';
import { dependenciesJson } from '../package/metadata-table.ts';
import { sha256 } from '../registry/content-cache.ts';

type Dependencies = readonly ChartDependency[] | undefined;

/** Helm 4.3.1 `HashReq`; `declared` with its repository aliases replaced by URLs. */
export function lockDigest(declared: Dependencies, locked: Dependencies): string {
  return `sha256:${sha256(encodeText(`[${dependenciesJson(declared)},${dependenciesJson(locked)}]`))}`;
}

/** The digest Helm 2 wrote for v1 charts, made before aliases are replaced. */
export function legacyLockDigest(declared: Dependencies): string {
  return `sha256:${sha256(encodeText(`{"dependencies":${dependenciesJson(declared)}}`))}`;
}
