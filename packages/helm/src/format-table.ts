/** Columns as wide as their widest cell, joined by tabs; longer cells are cut. Of no rows an empty line is left, as in Helm. */
export function formatTable(rows: readonly (readonly string[])[], maximumWidth: number): string {
  if (rows.length === 0) return '\n';
  const cut = (cell: string): string =>
    cell.length > maximumWidth ? `${cell.slice(0, maximumWidth - 3)}...` : cell;
  const cells = rows.map((row) => row.map(cut));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  return cells
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('\t')}\n`)
    .join('');
}
