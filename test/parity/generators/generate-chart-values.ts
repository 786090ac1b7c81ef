import type { Random } from './random.ts';

/** The values of generated charts: defaults, sections for sub-charts, globals, tags, exports, and what a user lays over them. */

/** A part of a file; the parts of one path stand one after the other. `argument` pieces are words of the command line. */
export type ChartPiece =
  | { readonly path: string; readonly text: string }
  | { readonly argument: readonly string[] };

export const subchartNames = ['alpha', 'beta', 'common', 'delta'] as const;

/** A sub-chart as its parent lists it. */
export interface Link {
  readonly name: string;
  readonly alias: string | undefined;
}

const scalars = [
  '1',
  '-2',
  '2.5',
  '1e6',
  '123456789012',
  '0x1F',
  '0777',
  'true',
  'false',
  'yes',
  'null',
  '~',
  '""',
  'word',
  '"1"',
  '2020-01-02',
  '1_000',
  '"{{ .Release.Name }}"',
  '"{{ .Values.num }}"',
  '"é\\u2028"',
  '|\n  two\n  lines\n',
  '9223372036854775807',
  '18446744073709551616',
];
const maps = [
  '{}',
  '{ a: 1 }',
  '{ a: x, b: { c: [1, 2] } }',
  '{ b: null }',
  '{ a: null, b: { c: null } }',
  '{ 1: one, true: t }',
  '{ a: { b: { c: d } } }',
  'null',
];
const lists = ['[]', '[1, two, 3.5]', '[{ name: n, value: null }]', '[[1], []]', 'null', '[null]'];

/** The `values.yaml` of a chart, a piece for each key. */
export function valuesPieces(random: Random, folder: string, links: readonly Link[]): readonly ChartPiece[] {
  const path = `${folder}values.yaml`;
  return [...tree(random), ...sections(random, links)].map((text) => ({ path, text }));
}

/** Top-level keys, each a text of its own. */
function tree(random: Random): readonly string[] {
  const line = (key: string, choices: readonly string[]): string => `${key}: ${random.pick(choices)}\n`;
  return [
    line('num', scalars),
    line('text', scalars),
    line('flag', ['true', 'false', 'false', '"true"', 'null', '1']),
    line('list', lists),
    line('map', maps),
    line('empty', ['{}', '[]', '""', 'null', '0']),
    line('float', ['1.0', '0.1', '1e21', '1e-7', '100000000', '3']),
    line('replicas', ['1', '2', '"3"', 'null']),
    line('data', maps),
    `global: ${random.pick(['{ region: eu }', '{ zones: [a, b], on: false }', '{ region: { a: 1 } }', '{}', 'null', '{ on: true, alpha: { num: 5 } }', random.chance(0.1) ? '[1]' : '{ a: b }'])}\n`,
    `tags: ${random.pick(['{ front: true }', '{ front: false, back: true }', '{ back: false }', '{}', 'null', '{ front: "yes" }'])}\n`,
    `exports: ${random.pick(['{ data: { imported: 1, map: { z: 1 } } }', '{ data: { num: 7 }, more: { list: [9] } }', '{ data: text }', '{}', 'null', '{ more: { global: { region: us } } }'])}\n`,
  ].filter(() => random.chance(0.55));
}

/** Values for subcharts, by the name a parent gives them. */
function sections(random: Random, links: readonly Link[]): readonly string[] {
  return links
    .map(({ name, alias }) => alias ?? name)
    .filter((_name, index, all) => all.indexOf(_name) === index && random.chance(0.6))
    .map((key) => `${key}: ${section(random)}\n`);
}

function section(random: Random): string {
  if (random.chance(0.01)) return random.pick(['null', 'null', 'text', '[1]', '{}', 'true']);
  const parts = [
    `enabled: ${random.pick(['true', 'true', 'false', 'null', '"no"', '1'])}`,
    `num: ${random.pick(['1', 'null', '"s"', '{ a: 1 }'])}`,
    `map: ${random.pick(maps)}`,
    `list: ${random.pick(lists)}`,
    `flag: ${random.pick(['true', 'false'])}`,
    `global: ${random.pick(['{ region: sub }', 'null', '{ zones: null }', 'text'])}`,
    `alpha: ${random.pick(['{ enabled: false }', '{ num: 3 }', 'null', '{ map: { a: null } }'])}`,
    `tags: { front: ${random.pick(['true', 'false'])} }`,
  ].filter(() => random.chance(0.4));
  return `{ ${parts.join(', ')} }`;
}

/** What the user gives: one file or two, with odd keys for charts that may not be there. */
export function userValues(random: Random): readonly ChartPiece[] {
  const links = subchartNames.map((name) => ({ name, alias: random.chance(0.2) ? `${name}Two` : undefined }));
  const files = ['user.yaml', ...(random.chance(0.3) ? ['more.yaml'] : [])];
  return files.flatMap((path) => [
    { argument: ['-f', path] },
    ...[...tree(random), ...sections(random, links)]
      .filter(() => random.chance(0.35))
      .map((text) => ({ path, text })),
    { path, text: '# end\n' },
  ]);
}
