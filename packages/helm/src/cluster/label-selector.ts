/**
 * Label selectors as texts: `a=b,c!=d,e in (f,g),h,!i,j>1` (Kubernetes 1.37 `labels.Parse`). Comes in: a text. Goes out: a
 * test of labels, or a GoError in Kubernetes' words. Not its business: selector objects, field selectors.
 */
import { compareStrings, GoError, quote } from '@flotilla/gocompat';

export type Labels = Readonly<Record<string, string>>;
export type LabelTest = (labels: Labels) => boolean;

/** Throws GoError when the text is no selector; the empty one is passed by all labels. */
export function parseLabelSelector(text: string): LabelTest {
  const tests = new SelectorParser(text).parse();
  return (labels) => tests.every((test) => test(labels));
}

const operators = ['in', 'notin', '=', '==', '!=', '>', '<'] as const;
type Operator = (typeof operators)[number];

const wanted = "found '%s', expected: in, notin, =, ==, !=, gt, lt";

class SelectorParser {
  readonly #words: readonly string[];
  #at = 0;

  constructor(text: string) {
    const end = text.indexOf('\0');
    this.#words = (end === -1 ? text : text.slice(0, end)).match(/[!=]=|[=!(),<>]|[^\s=!(),<>]+/g) ?? [];
  }

  /** The word at hand; empty at the end. */
  get #word(): string {
    return this.#words[this.#at] ?? '';
  }

  #take(): string {
    const word = this.#word;
    this.#at += 1;
    return word;
  }

  parse(): readonly LabelTest[] {
    const tests: LabelTest[] = [];
    if (this.#word === '') return tests;
    if (!startsRequirement(this.#word)) {
      throw unexpected(this.#word, "expected: !, identifier, or 'end of string'");
    }
    for (;;) {
      tests.push(this.#requirement());
      const next = this.#take();
      if (next === '') return tests;
      if (next !== ',') throw unexpected(next, "expected: ',' or 'end of string'");
      if (!startsRequirement(this.#word)) throw unexpected(this.#word, "expected: identifier after ','");
    }
  }

  #requirement(): LabelTest {
    try {
      const isNegated = this.#word === '!';
      if (isNegated) this.#at += 1;
      const key = this.#take();
      if (!isIdentifier(key)) throw unexpected(key, 'expected: identifier');
      checkKey(key);
      const isBare = this.#word === '' || this.#word === ',';
      if (isNegated || isBare) return (labels) => Object.hasOwn(labels, key) !== isNegated;
      return this.#comparison(key);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      throw new GoError(`unable to parse requirement: ${error.message}`);
    }
  }

  #comparison(key: string): LabelTest {
    const word = this.#take();
    const operator = operators.find((each) => each === word);
    if (operator === undefined) throw new GoError(wanted.replace('%s', word));
    const isSet = operator === 'in' || operator === 'notin';
    const values = [...new Set(isSet ? this.#values() : [this.#value()])].sort(compareStrings);
    checkValues(key, operator, values);
    return comparisonTest(key, operator, values);
  }

  #value(): string {
    if (this.#word === '' || this.#word === ',') return '';
    const value = this.#take();
    if (isIdentifier(value)) return value;
    throw unexpected(value, 'expected: identifier');
  }

  #values(): readonly string[] {
    const open = this.#take();
    if (open !== '(') throw new GoError(`found '${open}' expected: '('`);
    const first = this.#word;
    if (first === ')') {
      this.#at += 1;
      return [''];
    }
    if (first !== ',' && !isIdentifier(first)) throw unexpected(first, "expected: ',', ')' or identifier");
    const values = this.#list();
    if (this.#take() !== ')') throw unexpected(first, "expected: ')'");
    return values;
  }

  /** Up to the bracket; nothing between commas is the empty value. */
  #list(): readonly string[] {
    const values: string[] = [];
    do {
      const word = this.#take();
      if (word !== ',') values.push(this.#listed(word));
      else if (values.length === 0 || this.#word === ')' || this.#word === ',') values.push('');
    } while (this.#word !== ')');
    return values;
  }

  #listed(word: string): string {
    if (!isIdentifier(word)) throw unexpected(word, "expected: ',', or identifier");
    if (this.#word === ')' || this.#word === ',') return word;
    throw unexpected(this.#word, "expected: ',' or ')'");
  }
}

function unexpected(found: string, expectation: string): GoError {
  return new GoError(`found '${found}', ${expectation}`);
}

function isIdentifier(word: string): boolean {
  return word !== '' && !/^[=!(),<>]/.test(word);
}

function startsRequirement(word: string): boolean {
  return word === '!' || isIdentifier(word);
}

function comparisonTest(key: string, operator: Operator, values: readonly string[]): LabelTest {
  const [value = ''] = values;
  switch (operator) {
    case 'in':
    case '=':
    case '==':
      return (labels) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
    case 'notin':
    case '!=':
      return (labels) => !Object.hasOwn(labels, key) || !values.includes(labels[key] ?? '');
    case '>':
    case '<':
      return (labels) => isOrdered(labels[key] ?? '', operator, value);
  }
}

const integerPattern = /^[+-]?\d+$/;

function isOrdered(label: string, operator: '>' | '<', value: string): boolean {
  if (!integerPattern.test(label)) return false;
  const [left, right] = [BigInt(label.replace('+', '')), BigInt(value.replace('+', ''))];
  return operator === '>' ? left > right : left < right;
}

const namePattern = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const subdomainPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const shape =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const nameExamples = `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${namePattern}')`;
const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomainPattern}')`;

function checkKey(key: string): void {
  const problems = keyProblems(key);
  if (problems.length > 0) throw new GoError(`<nil>: Invalid value: ${quote(key)}: ${problems.join('; ')}`);
}

function keyProblems(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${shape} ${nameExamples} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? prefixProblems(parts[0] ?? '') : [];
  return [...prefix.map((each) => `prefix part ${each}`), ...nameProblems(name)];
}

function prefixProblems(prefix: string): readonly string[] {
  if (prefix === '') return ['must be non-empty'];
  const isLong = prefix.length > 253 ? ['must be no more than 253 bytes'] : [];
  return matches(subdomainPattern, prefix) ? isLong : [...isLong, subdomainText];
}

function nameProblems(name: string): readonly string[] {
  const length =
    name === '' ? ['must be non-empty'] : name.length > 63 ? ['must be no more than 63 bytes'] : [];
  const form = matches(namePattern, name) ? [] : [`${shape} ${nameExamples}`];
  return [...length, ...form].map((each) => `name part ${each}`);
}

function checkValues(key: string, operator: Operator, values: readonly string[]): void {
  const isOrder = operator === '>' || operator === '<';
  const orders = values.filter((value) => isOrder && !integerPattern.test(value));
  const problems = [
    ...orders.map(
      (value) =>
        `values[0]: Invalid value: ${quote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
    ),
    ...values.flatMap((value, index) => {
      const texts = valueProblems(value);
      const place = `values[${index}][${key}]`;
      return texts.length === 0 ? [] : [`${place}: Invalid value: ${quote(value)}: ${texts.join('; ')}`];
    }),
  ];
  if (problems.length === 0) return;
  throw new GoError(problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`);
}

function valueProblems(value: string): readonly string[] {
  const length = value.length > 63 ? ['must be no more than 63 bytes'] : [];
  if (matches(`(${namePattern})?`, value)) return length;
  const examples = `(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${namePattern})?')`;
  return [...length, `a valid label must be an empty string or ${shape.replace('must ', '')} ${examples}`];
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text);
}
