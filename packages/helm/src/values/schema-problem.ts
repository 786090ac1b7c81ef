/** What is wrong with a value, and the text Helm prints for it. */
import { quote } from '@flotilla/gocompat';

export interface SchemaProblem {
  /** Where in the values. */
  readonly path: readonly string[];
  readonly message: string;
  readonly causes: readonly SchemaProblem[];
  /** `group` gathers several problems of one place; a `reference` with one cause is not shown itself. */
  readonly kind: 'single' | 'group' | 'reference';
}

/** A problem with at most the causes given. */
export function problem(
  path: readonly string[],
  message: string,
  causes: readonly SchemaProblem[] = [],
): SchemaProblem {
  return { path, message, causes, kind: 'single' };
}

/** One problem stands for itself, several become a group. */
export function gather(
  path: readonly string[],
  problems: readonly SchemaProblem[],
): SchemaProblem | undefined {
  if (problems.length < 2) return problems[0];
  return { path, message: 'validation failed', causes: problems, kind: 'group' };
}

/** The lines of a failed validation, one problem each, causes indented (Helm 4.3.1's layout of santhosh-tekuri/jsonschema). */
export function schemaProblemText(root: SchemaProblem): string {
  const tops = root.kind === 'group' ? root.causes : [root];
  return tops.flatMap((each) => linesOf(each, '')).join('\n');
}

function linesOf(item: SchemaProblem, indent: string): string[] {
  const isHidden = item.kind === 'reference' && item.causes.length === 1;
  const own = isHidden ? [] : [`${indent}- at ${quoteSingle(pointerOf(item.path))}: ${item.message}`];
  const inner = isHidden ? indent : `${indent}  `;
  return [...own, ...item.causes.flatMap((cause) => linesOf(cause, inner))];
}

function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** Go's `%q` in single quotes. */
export function quoteSingle(text: string): string {
  const inner = quote(text).slice(1, -1);
  return `'${inner.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** Quoted names, separated by commas. */
export function quoteAll(names: readonly string[]): string {
  return names.map(quoteSingle).join(', ');
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A float as golang.org/x/text prints it in English: `70,000`, `1.5×10⁰⁷`. */
export function localizedNumber(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 21 && Math.abs(value) < 1e6)) return grouped(plain(value));
  const digits = String(Math.abs(power)).padStart(2, '0');
  const raised = Array.from(digits, (digit) => superscripts.charAt(Number(digit))).join('');
  return `${mantissa}×10${power < 0 ? '⁻' : ''}${raised}`;
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** Thousands separated by commas. */
export function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const separated = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}
