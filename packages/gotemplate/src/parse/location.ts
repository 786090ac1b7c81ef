import { byteLength } from '@flotilla/gocompat';

/** The 1-based line of `offset`. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** `LINE:COLUMN`, the column counted in bytes from 0, as execution errors print it. */
export function lineAndColumnOf(text: string, offset: number): string {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return `${lineOf(text, offset)}:${byteLength(text.slice(lineStart, offset))}`;
}
