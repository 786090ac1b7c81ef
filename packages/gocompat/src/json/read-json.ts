/**
 * JSON as Go's encoding/json reads it into `interface {}`. Comes in: text; goes out: Dicts, arrays, strings, numbers,
 * or a GoError with Go's words. Well-formed text goes through JSON.parse; all else through our own scanner.
 */
import { Dict } from '../value/dict.ts';
import { scanJson } from './scan-json.ts';

export interface JsonReadOptions {
  /** `float64` (the default, as Go does) or `int`: integer literals become GoInt `int`, beyond 64 bits float64. */
  readonly numbers?: 'float64' | 'int';
}

/** What JSON.parse reads otherwise than Go: escapes of surrogates, byte escapes, deep nesting. */
const needsScanner = /\\u[dD][89a-fA-F]|[\ud800-\udfff]/u;

/** Go's `json.Unmarshal` into an `interface {}`. Throws GoError (`invalid character 'x' looking for …`). */
export function parseGoJson(text: string, options: JsonReadOptions = {}): unknown {
  if (options.numbers === 'int' || needsScanner.test(text))
    return scanJson(text, options.numbers ?? 'float64');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return scanJson(text, 'float64');
  }
  const converted = convert(parsed, 0);
  return converted === tooHard ? scanJson(text, 'float64') : converted;
}

const tooHard: unique symbol = Symbol('needs the scanner');

function convert(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : tooHard;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 9000) return tooHard;
  if (Array.isArray(value)) return convertItems(value, depth);
  const result = new Dict();
  const source = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(source)) {
    const item = convert(source[key], depth + 1);
    if (item === tooHard) return tooHard;
    result[key] = item;
  }
  return result;
}

function convertItems(items: unknown[], depth: number): unknown {
  for (let i = 0; i < items.length; i += 1) {
    const item = convert(items[i], depth + 1);
    if (item === tooHard) return tooHard;
    items[i] = item;
  }
  return items;
}
