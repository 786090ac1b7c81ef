import { type DiffRecord, diffLines } from '../diff/line-diff.ts';
import { splitManifests } from '../manifest/split-manifests.ts';

const contextLines = 3;
const signs: Readonly<Record<DiffRecord['side'], string>> = { common: ' ', left: '-', right: '+' };

/**
 * Where two rendered texts differ, line by line; undefined when they are the same bytes. What Secrets hold does not show,
 * only that they differ.
 */
export async function renderedDifference(left: string, right: string): Promise<string | undefined> {
  if (left === right) return undefined;
  const records = await diffLines(visibleLines(left), visibleLines(right));
  const shown = hunks(records);
  return shown === '' ? '(only Secrets, or the white space around documents, differ)\n' : shown;
}

function visibleLines(text: string): readonly string[] {
  return splitManifests(text).flatMap((document) => ['---', ...visiblePart(document).trimEnd().split('\n')]);
}

/** A Secret without its data. */
function visiblePart(document: string): string {
  if (!/^kind: *["']?Secret\b/m.test(document)) return document;
  return document.replaceAll(/^(data|stringData):.*\n(?:[ -].*\n?|\n)*/gm, '$1: (not shown)\n');
}

/** Changed lines with three lines around them. */
function hunks(records: readonly DiffRecord[]): string {
  const changed = records.flatMap(({ side }, index) => (side === 'common' ? [] : [index]));
  const isNear = new Set(changed.flatMap((at) => range(at - contextLines, at + contextLines)));
  let last = -1;
  const lines: string[] = [];
  for (const [index, { side, text }] of records.entries()) {
    if (!isNear.has(index)) continue;
    if (index > last + 1) lines.push('…');
    lines.push(`${signs[side]}${text}`);
    last = index;
  }
  return lines.map((line) => `${line}\n`).join('');
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
