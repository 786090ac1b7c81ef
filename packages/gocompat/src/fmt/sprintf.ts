/**
 * Go's `fmt.Sprintf`. Comes in: a format and its operands; goes out: text; mistakes are told in the text
 * (`%!d(string=x)`, `%!s(MISSING)`, `%!(EXTRA …)`). How a value looks under a verb is print-argument.ts.
 */
import { toValidText } from '../text.ts';
import { GoInt } from '../value/go-int.ts';
import { typeOf } from '../value/kind.ts';
import { type Flags, noFlags } from './flags.ts';
import { formatValue } from './format-value.ts';
import { printArgument } from './print-argument.ts';

const largest = 1_000_000;
const flagRun = /[#0+\- ]*/y;
const simple = /%([vsdqtT])/g;

/** Go's `fmt.Sprintf`. */
export function sprintf(format: string, operands: readonly unknown[]): string {
  return sprintfSimple(format, operands) ?? new Formatter(format, operands).run();
}

/** Formats whose directives are bare verbs and fit the operands, as most are. */
function sprintfSimple(format: string, operands: readonly unknown[]): string | undefined {
  let text = '';
  let from = 0;
  let used = 0;
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
    simple.lastIndex = at;
    const match = simple.exec(format);
    if (match?.index !== at || used >= operands.length) return undefined;
    const operand = operands[used];
    const verb = match[1] ?? '';
    text += format.slice(from, at);
    text +=
      typeof operand === 'string' && (verb === 's' || verb === 'v')
        ? operand
        : printArgument(operand, verb, noFlags);
    used += 1;
    from = at + 2;
  }
  return used === operands.length ? text + format.slice(from) : undefined;
}

class Formatter {
  readonly #format: string;
  readonly #operands: readonly unknown[];
  #at = 0;
  #next = 0;
  #text = '';
  /** Some directive chose its operand, so that left-over operands are no mistake. */
  #isReordered = false;
  /** The index of the current directive is in range and at its place. */
  #isGoodIndex = true;
  /** The last thing read was an index such as `[3]`. */
  #isAfterIndex = false;

  constructor(format: string, operands: readonly unknown[]) {
    this.#format = format;
    this.#operands = operands;
  }

  run(): string {
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent < 0 ? this.#format.length : percent;
      this.#text += this.#format.slice(this.#at, end);
      this.#at = end + 1;
      if (percent >= 0 && !this.#directive()) break;
    }
    return this.#text + this.#extra();
  }

  /** Reads and prints one directive; false when the format ends inside it. */
  #directive(): boolean {
    this.#isGoodIndex = true;
    this.#isAfterIndex = false;
    const flagText = this.#match(flagRun);
    this.#index();
    const width = this.#width();
    const precision = this.#precision();
    if (!this.#isAfterIndex) this.#index();
    if (this.#at >= this.#format.length) {
      this.#text += '%!(NOVERB)';
      return false;
    }
    const rune = String.fromCodePoint(this.#format.codePointAt(this.#at) ?? 0);
    this.#at += rune.length;
    this.#print(toValidText(rune), { ...readFlags(flagText, width), precision });
    return true;
  }

  #print(verb: string, flags: Flags): void {
    if (verb === '%') this.#text += '%';
    else if (!this.#isGoodIndex) this.#text += `%!${verb}(BADINDEX)`;
    else if (this.#next >= this.#operands.length) this.#text += `%!${verb}(MISSING)`;
    else {
      this.#text += printArgument(this.#operands[this.#next], verb, flagsForVerb(verb, flags));
      this.#next += 1;
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#format)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** `[n]`, if it comes next. */
  #index(): void {
    this.#isAfterIndex = false;
    if (this.#format.charAt(this.#at) !== '[') return;
    this.#isReordered = true;
    const close = this.#format.indexOf(']', this.#at);
    // Go wants three more bytes in the format before it looks for the bracket.
    if (close < 0 || this.#format.length - this.#at < 3) {
      this.#isGoodIndex = false;
      this.#at += 1;
      return;
    }
    const body = this.#format.slice(this.#at + 1, close);
    this.#at = close + 1;
    const isNumber = /^[0-9]+$/.test(body) && !isTooLong(body);
    const index = Number(body) - 1;
    if (isNumber && index >= 0 && index < this.#operands.length) this.#next = index;
    else this.#isGoodIndex = false;
    this.#isAfterIndex = isNumber;
  }

  /** The digits of a width or precision. A number too long for Go ends the format. */
  #number(): number | undefined {
    const found = this.#match(/[0-9]*/y);
    if (found === '') return undefined;
    if (!isTooLong(found)) return Number(found);
    this.#at = this.#format.length;
    return undefined;
  }

  #width(): number | undefined {
    if (this.#format.charAt(this.#at) === '*') {
      this.#at += 1;
      const width = this.#star();
      if (width === undefined) this.#text += '%!(BADWIDTH)';
      this.#isAfterIndex = false;
      return width;
    }
    const width = this.#number();
    if (this.#isAfterIndex && width !== undefined) this.#isGoodIndex = false;
    return width;
  }

  #precision(): number | undefined {
    if (this.#format.charAt(this.#at) !== '.' || this.#at + 1 >= this.#format.length) return undefined;
    this.#at += 1;
    if (this.#isAfterIndex) this.#isGoodIndex = false;
    this.#index();
    if (this.#format.charAt(this.#at) !== '*') return this.#number() ?? 0;
    this.#at += 1;
    const precision = this.#star();
    this.#isAfterIndex = false;
    if (precision !== undefined && precision >= 0) return precision;
    this.#text += '%!(BADPREC)';
    return undefined;
  }

  /** The operand of `*`; undefined unless it is an integer of reasonable size. */
  #star(): number | undefined {
    if (this.#next >= this.#operands.length) return undefined;
    const operand = this.#operands[this.#next];
    this.#next += 1;
    return operand instanceof GoInt && Math.abs(operand.n) <= largest ? operand.n : undefined;
  }

  #extra(): string {
    if (this.#isReordered || this.#next >= this.#operands.length) return '';
    const rest = this.#operands
      .slice(this.#next)
      .map((operand) => (isNil(operand) ? '<nil>' : `${typeOf(operand)}=${formatValue(operand)}`));
    return `%!(EXTRA ${rest.join(', ')})`;
  }
}

function isNil(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Go gives up before the digit that would follow a number above a million. */
function isTooLong(digits: string): boolean {
  return Number(digits.slice(0, -1)) > largest;
}

/** A negative width from `*` means left-justified, without zeros. */
function readFlags(text: string, width: number | undefined): Flags {
  const isNegative = width !== undefined && width < 0;
  return {
    ...noFlags,
    minus: isNegative || text.includes('-'),
    plus: text.includes('+'),
    sharp: text.includes('#'),
    space: text.includes(' '),
    zero: !isNegative && text.includes('0'),
    width: width === undefined ? undefined : Math.abs(width),
  };
}

function flagsForVerb(verb: string, flags: Flags): Flags {
  if (verb !== 'v' && verb !== 'w') return flags;
  return { ...flags, sharpV: flags.sharp, plusV: flags.plus, sharp: false, plus: false };
}
