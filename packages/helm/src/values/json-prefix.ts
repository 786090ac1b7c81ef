import { GoError, parseGoJson } from '@flotilla/gocompat';

const number = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/;

/**
 * Decodes the JSON value at the start of `text` and says how many UTF-16 units it took, as Go's json.Decoder does:
 * whatever follows is left alone. Throws GoError with the decoder's text.
 */
export function decodeJsonPrefix(text: string): { readonly value: unknown; readonly length: number } {
  const length = prefixLength(text);
  try {
    return { value: parseGoJson(text.slice(0, length), { numbers: 'float64' }), length };
  } catch (error) {
    if (error instanceof GoError && endsTooEarly(text.slice(0, length))) throw new GoError('unexpected EOF');
    throw error;
  }
}

/** True when the first thing wrong is whatever follows: here a character that no JSON may hold. */
function endsTooEarly(text: string): boolean {
  try {
    parseGoJson(`${text}\u0001`);
  } catch (error) {
    if (error instanceof GoError) return error.message.startsWith("invalid character '\\x01'");
    throw error;
  }
  return false;
}

/** Where the value ends, if it is valid; otherwise far enough for the parser to meet the mistake. */
function prefixLength(text: string): number {
  const first = text.charAt(0);
  if (first === '"') return stringEnd(text, 0);
  if (first === '{' || first === '[') return bracketEnd(text);
  const literal = /^(?:true|false|null)/.exec(text);
  if (literal !== null) return literal[0].length;
  const match = number.exec(text);
  if (match === null) return text.length;
  const next = text.charAt(match[0].length).toLowerCase();
  const isCutOff =
    (next === '.' && match[1] === undefined && match[2] === undefined) ||
    (next === 'e' && match[2] === undefined);
  return isCutOff ? text.length : match[0].length;
}

function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const unit = text.charAt(i);
    if (unit === '\\') i += 1;
    else if (unit === '"') return i + 1;
  }
  return text.length;
}

function bracketEnd(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charAt(i);
    if (unit === '"') i = stringEnd(text, i) - 1;
    else if (unit === '{' || unit === '[') depth += 1;
    else if (unit === '}' || unit === ']') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return text.length;
}
