/**
 * OutputMap: which part of the templates produced which range of the output.
 * In: segments in output order. Out: the span behind an offset or a range of the rendered text.
 * Not its business: what the output means.
 */
import { type Source, type Span, span } from '@flotilla/diagnostics';

export interface OutputSegment {
  readonly outputStart: number;
  readonly outputEnd: number;
  /** The text, or the whole action, that printed the range. */
  readonly span: Span;
  /** The output is the source text itself, so that offsets inside it map one to one. */
  readonly isVerbatim: boolean;
}

/** Maps offsets of rendered text to template sources. */
export class OutputMap {
  readonly segments: readonly OutputSegment[];

  constructor(segments: readonly OutputSegment[]) {
    this.segments = segments;
  }

  /** The map of a text that was not rendered at all. */
  static identity(source: Source): OutputMap {
    const { length } = source.text;
    if (length === 0) return new OutputMap([]);
    return new OutputMap([
      { outputStart: 0, outputEnd: length, span: span(source, 0, length), isVerbatim: true },
    ]);
  }

  /** The segment that printed the character at `offset`; for the end of the output the last one. */
  segmentAt(offset: number): OutputSegment | undefined {
    const { segments } = this;
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.outputEnd ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return segments[low];
  }

  /**
   * The place behind the output range `[start, end)`: exact where text was copied, the whole action where one printed it.
   * A range over several segments of one source gives everything between the first and the last.
   */
  spanOf(start: number, end: number = start): Span | undefined {
    const first = this.segmentAt(start);
    if (first === undefined) return undefined;
    const last = end > start ? (this.segmentAt(end - 1) ?? first) : first;
    const { source } = first.span;
    const from = sourceOffset(first, start, first.span.start);
    if (last.span.source !== source || last.span.end < from) return span(source, from, first.span.end);
    const to =
      end > start ? sourceOffset(last, end, last.span.end) : first.isVerbatim ? from : first.span.end;
    return span(source, from, to);
  }
}

function sourceOffset(segment: OutputSegment, offset: number, otherwise: number): number {
  if (!segment.isVerbatim) return otherwise;
  const { start, end } = segment.span;
  return Math.min(end, Math.max(start, start + offset - segment.outputStart));
}
