import { Dict, emitYaml, toGoJson } from '@flotilla/gocompat';
import { formatTable } from '@flotilla/helm';
import { type FlagSpec, stringFlag } from '../flags/flag.ts';

/** `--output`: rows as a table, as JSON or as YAML, as Helm 4.3.1 lays them out. */

export const outputFlag: FlagSpec = stringFlag('output', 'the layout', {
  short: 'o',
  choices: ['table', 'json', 'yaml'],
  refusal: 'invalid format type',
  defaultValue: 'table',
});

/** One thing that every row says. */
export interface Column<Row> {
  /** In the head of the table. */
  readonly title: string;
  /** In JSON and YAML; columns without one stand in tables alone. */
  readonly key?: string;
  readonly text: (row: Row) => string;
}

export interface RowsLayout<Row> {
  readonly columns: readonly Column<Row>[];
  readonly maximumWidth: number;
  readonly hidesTitles?: boolean;
}

/** Rows as `format` wants them. */
export function formatRows<Row>(format: string, rows: readonly Row[], layout: RowsLayout<Row>): string {
  switch (format) {
    case 'json':
      return `[${rows.map((row) => jsonObject(row, layout.columns)).join(',')}]\n`;
    case 'yaml':
      return emitYaml(
        rows.map((row) => Object.assign(new Dict(), Object.fromEntries(fieldsOf(row, layout.columns)))),
        { dialect: 'v2' },
      );
    default:
      return tableText(rows, layout);
  }
}

function tableText<Row>(
  rows: readonly Row[],
  { columns, maximumWidth, hidesTitles }: RowsLayout<Row>,
): string {
  const titles = hidesTitles === true ? [] : [columns.map(({ title }) => title)];
  const cells = rows.map((row) => columns.map(({ text }) => text(row)));
  return formatTable([...titles, ...cells], maximumWidth);
}

function fieldsOf<Row>(
  row: Row,
  columns: readonly Column<Row>[],
): readonly (readonly [key: string, text: string])[] {
  return columns.flatMap(({ key, text }) => (key === undefined ? [] : [[key, text(row)] as const]));
}

function jsonObject<Row>(row: Row, columns: readonly Column<Row>[]): string {
  const fields = fieldsOf(row, columns).map(([key, text]) => `${toGoJson(key)}:${toGoJson(text)}`);
  return `{${fields.join(',')}}`;
}
