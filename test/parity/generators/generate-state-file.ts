import { type Random, several } from './random.ts';

/**
 * State files with odd YAML in every place: parts, environments, top-level values, labels, templates, releases.
 * Loading them needs no other file and no helm; some are wrong on purpose.
 */

const scalars = [
  '1',
  '0',
  '-7',
  '0x1F',
  '0777',
  '0o17',
  '08',
  '1_000',
  '1.10',
  '1e3',
  '1e21',
  '.5',
  '.inf',
  '-.inf',
  '9223372036854775807',
  '18446744073709551615',
  '123456789012345678901',
  'true',
  'True',
  'yes',
  'off',
  'y',
  '~',
  'null',
  'Null',
  '""',
  "''",
  "'it''s'",
  '"a\\tb"',
  '"\\u00e9\\U0001F600"',
  'plain text',
  'a:b',
  '2020-01-01',
  '2020-01-01T10:20:30Z',
  '12:30:45',
  '"1"',
  "'true'",
  '"null"',
  '"0x1"',
  "'- x'",
  '"a: b"',
  '"#c"',
  "' lead'",
  '"trail "',
  '"a\\nb"',
  '"a\\nb\\n"',
  '"\\n"',
  '"@x"',
  "'%'",
  '"é"',
  '=',
  '"<<"',
  '"{"',
  '!!str 5',
  '!!int "7"',
  '!!float 3',
  '"1e3"',
  '"1_000"',
  "'2020-01-01'",
  '"y"',
  '"~"',
  '+1',
  '-0',
  '0b101',
  '1.',
  '1e',
  '0x',
];
const keys = [
  'a',
  'b',
  'c',
  'd10',
  'd9',
  'K',
  '_u',
  '"odd key"',
  "'1'",
  '"y"',
  '"a.b"',
  'é',
  '"-"',
  '"null"',
  'long-key-name',
];

/** One state file as parts; leaving parts out leaves a state file. */
export function generateStateFile(random: Random): readonly string[] {
  return [
    ...several(random, [0, 2], () => environmentPart(random)),
    ...several(random, [1, 2], () => releasePart(random)),
  ];
}

/** The text of parts. */
export function joinParts(parts: readonly string[]): string {
  return parts.join('---\n');
}

function environmentPart(random: Random): string {
  const lists = several(random, [1, 2], () => {
    const name = random.pick(['default', 'default', 'other']);
    const strategy = random.chance(0.2) ? '    mergeStrategy: fallback\n' : '';
    const context = random.chance(0.2) ? '    kubeContext: ctx\n' : '';
    return { name, text: `  ${name}:\n${strategy}${context}    values:\n${valuesList(random, '    ')}` };
  });
  const unique = lists.filter(({ name }, index) => lists.findIndex((each) => each.name === name) === index);
  const values = random.chance(0.4) ? `values:\n${valuesList(random, '')}` : '';
  return `environments:\n${unique.map(({ text }) => text).join('')}${values}`;
}

function valuesList(random: Random, indent: string): string {
  return several(random, [1, 3], () => `${indent}- ${map(random, `${indent}  `, 0)}`).join('');
}

function releasePart(random: Random): string {
  // Helmfile lets a release change nullable fields of its template for the releases after it; ours does not.
  const isNullableInTemplate = random.chance(0.5);
  const sections = [
    random.chance(0.4) ? `values:\n${valuesList(random, '')}` : '',
    random.chance(0.3) ? `commonLabels:\n${labels(random, '  ')}` : '',
    random.chance(0.3)
      ? `helmDefaults:\n${several(random, [1, 3], () => defaultField(random)).join('')}`
      : '',
    random.chance(0.5) ? `templates:\n  t:\n${fields(random, '    ', isNullableInTemplate)}` : '',
  ];
  const hasTemplate = sections[3] !== '';
  const releases = several(random, [1, 3], () =>
    release(random, hasTemplate, !hasTemplate || !isNullableInTemplate),
  ).join('');
  return `${sections.join('')}releases:\n${releases}`;
}

function release(random: Random, hasTemplate: boolean, withNullable: boolean): string {
  const inherit = hasTemplate && random.chance(0.6) ? '  inherit:\n  - template: t\n' : '';
  return `- name: r${random.below(100_000)}\n  chart: ${random.pick(['a/b', './x', 'a/b/c', 'c'])}\n${inherit}${fields(random, '  ', withNullable)}`;
}

function fields(random: Random, indent: string, withNullable: boolean): string {
  const texts = new Map<string, string>();
  for (const make of several(random, [0, 6], () =>
    random.pick(withNullable ? [...fieldMakers, ...nullableMakers] : fieldMakers),
  )) {
    const text = make(random, indent);
    texts.set(text.trimStart().split(':')[0] ?? '', text);
  }
  return [...texts.values()].join('') || `${indent}version: 1.0.0\n`;
}

type FieldMaker = (random: Random, indent: string) => string;

const fieldMakers: readonly FieldMaker[] = [
  (random, indent) =>
    `${indent}version: ${random.pick(['1.10', '1', '"~1.2"', '01', '1e3', 'null', '""'])}\n`,
  (random, indent) =>
    `${indent}namespace: ${random.pick(['n', '012', 'true', '"{{ .Release.Name }}-ns"', '" pad "'])}\n`,
  (random, indent) => `${indent}labels:\n${labels(random, `${indent}  `)}`,
  (random, indent) => `${indent}values:\n${valuesList(random, indent)}`,
  (random, indent) =>
    `${indent}set:\n${several(random, [1, 2], () => `${indent}- {name: s, value: ${random.pick(scalars)}}\n`).join('')}`,
  (random, indent) =>
    `${indent}setString:\n${indent}- name: ${random.pick(scalars)}\n${indent}  values: [${random.pick(scalars)}, ${random.pick(scalars)}]\n`,
  (random, indent) =>
    `${indent}valuesTemplate:\n${indent}- x: "{{ .Release.Name }}"\n${indent}  y: ${random.pick(scalars)}\n`,
  (random, indent) => `${indent}apiVersions: [v1, ${random.pick(['v2', '1', 'true'])}]\n`,
  (random, indent) =>
    `${indent}hooks:\n${indent}- events: [presync]\n${indent}  command: echo\n${indent}  args: [${random.pick(scalars)}]\n`,
];

const nullableMakers: readonly FieldMaker[] = [
  (random, indent) => `${indent}installed: ${random.pick(['true', 'false', 'yes', '"on"', '~', 'n'])}\n`,
  (random, indent) => `${indent}wait: ${random.pick(['true', 'false', 'off'])}\n`,
  (random, indent) => `${indent}timeout: ${random.pick(['0', '5', '0x10', '1_0', '010', '1.0', '"5"'])}\n`,
  (random, indent) => `${indent}createNamespace: ${random.pick(['true', 'false'])}\n`,
  (random, indent) =>
    `${indent}installedTemplate: ${random.pick(['"{{ true }}"', '"false"', '"off"', '"{{ eq .Release.Name `r1` }}"'])}\n`,
];

function defaultField(random: Random): string {
  return random.pick([
    '  wait: true\n',
    '  timeout: 7\n',
    '  args: [--x]\n',
    '  kubeContext: kc\n',
    '  force: false\n',
    '  historyMax: 0\n',
  ]);
}

function labels(random: Random, indent: string): string {
  const names = keys.filter(() => random.chance(0.2));
  const given = names.length === 0 ? ['a'] : names;
  return given
    .map(
      (key) =>
        `${indent}${key}: ${random.pick([...scalars, '"{{ .Release.Name }}"', '"{{ .Environment.Name }}"'])}\n`,
    )
    .join('');
}

/** A block map whose first line goes on where the caller stands. */
function map(random: Random, indent: string, depth: number): string {
  const chosen = keys.filter(() => random.chance(depth === 0 ? 0.2 : 0.12));
  const given = chosen.length === 0 ? ['a'] : chosen;
  return given
    .map((key, index) => `${index === 0 ? '' : indent}${key}:${value(random, `${indent}  `, depth)}`)
    .join('');
}

function value(random: Random, indent: string, depth: number): string {
  const choice = random.below(depth > 2 ? 6 : 12);
  if (choice < 5) return ` ${random.pick(scalars)}\n`;
  if (choice < 6)
    return ` ${random.pick(['|', '|-', '|+', '>', '>-'])}\n${indent}first  line\n${indent}${random.pick(['second', '# no comment', `\n${indent}third`, '  more'])}\n`;
  if (choice < 8) return ` ${flow(random, depth + 1)}\n`;
  if (choice < 10) return `\n${indent}${map(random, indent, depth + 1)}`;
  return `\n${several(random, [1, 3], () => `${indent}- ${random.chance(0.3) ? map(random, `${indent}  `, depth + 1) : `${random.pick(scalars)}\n`}`).join('')}`;
}

function flow(random: Random, depth: number): string {
  if (depth > 3 || random.chance(0.4))
    return random.pick(['[]', '{}', '[null, 1]', '[1, 2, 3]', '[null]', '{a: null}']);
  if (random.chance(0.5)) return `[${several(random, [0, 3], () => flowItem(random, depth)).join(', ')}]`;
  return `{${[...new Set(several(random, [0, 3], () => random.pick(keys)))].map((key) => `${key}: ${flowItem(random, depth)}`).join(', ')}}`;
}

function flowItem(random: Random, depth: number): string {
  return random.chance(0.7) ? random.pick(scalars) : flow(random, depth + 1);
}
