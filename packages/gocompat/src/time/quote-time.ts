import { encodeText } from '../text.ts';

/** The quotes in errors of Go's time package: bytes outside ASCII and control characters as `\xNN`. */
export function quoteForTime(text: string): string {
  if (/^[ !#-[\]-\x7f]*$/.test(text)) return `"${text}"`;
  let quoted = '"';
  for (const byte of encodeText(text)) {
    if (byte < 0x20 || byte >= 0x80) quoted += `\\x${byte.toString(16).padStart(2, '0')}`;
    else quoted += (byte === 34 || byte === 92 ? '\\' : '') + String.fromCharCode(byte);
  }
  return `${quoted}"`;
}
