import {
  Dict,
  dict,
  emitYaml,
  formatValue,
  GoError,
  GoInt,
  GoTime,
  parseGoJson,
  parseYaml,
  TypedMap,
  toGoJson,
} from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { toText } from '../hcl-convert.ts';

/** JSON, YAML and CSV. */
export const encodingFunctions: readonly (readonly [string, HclFunction])[] = [
  ['csvdecode', ([text]) => csvDecode(toText(text))],
  ['jsondecode', ([text]) => parseGoJson(toText(text), { numbers: 'float64' })],
  ['jsonencode', ([value]) => toGoJson(value)],
  ['yamldecode', ([text]) => plain(parseYaml(toText(text), { dialect: 'v2' }))],
  ['yamlencode', ([value]) => quotedYaml(value)],
];

/** YAML values in HCL's types: numbers are float64, times are text. */
function plain(value: unknown): unknown {
  if (value instanceof GoInt) return value.n;
  if (value instanceof GoTime) return formatValue(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof TypedMap)
    return dict([...value.entries].map(([key, item]) => [key, plain(item)] as const));
  if (!(value instanceof Dict)) return value;
  return dict(Object.entries(value).map(([key, item]) => [key, plain(item)] as const));
}

/** cty quotes every text and key, except texts of several lines. */
function quotedYaml(value: unknown): string {
  return `${writeYaml(value, '')}\n`.replace(/^\n/, '');
}

function writeYaml(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value.map((item) => `\n${indent}- ${writeYaml(item, `${indent}  `).trimStart()}`).join('');
  }
  if (!(value instanceof Dict)) return scalarYaml(value, indent);
  const keys = Object.keys(value).sort();
  if (keys.length === 0) return '{}';
  return keys
    .map((key) => {
      const item = value[key];
      const inner = writeYaml(item, Array.isArray(item) ? indent : `${indent}  `);
      return `\n${indent}${JSON.stringify(key)}:${inner.startsWith('\n') ? '' : ' '}${inner}`;
    })
    .join('');
}

function scalarYaml(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    if (!value.includes('\n')) return JSON.stringify(value);
    return emitYaml(value, { dialect: 'v3' }).trimEnd().replaceAll('\n  ', `\n${indent}`);
  }
  return toGoJson(value);
}

function csvDecode(text: string): readonly unknown[] {
  const [head, ...rows] = csvRows(text);
  if (head === undefined) throw new GoError('missing header line');
  return rows.map((row, index) => {
    if (row.length !== head.length) throw new GoError(`record on line ${index + 2}: wrong number of fields`);
    return dict(head.map((name, column) => [name, row[column] ?? ''] as const));
  });
}

function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new GoError('parse error: bare " in non-quoted-field');
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',' && cell.lastIndex < text.length) continue;
    if (match[3] === ',') row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
