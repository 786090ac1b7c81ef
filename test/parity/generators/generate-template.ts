import { type Random, several } from './random.ts';

/**
 * Go templates as chart authors write them, and a little worse: balanced blocks, pipelines of sprig and Helm functions over
 * {@link templateValues}, arguments of wrong types included. Nothing that depends on time, chance or the machine.
 */

/** The values every generated template sees. */
export const templateValues = `
s: hello
t: "two words: & <b>"
e: ""
u: "é\\u00fc\\U0001F600"
multi: "a\\nb\\n"
num: 5
z: 0
f: 1.5
big: 1e21
neg: -3
ok: true
off: false
nil: null
l: [3, 1, 2]
ls: [b, a, c]
empty: {}
none: []
m: {a: 1, b: {c: [x, {d: 1}]}, "odd key": 2, port: 8080}
apps: [{name: one, on: true, port: 80}, {name: two, on: false, labels: {x: "1"}}]
`;

const paths = [
  '$.Values.s',
  '$.Values.t',
  '$.Values.e',
  '$.Values.u',
  '$.Values.multi',
  '$.Values.num',
  '$.Values.z',
  '$.Values.f',
  '$.Values.big',
  '$.Values.neg',
  '$.Values.ok',
  '$.Values.off',
  '$.Values.nil',
  '$.Values.l',
  '$.Values.ls',
  '$.Values.empty',
  '$.Values.none',
  '$.Values.m',
  '$.Values.m.a',
  '$.Values.m.b.c',
  '$.Values.apps',
  '$.Values.missing',
  '$.Values',
  '$.Release.Name',
  '$.Release.Namespace',
  '$.Release.IsInstall',
  '$.Values.s',
  '$.Values.num',
];
const risky = [
  '.Values.missing.deeper',
  '.Values.s.x',
  '.Values.n.x',
  '.Nope',
  '.Values.nil.x',
  '.Values.l.x',
];
const literals = [
  '"text"',
  '"a-b_c"',
  '`raw "x"`',
  '0',
  '1',
  '-7',
  '3.25',
  '1e3',
  '0x1F',
  'true',
  'false',
  "'a'",
  '"%d-%s"',
  '"  pad "',
  '""',
  '(list 1 "a" true)',
  '(list)',
  '(dict "k" 1 "j" "v")',
  '(dict)',
  '(until 3)',
  'nil',
];
const unary = [
  'quote',
  'squote',
  'upper',
  'lower',
  'title',
  'trim',
  'len',
  'toJson',
  'toYaml',
  'toString',
  'toPrettyJson',
  'b64enc',
  'int',
  'int64',
  'float64',
  'not',
  'empty',
  'first',
  'last',
  'rest',
  'initial',
  'reverse',
  'uniq',
  'sortAlpha',
  'keys | sortAlpha',
  'kindOf',
  'typeOf',
  'html',
  'js',
  'urlquery',
  'nospace',
  'untitle',
  'swapcase',
  'snakecase',
  'camelcase',
  'kebabcase',
  'initials',
  'sha256sum',
  'adler32sum',
  'add1',
  'floor',
  'ceil',
  'compact',
  'deepCopy',
  'fromJson',
  'fromYaml',
  'fromYamlArray',
  'toToml',
  'print',
  'println',
  'b32enc',
  'atoi',
  'toStrings',
  'max 3',
  'min 3',
  'coalesce',
  'semver',
  'base',
  'dir',
  'clean',
  'ext',
  'isAbs',
  'plural "one" "many"',
  'mustToJson',
  'b64dec',
  'fail',
  'toDecimal',
];
const binary = [
  'default',
  'eq',
  'ne',
  'lt',
  'gt',
  'le',
  'ge',
  'and',
  'or',
  'add',
  'sub',
  'mul',
  'div',
  'mod',
  'contains',
  'hasPrefix',
  'hasSuffix',
  'trimSuffix',
  'trimPrefix',
  'repeat',
  'trunc',
  'join',
  'splitList',
  'has',
  'append',
  'prepend',
  'concat',
  'hasKey',
  'get',
  'indent',
  'nindent',
  'printf',
  'index',
  'required',
  'list',
  'print',
  'cat',
  'round',
  'pick',
  'omit',
  'merge (dict)',
  'dig "a"',
  'ternary "t"',
  'abbrev',
  'trimAll',
  'regexMatch',
  'regexFind',
  'without',
  'semverCompare',
  'kindIs',
  'typeIs',
  'replace "a"',
  'wrap',
  'slice',
  'chunk',
  'addf',
  'mulf',
  'split',
  'pluck',
  'regexQuoteMeta | cat',
  'tpl',
];
const texts = ['a: ', '\n', '  ', 'x', '\n- ', 'key: ', '# c\n', '"', ' | ', '\n\n', '---\n', 'é', '\t'];

/** Operands of one kind, the functions they suit, and the kind that comes out. */
interface Kind {
  readonly operands: readonly string[];
  readonly functions: readonly (readonly [
    call: string,
    result: 'text' | 'number' | 'list' | 'map' | 'any',
  ])[];
}

const kinds: Readonly<Record<'text' | 'number' | 'list' | 'map', Kind>> = {
  text: {
    operands: [
      '$.Values.s',
      '$.Values.t',
      '$.Values.e',
      '$.Values.u',
      '$.Values.multi',
      '"a,b,c"',
      '"1.2.3-rc.1"',
      '$.Release.Name',
      '"  x "',
    ],
    functions: [
      ...[
        'quote',
        'squote',
        'upper',
        'lower',
        'title',
        'trim',
        'b64enc',
        'nospace',
        'snakecase',
        'camelcase',
        'kebabcase',
        'swapcase',
        'trunc 3',
        'trunc -3',
        'abbrev 5',
        'indent 2',
        'nindent 4',
        'replace "l" "L"',
        'repeat 2',
        'trimSuffix "o"',
        'trimPrefix "h"',
        'sha256sum',
        'default "d"',
        'printf "%-8s|%q"',
        'cat "a"',
        'wrap 3',
        'initials',
        'toJson',
        'toYaml',
        'html',
        'js',
        'urlquery',
        'regexReplaceAll "[a-z]+" "x"',
        'regexReplaceAllLiteral "l" "$1"',
        'regexFind "[a-m]+"',
        'untitle',
        'substr 1 2',
        'base',
        'ext',
        'adler32sum',
        'b32enc',
        'required "r"',
        'coalesce "" nil',
      ].map((call) => [call, 'text'] as const),
      ...['len', 'int', 'atoi', 'float64'].map((call) => [call, 'number'] as const),
      ...['splitList ","', 'list 1'].map((call) => [call, 'list'] as const),
      ...['split ","', 'dict "k"'].map((call) => [call, 'map'] as const),
      ...[
        'contains "l"',
        'hasPrefix "h"',
        'eq "hello"',
        'empty',
        'regexMatch "^h"',
        'kindOf',
        'fromYaml',
      ].map((call) => [call, 'any'] as const),
    ],
  },
  number: {
    operands: [
      '$.Values.num',
      '$.Values.z',
      '$.Values.f',
      '$.Values.neg',
      '$.Values.m.port',
      '7',
      '2.5',
      '-1',
    ],
    functions: [
      ...[
        'int',
        'int64',
        'float64',
        'add 3',
        'add1',
        'sub 10',
        'mul 2',
        'div 100',
        'mod 17',
        'max 3',
        'min 3',
        'floor',
        'ceil',
        'addf 1.5',
        'mulf 2.0',
        'subf 0.5',
        'divf 9.0',
        'default 4',
        'round 2 | printf "%v"',
      ].map((call) => [call, 'number'] as const),
      ...[
        'toString',
        'quote',
        'int | plural "p" "q"',
        'printf "%v %T"',
        'printf "%05.2f"',
        'toJson',
        'toYaml',
        'print',
        'printf "%d"',
        'printf "%x"',
      ].map((call) => [call, 'text'] as const),
      ...['int | min 20 | max -3 | int | until', 'list 1 "a"'].map((call) => [call, 'list'] as const),
      ...['int | eq 5', 'int | lt 3', 'int | ge 3', 'kindOf', 'typeOf', 'not', 'empty'].map(
        (call) => [call, 'any'] as const,
      ),
    ],
  },
  list: {
    operands: [
      '$.Values.l',
      '$.Values.ls',
      '$.Values.none',
      '(list 1 "a" true)',
      '(until 4)',
      '$.Values.m.b.c',
      '$.Values.apps',
      '(list "b" "a" "b")',
    ],
    functions: [
      ...[
        'rest',
        'initial',
        'reverse',
        'uniq',
        'sortAlpha',
        'compact',
        'concat (list "z")',
        'chunk 2',
        'toStrings',
      ].map((call) => [call, 'list'] as const),
      ...['join "-"', 'toJson', 'toYaml', 'toString', 'print', 'printf "%v"', 'toPrettyJson'].map(
        (call) => [call, 'text'] as const,
      ),
      ...['len'].map((call) => [call, 'number'] as const),
      ...['first', 'last', 'has "a" | not', 'empty', 'kindOf', 'typeOf', 'deepCopy'].map(
        (call) => [call, 'any'] as const,
      ),
    ],
  },
  map: {
    operands: [
      '$.Values.m',
      '$.Values.empty',
      '(dict "k" 1 "j" (list 2))',
      '(index $.Values.apps 1)',
      '$.Values',
    ],
    functions: [
      ...['deepCopy', 'merge (dict "k" 2)', 'mergeOverwrite (dict "a" 9)'].map(
        (call) => [call, 'map'] as const,
      ),
      ...['keys | sortAlpha'].map((call) => [call, 'list'] as const),
      ...['toJson', 'toYaml', 'toString', 'printf "%v"', 'toToml', 'toYamlPretty'].map(
        (call) => [call, 'text'] as const,
      ),
      ...['len'].map((call) => [call, 'number'] as const),
      ...['dig "b" "c" "d"', 'empty', 'kindOf', 'typeOf'].map((call) => [call, 'any'] as const),
    ],
  },
};

/** A pipeline in which each function suits what comes before it. */
function suitable(random: Random): string {
  let kind = random.pick(['text', 'text', 'number', 'list', 'map'] as const);
  let text: string = random.pick(kinds[kind].operands);
  while (random.chance(0.7)) {
    const [call, result] = random.pick(kinds[kind].functions);
    text += ` | ${call}`;
    if (result === 'any') return random.chance(0.5) ? text : `${text} | toString`;
    kind = result;
  }
  return text;
}

/** One template as pieces that are balanced each: any part of them is a template, too. */
export function generateTemplate(random: Random): readonly string[] {
  return several(random, [1, 6], () => piece(random, { depth: 0, names: [] }));
}

interface Scope {
  readonly depth: number;
  /** Variables in sight. */
  readonly names: readonly string[];
}

function piece(random: Random, scope: Scope): string {
  const choice = random.below(scope.depth > 2 ? 6 : 12);
  if (choice < 2) return random.pick(texts);
  if (choice < 6) return action(random, pipeline(random, scope));
  return block(random, scope, choice);
}

function block(random: Random, scope: Scope, choice: number): string {
  const inner = { ...scope, depth: scope.depth + 1 };
  const body = (names: readonly string[] = []): string =>
    several(random, [0, 3], () => piece(random, { ...inner, names: [...scope.names, ...names] })).join('');
  const end = action(random, 'end');
  const otherwise = random.chance(0.4) ? `${action(random, 'else')}${body()}` : '';
  if (choice < 8) {
    const elseIf = random.chance(0.3)
      ? `${action(random, `else if ${pipeline(random, scope)}`)}${body()}`
      : '';
    return `${action(random, `if ${pipeline(random, scope)}`)}${body()}${elseIf}${otherwise}${end}`;
  }
  if (choice < 9) return `${action(random, `with ${pipeline(random, scope)}`)}${body()}${otherwise}${end}`;
  if (choice < 11) return range(random, scope, { body, otherwise, end });
  const name = `$v${scope.depth}`;
  const set = random.chance(0.5) ? action(random, `${name} = ${pipeline(random, scope)}`) : '';
  return `${action(random, `${name} := ${pipeline(random, scope)}`)}${set}${body([name])}`;
}

interface RangeParts {
  readonly body: (names?: readonly string[]) => string;
  readonly otherwise: string;
  readonly end: string;
}

function range(random: Random, scope: Scope, { body, otherwise, end }: RangeParts): string {
  const over = random.pick([
    '$.Values.l',
    '$.Values.apps',
    '$.Values.m',
    '$.Values.ls',
    '$.Values.none',
    '(until 3)',
  ]);
  const stop = random.chance(0.2) ? action(random, random.pick(['break', 'continue'])) : '';
  const loose = random.chance(0.1) ? random.pick(['3', suitable(random)]) : over;
  if (random.chance(0.5)) return `${action(random, `range ${loose}`)}${body()}${stop}${otherwise}${end}`;
  const [key, value] = [`$k${scope.depth}`, `$e${scope.depth}`];
  return `${action(random, `range ${key}, ${value} := ${over}`)}${body([key, value])}${stop}${end}`;
}

function action(random: Random, text: string): string {
  return `{{${random.chance(0.25) ? '- ' : ' '}${text}${random.chance(0.25) ? ' -' : ' '}}}`;
}

function pipeline(random: Random, scope: Scope): string {
  return random.chance(0.93) ? suitable(random) : anything(random, scope);
}

function anything(random: Random, scope: Scope): string {
  let text = random.chance(0.3) ? call(random, scope) : operand(random, scope);
  while (random.chance(0.35))
    text += ` | ${random.chance(0.7) ? random.pick(unary) : `${random.pick(binary)} ${operand(random, scope)}`}`;
  return text;
}

function call(random: Random, scope: Scope): string {
  if (random.chance(0.4)) return applied(random.pick(unary), operand(random, scope));
  return applied(random.pick(binary), `${operand(random, scope)} ${operand(random, scope)}`);
}

/** A function with its arguments; what follows it in a pipe (Go's maps come in any order until sorted) stays behind it. */
function applied(call: string, args: string): string {
  const [name = '', ...rest] = call.split(' | ');
  return [`${name} ${args}`, ...rest].join(' | ');
}

function operand(random: Random, scope: Scope): string {
  const choice = random.below(20);
  if (choice < 9) return random.pick(paths);
  if (choice === 9 && random.chance(0.3)) return random.pick(risky);
  if (choice < 12) return random.pick(literals);
  if (choice < 14) return '.';
  if (choice < 16 && scope.names.length > 0) return random.pick(scope.names);
  if (choice < 17) return '.name';
  return scope.depth > 3 ? '1' : `(${pipeline(random, { ...scope, depth: scope.depth + 1 })})`;
}
