import { scanFloat } from '../strconv/parse-float.ts';
import { type GoInt, goInt, int } from '../value/go-int.ts';
import type { GoTime } from '../value/go-time.ts';
import { parseTimestamp } from './timestamp.ts';
import type { YamlDialect } from './yaml-error.ts';

/** A plain scalar with its type. */
export type Resolved =
  | { readonly tag: '!!null'; readonly value: null }
  | { readonly tag: '!!bool'; readonly value: boolean }
  | { readonly tag: '!!int'; readonly value: GoInt }
  | { readonly tag: '!!float'; readonly value: number }
  | { readonly tag: '!!str'; readonly value: string }
  | { readonly tag: '!!timestamp'; readonly value: GoTime };

const yes: Resolved = { tag: '!!bool', value: true };
const no: Resolved = { tag: '!!bool', value: false };
const nothing: Resolved = { tag: '!!null', value: null };
const float = (value: number): Resolved => ({ tag: '!!float', value });

type Words = ReadonlyMap<string, Resolved>;

function wordTable(groups: readonly (readonly [string, Resolved])[]): Words {
  const table = new Map<string, Resolved>([['', nothing]]);
  for (const [words, resolved] of groups) for (const word of words.split(' ')) table.set(word, resolved);
  return table;
}

const commonWords: readonly (readonly [string, Resolved])[] = [
  ['true True TRUE', yes],
  ['false False FALSE', no],
  ['~ null Null NULL', nothing],
  ['.nan .NaN .NAN', float(Number.NaN)],
  ['.inf .Inf .INF +.inf +.Inf +.INF', float(Number.POSITIVE_INFINITY)],
  ['-.inf -.Inf -.INF', float(Number.NEGATIVE_INFINITY)],
];
const oldBooleans: readonly (readonly [string, Resolved])[] = [
  ['y Y yes Yes YES on On ON', yes],
  ['n N no No NO off Off OFF', no],
];
const words: Readonly<Record<YamlDialect, Words>> = {
  v2: wordTable([...commonWords, ...oldBooleans]),
  v3: wordTable(commonWords),
};

/** What a plain scalar may be, by its first character: w a word, . a word or float, d a number or date. */
const hints = new Map<number, 'word' | 'dot' | 'digit'>();
for (const character of 'yYnNtTfFoO~') hints.set(character.charCodeAt(0), 'word');
for (const character of '+-0123456789') hints.set(character.charCodeAt(0), 'digit');
hints.set(0x2e, 'dot');

/** The type and value that go-yaml gives to an untagged plain scalar; `withTimes` is off for tagged ones. */
export function resolvePlain(text: string, dialect: YamlDialect, withTimes = true): Resolved {
  if (text === '') return nothing;
  const hint = hints.get(text.charCodeAt(0));
  if (hint === undefined) return { tag: '!!str', value: text };
  const word = text.length <= 5 ? words[dialect].get(text) : undefined;
  if (word !== undefined) return word;
  if (hint === 'digit') return resolveNumber(text, dialect, withTimes) ?? { tag: '!!str', value: text };
  if (hint === 'dot') {
    const value = scanFloat(text);
    if (value !== undefined && Number.isFinite(value)) return float(value);
  }
  return { tag: '!!str', value: text };
}

/** True for words that YAML 1.1 reads as booleans and go-yaml v3 does not. */
export function isOldBoolean(text: string): boolean {
  return text.length <= 3 && words.v2.get(text)?.tag === '!!bool';
}

const smallDecimal = /^[+-]?(?:0|[1-9]\d{0,14})$/;
const floatShape = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string, dialect: YamlDialect, withTimes: boolean): Resolved | undefined {
  if (smallDecimal.test(text)) return { tag: '!!int', value: int(Number(text)) };
  if (withTimes) {
    const time = parseTimestamp(text);
    if (time !== undefined) return { tag: '!!timestamp', value: time };
  }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = readInteger(plain);
  if (integer !== undefined) return { tag: '!!int', value: integer };
  if (floatShape.test(plain)) {
    const value = Number(plain);
    if (Number.isFinite(value)) return float(value);
  }
  const odd = readOddRadix(plain, dialect);
  return odd === undefined ? undefined : { tag: '!!int', value: odd };
}

const integerShape = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** Go's ParseInt with base 0, then ParseUint; underscores are gone already. */
function readInteger(text: string): GoInt | undefined {
  const found = integerShape.exec(text);
  if (found === null) return undefined;
  const [, sign = '', hex, binary, octal, decimal = '0'] = found;
  const size =
    hex !== undefined
      ? BigInt(`0x${hex}`)
      : binary !== undefined
        ? BigInt(`0b${binary}`)
        : octal !== undefined
          ? BigInt(`0o${octal}`)
          : BigInt(decimal);
  return fitInteger(sign === '-' ? -size : size, sign !== '');
}

function fitInteger(value: bigint, hasSign: boolean): GoInt | undefined {
  if (value === BigInt.asIntN(64, value)) return goInt('int', value);
  return hasSign || value !== BigInt.asUintN(64, value) ? undefined : goInt('uint64', value);
}

/** go-yaml reads what follows `0b` (and, in v3, `0o`) once more, with a sign of its own. */
function readOddRadix(text: string, dialect: YamlDialect): GoInt | undefined {
  const found = /^0(b)([+-][01]+)$|^0(o)([+-][0-7]+)$/.exec(text);
  if (found === null || (found[3] !== undefined && dialect === 'v2')) return undefined;
  const digits = found[2] ?? found[4] ?? '';
  const size = BigInt(`0${found[1] ?? found[3]}${digits.slice(1)}`);
  return fitInteger(digits.startsWith('-') ? -size : size, true);
}

/** True when a plain scalar is a string whatever follows its first character; not for the empty one. */
export function isSurelyText(text: string): boolean {
  return text !== '' && !hints.has(text.charCodeAt(0));
}
