/**
 * Chart: what a chart directory or archive says, as data. Loaded once, shared by every release that uses it, never
 * changed: enabling dependencies and importing values happens on instances (chart-instance.ts).
 */
import type { Dict } from '@flotilla/gocompat';

/** A modification time as the archive or file system gave it. */
export interface ModTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** A file of a chart; `name` is its slash path inside the chart. */
export interface ChartFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly modTime?: ModTime | undefined;
}

export interface ChartMaintainer {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

/** One entry of `dependencies` in Chart.yaml or Chart.lock. */
export interface ChartDependency {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[] | undefined;
  readonly enabled: boolean;
  readonly importValues: readonly unknown[] | undefined;
  readonly alias: string;
}

/** Chart.yaml. Strings are empty when absent; lists and maps are undefined when absent or null. */
export interface ChartMetadata {
  readonly name: string;
  readonly home: string;
  readonly sources: readonly string[] | undefined;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[] | undefined;
  readonly maintainers: readonly ChartMaintainer[] | undefined;
  readonly icon: string;
  readonly apiVersion: string;
  readonly condition: string;
  readonly tags: string;
  readonly appVersion: string;
  readonly deprecated: boolean;
  readonly annotations: ReadonlyMap<string, string> | undefined;
  readonly kubeVersion: string;
  readonly dependencies: readonly ChartDependency[] | undefined;
  readonly type: string;
}

/** Chart.lock (requirements.lock of a v1 chart). */
export interface ChartLock {
  readonly generated: string;
  readonly digest: string;
  readonly dependencies: readonly ChartDependency[] | undefined;
}

export interface Chart {
  readonly metadata: ChartMetadata;
  readonly lock: ChartLock | undefined;
  readonly templates: readonly ChartFile[];
  /** Defaults of this chart alone. Shared: copy before changing. */
  readonly values: Dict;
  readonly schema: ChartFile | undefined;
  /** Everything that is no template, values, schema or metadata: what `.Files` shows. */
  readonly files: readonly ChartFile[];
  /** Every file as it was read. */
  readonly raw: readonly ChartFile[];
  readonly modTime: ModTime | undefined;
  /** Loaded sub-charts, declared or not, sorted by their name below `charts/`. */
  readonly dependencies: readonly Chart[];
}
