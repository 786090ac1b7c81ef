/**
 * ChartInstance: a chart as one release sees it: sub-charts enabled, renamed and re-parented, values imported. Charts are
 * shared and stay as they are; instances are made for one render and changed while dependencies are processed.
 */
import { type Dict, extensionOf } from '@flotilla/gocompat';
import type { Chart, ChartFile, ChartMetadata } from './chart.ts';

/** A dependency entry while it is worked on. */
export interface DependencyState {
  name: string;
  readonly version: string;
  readonly repository: string;
  readonly condition: string;
  readonly tags: readonly string[] | undefined;
  enabled: boolean;
  importValues: readonly unknown[] | undefined;
  readonly alias: string;
}

/** The part of the metadata that processing changes; shared by copies of one chart as Go's pointers are. */
export interface MetadataState {
  name: string;
  dependencies: DependencyState[] | undefined;
}

export class ChartInstance {
  readonly chart: Chart;
  readonly state: MetadataState;
  values: Dict;
  parent: ChartInstance | undefined;
  #dependencies: readonly ChartInstance[] = [];

  constructor(chart: Chart, state: MetadataState, values: Dict) {
    this.chart = chart;
    this.state = state;
    this.values = values;
  }

  get name(): string {
    return this.state.name;
  }

  get metadata(): ChartMetadata {
    return this.chart.metadata;
  }

  get isRoot(): boolean {
    return this.parent === undefined;
  }

  get dependencies(): readonly ChartInstance[] {
    return this.#dependencies;
  }

  /** Replaces the sub-charts and makes this chart their parent. */
  adopt(dependencies: readonly ChartInstance[]): void {
    this.#dependencies = dependencies;
    for (const dependency of dependencies) dependency.parent = this;
  }

  /** Shares sub-charts that keep the parent they have. */
  share(dependencies: readonly ChartInstance[]): void {
    this.#dependencies = dependencies;
  }

  /** `parent/charts/child`: where templates and CRDs of the chart are said to be. */
  get fullPath(): string {
    return this.parent === undefined ? this.name : `${this.parent.fullPath}/charts/${this.name}`;
  }
}

/** A fresh instance of a chart and everything below it. */
export function instantiateChart(chart: Chart): ChartInstance {
  const { name, dependencies } = chart.metadata;
  const state = { name, dependencies: dependencies?.map((each) => ({ ...each })) };
  const instance = new ChartInstance(chart, state, chart.values);
  instance.adopt(chart.dependencies.map(instantiateChart));
  return instance;
}

/** A custom resource definition from `crds/`. */
export interface ChartCrd {
  /** Path inside its chart. */
  readonly name: string;
  /** Path with that of the chart in front. */
  readonly fileName: string;
  readonly file: ChartFile;
}

/** CRDs of the chart, then of its sub-charts (Helm 4.3.1 `CRDObjects`). */
export function crdsOf(instance: ChartInstance): ChartCrd[] {
  const own = instance.chart.files
    .filter((file) => file.name.startsWith('crds/') && /^\.(?:ya?ml|json)$/i.test(extensionOf(file.name)))
    .map((file) => ({ name: file.name, fileName: `${instance.fullPath}/${file.name}`, file }));
  return [...own, ...instance.dependencies.flatMap(crdsOf)];
}
