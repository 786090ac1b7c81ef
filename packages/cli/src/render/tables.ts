/**
 * Tables as Helmfile 1.8.0 prints them. Pure: rows in, text out.
 * `list` goes by what a terminal takes for each character, the others count characters.
 */

type Measure = (text: string) => number;

function width(text: string): number {
  return [...text].length;
}

const invisible = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** Columns of a terminal. */
function terminalWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += invisible.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

function pad(text: string, to: number, measure: Measure = width): string {
  return text + ' '.repeat(Math.max(0, to - measure(text)));
}

function columnWidths(rows: readonly (readonly string[])[], measure: Measure = width): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => measure(row[column] ?? ''))),
  );
}

/** `list`: cells padded to the column and separated by a tab, blanks at line ends dropped. */
export function tabbedTable(rows: readonly (readonly string[])[]): string {
  const widths = columnWidths(rows, terminalWidth);
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => pad(cell, widths[column] ?? 0, terminalWidth))
          .join('\t')
          .trimEnd()}\n`,
    )
    .join('');
}

/** `show-dag`: cells padded to the column plus one blank, blanks at line ends dropped. */
export function spacedTable(rows: readonly (readonly string[])[]): string {
  const widths = columnWidths(rows);
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => pad(cell, (widths[column] ?? 0) + 1))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}

export interface SummaryColumn {
  readonly header: string;
  readonly minimumWidth: number;
  readonly isRightAligned: boolean;
}

export interface SummaryTable {
  readonly title: string;
  readonly columns: readonly SummaryColumn[];
  readonly rows: readonly (readonly string[])[];
  /** Helmfile marks titles unless `--no-color` is asked for, terminal or not. */
  readonly hasColor: boolean;
}

/** A summary after apply, sync or destroy: an empty line, the title, the table, an empty line. */
export function summaryTable({ title, columns, rows, hasColor }: SummaryTable): string {
  const widths = columns.map((column, index) =>
    Math.max(column.minimumWidth, width(column.header), ...rows.map((row) => width(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        if (column.isRightAligned) return ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell))) + cell;
        return index === columns.length - 1 ? cell : pad(cell, widths[index] ?? 0);
      })
      .join('   ');
  const lines = [columns.map((column) => column.header), ...rows].map(line);
  const head = titleLine(title, Math.max(...lines.map(width)));
  const marked = hasColor ? `\u001b[1m\u001b[34m${head}\u001b[0m` : head;
  return `\n${marked}\n${lines.map((each) => `${each}\n`).join('')}\n`;
}

function titleLine(title: string, tableWidth: number): string {
  const inner = ` ${title} `;
  if (tableWidth <= width(inner)) return `==========${inner}==========`;
  const left = Math.floor((tableWidth - width(inner)) / 2);
  return '='.repeat(left) + inner + '='.repeat(tableWidth - width(inner) - left);
}
