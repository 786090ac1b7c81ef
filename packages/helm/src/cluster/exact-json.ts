import { fromJs, parseGoJson, toGoJson, toJs } from '@flotilla/gocompat';

/** JSON between us and API servers: integers that no double holds are bigints here, and keep every digit. */

/** Bigints are what `JSON.stringify` refuses; the slower way is for them only. */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return toGoJson(fromJs(value, 'int'), { escapeHtml: false });
  }
}

/** Looks like an integer of sixteen digits or more, be it in a text. */
const longInteger = /[[:,]\s*-?\d{16,}\s*[,\]}]/;

/** Throws SyntaxError for what is no JSON. */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return longInteger.test(text) ? toJs(parseGoJson(text, { numbers: 'int' })) : value;
}
