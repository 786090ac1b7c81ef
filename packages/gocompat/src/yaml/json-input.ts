import { Dict } from '../value/dict.ts';

/** What YAML reads differently from JSON, or refuses: some escapes, `-0`, huge exponents, breaks before a colon. */
const differs =
  /\\\/|\\u[dD][89a-fA-F]|-0(?![.\d])|[eE]\+?\d{3}|"\s*[\n\r]\s*:|\t\s*$|[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]/;
/** Longer keys may be too long for YAML once their escapes are counted. */
const safeKeyLength = 170;

/** Thrown when a key is too long to be sure. */
class TooLong extends Error {}

/**
 * The value of a text that is JSON and means the same in go-yaml v2, much faster than YAML could read it; `undefined`
 * when the text has to be read as YAML.
 */
export function readJson(text: string): unknown {
  const first = text.charCodeAt(0);
  if ((first !== 0x7b && first !== 0x5b) || differs.test(text)) return undefined;
  try {
    return toGo(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooLong || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

function toGo(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toGo);
  const result = new Dict();
  for (const [key, item] of Object.entries(value)) {
    if (key.length > safeKeyLength) throw new TooLong();
    result[key] = toGo(item);
  }
  return result;
}
