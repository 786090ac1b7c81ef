import { type Source, source } from '@flotilla/diagnostics';

/** A piece of a state file between `---` lines. */
export interface StatePart {
  /** 0-based. */
  readonly index: number;
  /** Named `<file>.part.<index>`, with its place in the file as origin. */
  readonly source: Source;
}

const separator = '\n---\n';

/**
 * Cuts a state file exactly at newline, `---`, newline, as Helmfile 1.8.0 does: a `---` on the first line, or one with trailing
 * blanks or a comment, stays inside its part and starts a YAML document there.
 */
export function splitParts(file: Source): readonly StatePart[] {
  let line = 0;
  return file.text.split(separator).map((text, index): StatePart => {
    const part = source(`${file.name}.part.${index}`, text, { source: file, line, column: 0 });
    line += countLineEnds(text) + 2;
    return { index, source: part };
  });
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
