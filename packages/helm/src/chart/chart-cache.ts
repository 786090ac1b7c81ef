import { Buffer } from 'node:buffer';
import type { Chart, ChartFile } from './chart.ts';

/** What a chart is read from; `kind` keeps apart what reads the same bytes differently. */
export interface ChartContent {
  readonly kind: string;
  readonly files: readonly Pick<ChartFile, 'name' | 'data'>[];
}

interface KnownChart {
  readonly content: ChartContent;
  readonly chart: Chart;
}

/**
 * Charts that were loaded during a run, by content: equal names and bytes in the same order are the same chart.
 * Bytes are compared, not hashed: most contents are unlike in number or size already, and a first load costs nothing.
 */
export class ChartCache {
  readonly #bySize = new Map<string, KnownChart[]>();

  /** The chart of this content, loaded at most once; what `load` throws is not kept. */
  get(content: ChartContent, load: () => Chart): Chart {
    const size = sizeOf(content);
    const known = this.#bySize.get(size) ?? [];
    const same = known.find((each) => isSame(each.content, content));
    if (same !== undefined) return same.chart;
    const chart = load();
    this.#bySize.set(size, [...known, { content, chart }]);
    return chart;
  }
}

function sizeOf({ kind, files }: ChartContent): string {
  return `${kind} ${files.length} ${files.reduce((sum, { data }) => sum + data.length, 0)}`;
}

function isSame(a: ChartContent, b: ChartContent): boolean {
  return a.files.every(({ name, data }, index) => {
    const other = b.files[index];
    return other?.name === name && Buffer.compare(data, other.data) === 0;
  });
}
