/** Blocks of text beside each other, as dyff lays them out on the 80 columns it assumes without a terminal. */

const terminalWidth = 80;
const blockSeparator = '   ';

/** Blocks side by side, or one below the other where they would not fit. */
export function blocksText(blocks: readonly string[]): string {
  const width = (blocks.length - 1) * blockSeparator.length + sum(blocks.map(widthOf));
  if (width <= terminalWidth) return columnsText(blocks, { separator: blockSeparator, indent: 0 });
  return blocks.map((block) => `${block}\n`).join('');
}

/** Columns padded to their widest line; lines lose their trailing blanks, the last one has no line break. */
export function columnsText(
  columns: readonly string[],
  { separator, indent }: { readonly separator: string; readonly indent: number },
): string {
  const cells = columns.map((column) => column.split('\n'));
  const widths = columns.map(widthOf);
  const rows = Math.max(...cells.map((lines) => lines.length));
  const lines = Array.from({ length: rows }, (_, row) =>
    cells
      .map((column, index) => {
        const text = column[row] ?? '';
        const padding = ' '.repeat((widths[index] ?? 0) - lengthOf(text));
        return ' '.repeat(indent) + text + padding;
      })
      .join(separator)
      .replace(/ +$/, ''),
  );
  return lines.join('\n');
}

/** The prefix before the first line, as many blanks before the others. */
export function prefixed(prefix: string, text: string): string {
  const blanks = ' '.repeat(prefix.length);
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? prefix : blanks}${line}\n`)
    .join('');
}

function widthOf(block: string): number {
  return Math.max(...block.split('\n').map(lengthOf));
}

function lengthOf(line: string): number {
  return [...line].length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
