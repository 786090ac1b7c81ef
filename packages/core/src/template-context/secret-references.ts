import { copyDict, Dict, formatValue, GoError, GoInt } from '@flotilla/gocompat';

/**
 * vals expressions in texts (vals 0.46): `ref+backend://…` ends at a blank, a line break or a `+`, and not with `"` or `,`.
 * A text that is nothing but one reference takes the type of what it names; inside other text it is printed. References
 * inside references are resolved from the innermost outwards.
 */
const referencePattern = /(?:secret)?ref\+([^+:]*:\/\/[^+\n ]+[^+\n ",])\+?/;
const prefixPattern = /(?:secret)?ref\+/g;
const maxNesting = 10;

/** True when the text may hold a reference. */
export function mayHoldReference(text: string): boolean {
  return text.includes('ref+');
}

export interface Expansion<T> {
  readonly value: T;
  /** References without a known answer, without duplicates; when there are any, `value` is not complete. */
  readonly missing: readonly string[];
}

/**
 * Replaces the references in every text of a value by the known answers (keyed by `ref+…`). Throws GoError when a nested
 * reference names a map, a list or nothing.
 */
export function expandReferences(value: unknown, known: ReadonlyMap<string, unknown>): Expansion<unknown> {
  const missing = new Set<string>();
  const expanded = expandValue(value, { known, missing });
  return { value: expanded, missing: [...missing] };
}

interface Answers {
  readonly known: ReadonlyMap<string, unknown>;
  readonly missing: Set<string>;
}

function expandValue(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return mayHoldReference(value) ? expandText(value, answers) : value;
  if (Array.isArray(value)) return value.map((item) => expandValue(item, answers));
  if (!(value instanceof Dict)) return value;
  const result = copyDict(value);
  for (const key in value) result[key] = expandValue(value[key], answers);
  return result;
}

const unknown = Symbol('no answer yet');

function lookUp(reference: string, { known, missing }: Answers): unknown {
  const name = `ref+${reference}`;
  if (known.has(name)) return known.get(name);
  missing.add(name);
  return unknown;
}

function expandText(given: string, answers: Answers): unknown {
  let text = resolveNested(given, answers, 0);
  if (text === undefined) return given;
  const whole = referencePattern.exec(text);
  if (whole?.[0] === text) return lookUp(whole[1] ?? '', answers);
  let result = '';
  for (let match = whole; match !== null; match = referencePattern.exec(text)) {
    const value = lookUp(match[1] ?? '', answers);
    result += text.slice(0, match.index) + (value === unknown ? '' : formatValue(value));
    text = text.slice(match.index + match[0].length);
  }
  return result + text;
}

/** The text with references inside references resolved; undefined while an answer is missing. */
function resolveNested(text: string, answers: Answers, depth: number): string | undefined {
  const starts = [...text.matchAll(prefixPattern)];
  if (starts.length < 2) return text;
  if (depth >= maxNesting) throw new GoError(`maximum nesting depth (${maxNesting}) exceeded`);
  for (let index = starts.length - 1; index > 0; index--) {
    const before = starts[index - 1];
    const start = starts[index]?.index ?? 0;
    const between = text.slice((before?.index ?? 0) + (before?.[0].length ?? 0), start);
    const match = /[ \n\r\t",]/.test(between) ? null : referencePattern.exec(text.slice(start));
    if (match === null) continue;
    const value = lookUp(match[1] ?? '', answers);
    if (value === unknown) return undefined;
    const at = start + match.index;
    const inner = scalarText(match[1] ?? '', value);
    return resolveNested(text.slice(0, at) + inner + text.slice(at + match[0].length), answers, depth + 1);
  }
  return text;
}

function scalarText(reference: string, value: unknown): string {
  if (value === null || value === undefined) throw new GoError(`nested ref ${reference} resolved to nil`);
  if (typeof value === 'object' && !(value instanceof GoInt)) {
    throw new GoError(`nested ref ${reference} must resolve to a scalar value`);
  }
  return formatValue(value);
}
