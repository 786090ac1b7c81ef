import { decodeBytes, encodeText } from '../text.ts';
import { dayNames, isFraction, monthNames } from './layout.ts';

/** What was read so far; undefined where the text said nothing. */
export interface TimeFields {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanoseconds: number;
  half: 'am' | 'pm' | undefined;
  isUtc: boolean;
  offset: number | undefined;
  zoneName: string;
}

/** `bad` when the text does not fit the element, else the name of what is out of range. */
export type ElementProblem = 'bad' | (string & {}) | undefined;

/** Reads the elements of a layout from a text, one after the other. */
export class ElementReader {
  rest: string;
  readonly fields: TimeFields = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    half: undefined,
    isUtc: false,
    offset: undefined,
    zoneName: '',
  };

  constructor(text: string) {
    this.rest = text;
  }

  /** Takes literal text; runs of blanks are all the same. False, with the rest at the difference, when it differs. */
  skip(literal: string): boolean {
    let wanted = literal;
    while (wanted !== '') {
      if (wanted.startsWith(' ')) {
        if (this.rest !== '' && !this.rest.startsWith(' ')) return false;
        wanted = wanted.replace(/^ +/, '');
        this.rest = this.rest.replace(/^ +/, '');
        continue;
      }
      if (this.rest.charAt(0) !== wanted.charAt(0)) {
        this.rest = afterCommonBytes(this.rest, wanted);
        return false;
      }
      wanted = wanted.slice(1);
      this.rest = this.rest.slice(1);
    }
    return true;
  }

  /** Reads one element; `next` is the element after it. */
  read(element: string, next: string): ElementProblem {
    if (isFraction(element)) return this.#fraction(element);
    if (element.startsWith('-07') || element.startsWith('Z07')) return this.#offset(element);
    switch (element) {
      case '15':
      case '3':
      case '03':
        return this.#hour(element);
      case '4':
      case '04':
        return this.#clockNumber('minute', element);
      case '5':
      case '05':
        return this.#second(element, next);
      case 'PM':
      case 'pm':
        return this.#half(element);
      case 'MST':
        return this.#zoneName();
      default:
        return this.#date(element);
    }
  }

  #date(element: string): ElementProblem {
    switch (element) {
      case '2006':
      case '06':
        return this.#year(element.length);
      case 'January':
        return this.#month(this.#name(monthNames));
      case 'Jan':
        return this.#month(this.#name(monthNames, 3));
      case '1':
      case '01':
        return this.#monthNumber(element);
      case 'Monday':
        return this.#name(dayNames) === undefined ? 'bad' : undefined;
      case 'Mon':
        return this.#name(dayNames, 3) === undefined ? 'bad' : undefined;
      case '__2':
      case '002':
        return this.#yearDay(element);
      default:
        return this.#day(element);
    }
  }

  #take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length);
    return found;
  }

  /** One or two digits, exactly two when the element starts with 0. */
  #number(element: string): number | undefined {
    const found = this.#take(element.startsWith('0') ? /^[0-9]{2}/ : /^[0-9]{1,2}/);
    return found === undefined ? undefined : Number(found);
  }

  #year(length: number): ElementProblem {
    const digits = this.rest.slice(0, length);
    if (digits.length < length || !(length === 4 ? /^[0-9]{4}$/ : /^[0-9+-][0-9]$/).test(digits))
      return 'bad';
    this.rest = this.rest.slice(length);
    const year = Number(digits);
    this.fields.year = length === 4 ? year : year + (year >= 69 ? 1900 : 2000);
    return undefined;
  }

  /** The index of the first name that the text begins with, in any case. */
  #name(names: readonly string[], length?: number): number | undefined {
    const index = names.findIndex((name) => {
      const wanted = name.slice(0, length);
      return this.rest.slice(0, wanted.length).replace(/[A-Z]/g, lower) === wanted.replace(/[A-Z]/g, lower);
    });
    if (index < 0) return undefined;
    this.rest = this.rest.slice((names[index] ?? '').slice(0, length).length);
    return index;
  }

  #month(index: number | undefined): ElementProblem {
    if (index === undefined) return 'bad';
    this.fields.month = index + 1;
    return undefined;
  }

  #monthNumber(element: string): ElementProblem {
    const month = this.#number(element);
    if (month === undefined) return 'bad';
    this.fields.month = month;
    return month < 1 || month > 12 ? 'month' : undefined;
  }

  #day(element: string): ElementProblem {
    if (element === '_2') this.#take(/^ /);
    this.fields.day = this.#number(element);
    return this.fields.day === undefined ? 'bad' : undefined;
  }

  #yearDay(element: string): ElementProblem {
    if (element === '__2') this.#take(/^ {1,2}/);
    const found = this.#take(element === '002' ? /^[0-9]{3}/ : /^[0-9]{1,3}/);
    if (found === undefined) return 'bad';
    this.fields.yearDay = Number(found);
    return undefined;
  }

  #hour(element: string): ElementProblem {
    const hour = this.#number(element);
    if (hour === undefined) return 'bad';
    this.fields.hour = hour;
    return hour > (element === '15' ? 23 : 12) ? 'hour' : undefined;
  }

  #clockNumber(field: 'minute' | 'second', element: string): ElementProblem {
    const value = this.#number(element);
    if (value === undefined) return 'bad';
    this.fields[field] = value;
    return value > 59 ? field : undefined;
  }

  /** Seconds may have a fraction that the layout does not mention. */
  #second(element: string, next: string): ElementProblem {
    const problem = this.#clockNumber('second', element);
    if (problem !== undefined || isFraction(next)) return problem;
    const fraction = this.#take(/^[.,][0-9]+/);
    if (fraction !== undefined) this.fields.nanoseconds = nanosecondsOf(fraction);
    return undefined;
  }

  #fraction(element: string): ElementProblem {
    if (element.charAt(1) === '9') {
      const found = this.#take(/^[.,][0-9]+/);
      if (found !== undefined) this.fields.nanoseconds = nanosecondsOf(found);
      return undefined;
    }
    const text = this.rest.slice(0, element.length);
    if (text.length < element.length || !/^[.,][+-]?[0-9]*$/.test(text.slice(0, 10))) return 'bad';
    this.rest = this.rest.slice(element.length);
    this.fields.nanoseconds = nanosecondsOf(text);
    return this.fields.nanoseconds < 0 ? 'fractional second' : undefined;
  }

  #half(element: string): ElementProblem {
    const found = this.#take(element === 'PM' ? /^[AP]M/ : /^[ap]m/);
    if (found === undefined) return 'bad';
    this.fields.half = found.toLowerCase() === 'pm' ? 'pm' : 'am';
    return undefined;
  }

  #offset(element: string): ElementProblem {
    if (element.startsWith('Z') && this.#take(/^Z/) !== undefined) {
      this.fields.isUtc = true;
      return undefined;
    }
    const shape = element.slice(1);
    const text = this.rest.slice(0, element.length);
    if (text.length < element.length) return 'bad';
    for (let i = 0; i < shape.length; i += 1) {
      if (shape.charAt(i) === ':' && text.charAt(i + 1) !== ':') return 'bad';
    }
    this.rest = this.rest.slice(element.length);
    return this.#offsetDigits(text.charAt(0), text.slice(1).replaceAll(':', ''));
  }

  /** Go judges the ranges of what it could read before it tells that it could not read the rest. */
  #offsetDigits(sign: string, digits: string): ElementProblem {
    const names = ['hour', 'minute', 'second'];
    const limits = [24, 60, 60];
    let seconds = 0;
    let isBad = sign !== '+' && sign !== '-';
    let problem: ElementProblem;
    for (let i = 0; i * 2 < digits.length; i += 1) {
      const pair = digits.slice(i * 2, i * 2 + 2);
      if (!/^[0-9]{2}$/.test(pair)) {
        isBad = true;
        break;
      }
      if (Number(pair) > (limits[i] ?? 0)) problem = `time zone offset ${names[i]}`;
      seconds += Number(pair) * 60 ** (2 - i);
    }
    this.fields.offset = sign === '-' ? -seconds : seconds;
    return problem ?? (isBad ? 'bad' : undefined);
  }

  #zoneName(): ElementProblem {
    if (this.#take(/^UTC/) !== undefined) {
      this.fields.isUtc = true;
      return undefined;
    }
    const name = this.#take(zoneNamePattern);
    if (name === undefined) return 'bad';
    this.fields.zoneName = name;
    return undefined;
  }
}

const signedHours = '[+-]0*(?:[0-9]|1[0-9]|2[0-3])(?![0-9])';

/** Three capitals, or four or five that end in T; some exceptions; offsets in hours, alone or after GMT. */
const zoneNamePattern = new RegExp(
  `^(?:ChST|MeST|GMT(?:${signedHours})?|${signedHours}|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))`,
);

function lower(letter: string): string {
  return letter.toLowerCase();
}

/** Of `.123`; digits beyond nanoseconds are dropped. */
function nanosecondsOf(fraction: string): number {
  const digits = fraction.slice(1, 10);
  return Number(digits) * 10 ** (9 - digits.length);
}

/** Go compares bytes, so that a mismatch may lie inside a character. */
function afterCommonBytes(text: string, other: string): string {
  const bytes = encodeText(text);
  const otherBytes = encodeText(other);
  let count = 0;
  while (count < bytes.length && bytes[count] === otherBytes[count]) count += 1;
  return decodeBytes(bytes.subarray(count));
}
