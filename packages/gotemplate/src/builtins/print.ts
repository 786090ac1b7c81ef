/** print, printf, println and the escapers html, js and urlquery. */
import { encodeText, GoStruct, isPrintable, sprint, sprintf, sprintln } from '@flotilla/gocompat';
import { type FunctionSpec, variadicFunction } from '../function-table.ts';

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\ufffd'],
  ['"', '&#34;'],
  ["'", '&#39;'],
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

function escapeHtml(text: string): string {
  return text.replace(/[\0"'&<>]/g, (character) => htmlEscapes.get(character) ?? character);
}

const jsEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['<', '\\u003C'],
  ['>', '\\u003E'],
  ['&', '\\u0026'],
  ['=', '\\u003D'],
]);

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=\0-\x1f]|[^\0-\x7f]/gu, (character) => {
    const known = jsEscapes.get(character);
    if (known !== undefined) return known;
    const codePoint = character.codePointAt(0) ?? 0;
    const isBrokenByte = codePoint >= 0xdc80 && codePoint <= 0xdcff;
    if (isBrokenByte || isPrintable(codePoint)) return character;
    return `\\u${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function escapeQuery(text: string): string {
  if (/^[A-Za-z0-9\-_.~]*$/.test(text)) return text;
  let escaped = '';
  for (const byte of encodeText(text)) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(character)) escaped += character;
    else if (byte === 0x20) escaped += '+';
    else escaped += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** Sprint, with every operand printed as an action would. */
function sprintOperands(operands: readonly unknown[]): string {
  const [only] = operands;
  if (operands.length === 1 && typeof only === 'string') return only;
  return sprint(operands.map(printable));
}

function printable(operand: unknown): unknown {
  if (operand === null || operand === undefined) return '<no value>';
  const isPlainPointer = operand instanceof GoStruct && operand.isPointer && operand.text === undefined;
  return isPlainPointer ? new GoStruct({ ...operand, isPointer: false }) : operand;
}

function escaper(escapeText: (text: string) => string): FunctionSpec {
  return variadicFunction([], 'any', (...operands) => escapeText(sprintOperands(operands)));
}

export const printFunctions: readonly (readonly [string, FunctionSpec])[] = [
  ['print', variadicFunction([], 'any', (...operands) => sprint(operands))],
  ['println', variadicFunction([], 'any', (...operands) => sprintln(operands))],
  ['printf', variadicFunction(['string'], 'any', (format, ...operands) => sprintf(format, operands))],
  ['html', escaper(escapeHtml)],
  ['js', escaper(escapeJs)],
  ['urlquery', escaper(escapeQuery)],
];
