/**
 * Scalars into Go's basic types, as go-yaml v3 does it: strings take any scalar's text, bools take YAML 1.1 words too,
 * ints refuse quoted digits. In: a scalar node. Out: the value, or undefined with a problem reported.
 */
import {
  GoInt,
  nodeToValue,
  parseDuration,
  YamlError,
  type YamlNode,
  type YamlScalar,
} from '@flotilla/gocompat';
import { type DecodeContext, reportFatal } from './decode-context.ts';
import type { FieldType } from './field-type.ts';
import { reportMismatch } from './report-mismatch.ts';

export type BasicType = Extract<
  FieldType,
  { readonly kind: 'string' | 'bool' | 'int' | 'float' | 'duration' }
>;

const nullWords = new Set(['', '~', 'null', 'Null', 'NULL']);

/** True for what go-yaml reads as null. */
export function isNullScalar(node: YamlScalar): boolean {
  if (node.style !== 'plain') return node.tag.endsWith(':null');
  return node.tag === '' ? node.value.length <= 4 && nullWords.has(node.value) : node.tag.endsWith(':null');
}

/** The typed value of a scalar that is not null. */
export function decodeScalar(context: DecodeContext, node: YamlScalar, type: BasicType): unknown {
  if (type.kind === 'string' && node.tag === '') return node.value;
  const value = decodeAny(context, node);
  if (value === undefined) return undefined;
  const decoded = convert(node, value, type);
  if (decoded === undefined) reportMismatch(context, node, { type, value });
  return decoded;
}

/**
 * A free-form value; null stays null. Undefined, and reported, where a tag or a merge key does not fit; repeated keys are
 * reported for the whole document elsewhere.
 */
export function decodeAny(context: DecodeContext, node: YamlNode): unknown {
  try {
    return nodeToValue(node, context.document.text, { dialect: 'v3' });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    if (error.message.includes(' already defined at line ')) return undefined;
    const message = error.message.replace(/^yaml: (?:unmarshal errors:\n {2}line \d+: )?/, '');
    reportFatal(context, node, { code: 'yaml/value', message, text: error.message });
    return undefined;
  }
}

function convert(node: YamlScalar, value: unknown, type: BasicType): unknown {
  switch (type.kind) {
    case 'string':
      return node.tag.endsWith(':binary') ? value : node.value;
    case 'bool':
      return typeof value === 'string' ? oldBooleans.get(value) : booleanOf(value);
    case 'int':
      return integerOf(value);
    case 'float':
      return value instanceof GoInt ? Number(value.n) : floatOf(value);
    case 'duration':
      return typeof value === 'string' && isDuration(value) ? value : undefined;
  }
}

const oldBooleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function floatOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

const maxInt64 = 2 ** 63;

/** Go cuts the fraction off a float and refuses what 64 bits cannot hold. */
function integerOf(value: unknown): number | undefined {
  if (value instanceof GoInt) return value.n < maxInt64 ? value.n : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.abs(value) <= maxInt64 ? Math.trunc(value) : undefined;
}

function isDuration(text: string): boolean {
  try {
    parseDuration(text);
    return true;
  } catch {
    return false;
  }
}
