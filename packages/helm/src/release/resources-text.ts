import { runeCount } from '@flotilla/gocompat';
import { type JsonObject, listAt, numberAt, textAt } from '../cluster/json-object.ts';

/** The live objects of a release as `helm status` prints them: the server's tables, laid out as kubectl does. */

/** Blocks of `==> v1/Service` with their tables; empty when there is nothing. */
export function resourcesText(tables: ReadonlyMap<string, readonly JsonObject[]>): string {
  if (tables.size === 0) return '';
  const printed = new PrintedColumns();
  const blocks = [...tables].map(([kind, objects]) => {
    const texts = objects.map((table) => tableText(table, printed.areNew(table)));
    return `==> ${kind}\n${texts.join('')}\n`;
  });
  return blocks.join('');
}

/** Titles are printed once for neighbours with equal columns. */
class PrintedColumns {
  #last = '';
  #isPrinted = false;

  areNew(table: JsonObject): boolean {
    const columns = JSON.stringify(table['columnDefinitions'] ?? []);
    if (columns !== this.#last) this.#isPrinted = false;
    const isNew = !this.#isPrinted;
    this.#last = columns;
    if (listAt(table, 'rows').length > 0) this.#isPrinted = true;
    return isNew;
  }
}

function tableText(table: JsonObject, showsTitles: boolean): string {
  const rows = listAt(table, 'rows');
  if (rows.length === 0) return '';
  const columns = listAt(table, 'columnDefinitions');
  const isShown = columns.map((column) => (numberAt(column, 'priority') ?? 0) === 0);
  const titles = columns.map((column) => textAt(column, 'name').toUpperCase());
  const cells = rows.map((row) => listAt(row, 'cells').map(cellText));
  return alignedText(
    (showsTitles ? [titles, ...cells] : cells).map((row) => row.filter((_, i) => isShown[i])),
  );
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const [line = '', ...rest] = text.split(/[\f\n\r]/);
  return rest.length === 0 ? line : `${line}...`;
}

const minimumWidth = 6;
const padding = 3;

/** Go's tabwriter as kubectl sets it: all but the last column are padded. */
function alignedText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(minimumWidth, ...rows.map((row) => runeCount(row[column] ?? '') + padding)),
  );
  const padded = (cell: string, column: number): string =>
    cell + ' '.repeat((widths[column] ?? 0) - runeCount(cell));
  return rows
    .map((row) => `${row.map((cell, i) => (i === row.length - 1 ? cell : padded(cell, i))).join('')}\n`)
    .join('');
}
