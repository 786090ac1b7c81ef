import type { Source } from '@flotilla/diagnostics';
import { OutputMap, type OutputSegment } from './output-map.ts';

interface Printed {
  readonly source: Source;
  readonly node: { readonly kind: 'text' | 'action'; readonly start: number; readonly end: number };
}

/** Collects segments while a template runs, in output order. */
export class MapRecorder {
  readonly #segments: OutputSegment[] = [];

  record(outputStart: number, outputEnd: number, { source, node }: Printed): void {
    if (outputEnd === outputStart) return;
    const { start, end, kind } = node;
    this.#segments.push({
      outputStart,
      outputEnd,
      span: { source, start, end },
      isVerbatim: kind === 'text',
    });
  }

  finish(): OutputMap {
    return new OutputMap(this.#segments);
  }
}
