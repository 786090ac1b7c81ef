/** Cutting a large index into the text of each chart, without reading it. */
import { decodeBytes } from '@flotilla/gocompat';

export interface IndexPieces {
  /** Everything but the entries. */
  readonly head: string;
  /** `NAME:` and what belongs to it, moved to the left edge, by name; made when called. */
  readonly charts: ReadonlyMap<string, () => string>;
}

const newLine = 0x0a;
const space = 0x20;

/**
 * Cuts an index whose charts stand in a block table two columns in. Undefined for any other layout, for anchors and for
 * names that come twice: such an index has to be read as a whole.
 */
export function cutIndex(bytes: Uint8Array): IndexPieces | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marker =
    buffer.subarray(0, 9).toString('latin1') === 'entries:\n' ? 0 : buffer.indexOf('\nentries:\n') + 1;
  if (marker === 0 && !buffer.subarray(0, 9).equals(Buffer.from('entries:\n'))) return undefined;
  if (buffer.includes(0x0d) || buffer.includes(0x09) || /[&*]/.test(firstLines(buffer))) return undefined;
  const start = marker + 'entries:\n'.length;
  const marks = chartMarks(buffer, start);
  if (marks === undefined) return undefined;
  const { charts, end } = marks;
  const head = `${buffer.subarray(0, marker).toString('utf8')}${buffer.subarray(end).toString('utf8')}`;
  return { head, charts };
}

/** The head of the file, where an anchor on `entries` would show. */
function firstLines(buffer: Buffer): string {
  return buffer.subarray(0, 200).toString('latin1').split('entries:')[0] ?? '';
}

interface Marks {
  readonly charts: Map<string, () => string>;
  /** Where the entries end. */
  readonly end: number;
}

function chartMarks(buffer: Buffer, start: number): Marks | undefined {
  const starts: { readonly name: string; readonly at: number }[] = [];
  let at = start;
  for (; at < buffer.length; at = lineEnd(buffer, at)) {
    const kind = lineKind(buffer, at);
    if (kind === 'outside') break;
    if (kind === 'inside' && starts.length > 0) continue;
    const name = kind === 'chart' ? chartName(buffer, at) : undefined;
    if (name === undefined) return undefined;
    starts.push({ name, at });
  }
  const end = at;
  const charts = new Map(
    starts.map(({ name, at: first }, i) => [name, pieceOf(buffer, first, starts[i + 1]?.at ?? end)]),
  );
  return charts.size === starts.length ? { charts, end } : undefined;
}

function lineEnd(buffer: Buffer, at: number): number {
  const end = buffer.indexOf(newLine, at);
  return end < 0 ? buffer.length : end + 1;
}

/** What a line is by its first characters: a chart's name, something inside its entries, or the end of the table. */
function lineKind(buffer: Buffer, at: number): 'chart' | 'inside' | 'outside' {
  if (buffer[at] === newLine) return 'inside';
  if (buffer[at] !== space) return 'outside';
  if (buffer[at + 1] !== space) return 'inside';
  const third = buffer[at + 2];
  return third === space || third === 0x2d || third === newLine || third === undefined ? 'inside' : 'chart';
}

function chartName(buffer: Buffer, at: number): string | undefined {
  const line = buffer.subarray(at + 2, lineEnd(buffer, at)).toString('utf8');
  return /^([A-Za-z][\w.-]*):\n$/.exec(line)?.[1];
}

function pieceOf(buffer: Buffer, start: number, end: number): () => string {
  return () => decodeBytes(buffer.subarray(start, end)).replaceAll(/^ {2}/gm, '');
}
