/**
 * Columns joined by tabs, each as wide as the longest line of its cells and never wider than `maximumWidth`; what is longer
 * is cut (Helm's tables: gosuri/uitable). Of no rows an empty line is left, as in Helm.
 */
export function formatTable(
  rows: readonly (readonly string[])[],
  maximumWidth = Number.POSITIVE_INFINITY,
): string {
  if (rows.length === 0) return '\n';
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(maximumWidth, Math.max(...rows.map((row) => longestLine(row[column] ?? '')))),
  );
  return rows
    .map((row) => `${row.map((cell, column) => resized(cell, widths[column] ?? 0)).join('\t')}\n`)
    .join('');
}

function longestLine(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => line.length));
}

/** Line breaks have no width: a text of two lines, each short enough, may be cut all the same. */
function resized(cell: string, width: number): string {
  return cell.replaceAll('\n', '').length > width ? `${cell.slice(0, width - 3)}...` : cell.padEnd(width);
}
