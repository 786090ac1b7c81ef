import { formatValue } from './format-value.ts';

/** Go's `fmt.Sprint`: a blank between operands when neither is a string. */
export function sprint(operands: readonly unknown[]): string {
  let text = '';
  let wasString = true;
  for (const operand of operands) {
    const isString = typeof operand === 'string';
    if (!isString && !wasString) text += ' ';
    text += isString ? operand : formatValue(operand);
    wasString = isString;
  }
  return text;
}

/** Go's `fmt.Sprintln`: a blank between all operands and a newline at the end. */
export function sprintln(operands: readonly unknown[]): string {
  return `${operands.map(formatValue).join(' ')}\n`;
}
