import { Buffer } from 'node:buffer';
import { encodeText } from '../text.ts';
import { analyzeScalar, isPrintableAscii, type ScalarAnalysis } from './analyze-scalar.ts';
import { isOldBoolean, isSurelyText, resolvePlain } from './resolve.ts';
import type { YamlDialect } from './yaml-error.ts';

const maxSimpleKeyBytes = 128;

/** A text with the style it is written in; `line` texts are escaped already. */
export type PrintedScalar =
  | { readonly style: 'line'; readonly text: string; readonly quote: '' | "'" | '"' }
  | { readonly style: 'broken-single'; readonly text: string }
  | { readonly style: 'literal'; readonly text: string }
  | { readonly style: 'binary'; readonly text: string };

/** What needs no look at its characters to be written plain. */
const simple = /^[A-Za-z_/][\w./-]*$/;

/** Chooses the style of a string. `isKey` is for keys that stand before their `:` on one line. */
export function printString(text: string, dialect: YamlDialect, isKey = false): PrintedScalar {
  if (simple.test(text) && isText(text, dialect)) return { style: 'line', text, quote: '' };
  if (text === '') return { style: 'line', text, quote: '"' };
  if (!isPrintableAscii(text) && hasBytes(text)) return { style: 'binary', text: encodeBase64(text) };
  const analysis = analyzeScalar(text, dialect);
  const printed =
    text.includes('\n') && !isKey
      ? printLiteral(text, analysis)
      : isText(text, dialect)
        ? printUndelimited(text, analysis)
        : undefined;
  return printed ?? { style: 'line', text: escapeDouble(text), quote: '"' };
}

function printLiteral(text: string, { allowsLiteral }: ScalarAnalysis): PrintedScalar | undefined {
  return allowsLiteral ? { style: 'literal', text } : undefined;
}

function printUndelimited(text: string, analysis: ScalarAnalysis): PrintedScalar | undefined {
  if (analysis.allowsPlain) return { style: 'line', text, quote: '' };
  if (!analysis.allowsSingle) return undefined;
  if (analysis.isMultiline) return { style: 'broken-single', text };
  return { style: 'line', text: text.replaceAll("'", "''"), quote: "'" };
}

/** True when `text` written plain reads as itself. */
function isText(text: string, dialect: YamlDialect): boolean {
  if (isSurelyText(text)) return true;
  if (resolvePlain(text, dialect).tag !== '!!str' || isBase60(text)) return false;
  return dialect === 'v2' || !isOldBoolean(text);
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function isBase60(text: string): boolean {
  return text.includes(':') && base60.test(text);
}

/** A key as it is written before its `:`; `undefined` for those that have to be written as `? key`. */
export function printKey(key: string, dialect: YamlDialect): PrintedScalar | undefined {
  return isSimpleKey(key) ? printString(key, dialect, true) : undefined;
}

function isSimpleKey(given: string): boolean {
  const text = hasBytes(given) ? `tag:yaml.org,2002:binary${encodeBase64(given)}` : given;
  if (text.length > maxSimpleKeyBytes) return false;
  if (/[\n\r\u0085\u2028\u2029]/.test(text)) return false;
  return text.length * 3 <= maxSimpleKeyBytes || encodeText(text).length <= maxSimpleKeyBytes;
}

const needsEscape = /["\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]/g;

const shortEscapes = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u00a0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/** go-yaml looks for a byte order mark at the start of the text instead of at the character: then all is escaped. */
function escapeDouble(text: string): string {
  if (text.startsWith('\ufeff'))
    return Array.from(text, (found) => shortEscapes.get(found) ?? hexEscape(found.codePointAt(0) ?? 0)).join(
      '',
    );
  return text.replace(
    needsEscape,
    (found) => shortEscapes.get(found) ?? hexEscape(found.codePointAt(0) ?? 0),
  );
}

function hexEscape(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

const base64Line = 70;

/** Base64 as go-yaml writes bytes that are no text: in lines when there is more than one. */
function encodeBase64(text: string): string {
  const packed = Buffer.from(encodeText(text)).toString('base64');
  if (packed.length < base64Line) return packed;
  let lines = '';
  for (let at = 0; at < packed.length; at += base64Line) lines += `${packed.slice(at, at + base64Line)}\n`;
  return lines;
}

/** True when a string holds bytes that are no text. */
function hasBytes(text: string): boolean {
  return /[\ud800-\udfff]/.test(text) && /\p{Cs}/u.test(text);
}
