/**
 * IP addresses as Go's `net/netip` reads them. Comes in: text with one character per byte; goes out: 4 or 16 bytes and a zone.
 * Throws GoError with Go's `ParseAddr("x"): REASON`.
 */
import { GoError, quote } from '@flotilla/gocompat';
import { fromBinary } from './binary-text.ts';

export interface IpAddress {
  readonly bytes: readonly number[];
  readonly zone: string;
}

function problem(input: string, reason: string, at = ''): GoError {
  const where = at === '' ? '' : ` (at ${quote(fromBinary(at))})`;
  return new GoError(`ParseAddr(${quote(fromBinary(input))}): ${reason}${where}`);
}

/** Go's `netip.ParseAddr`. */
export function parseIpAddress(text: string): IpAddress {
  switch (/[.:%]/.exec(text)?.[0]) {
    case '.':
      return { bytes: parseIpv4(text, text), zone: '' };
    case ':':
      return parseIpv6(text);
    case '%':
      throw problem(text, 'missing IPv6 address');
    default:
      throw problem(text, 'unable to parse IP');
  }
}

function parseIpv4(input: string, text: string): number[] {
  const fields: number[] = [];
  let digits = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (/[0-9]/.test(char)) {
      digits = addDigit(input, digits, char);
    } else if (char === '.') {
      if (i === 0 || i === text.length - 1 || text[i - 1] === '.') {
        throw problem(input, 'IPv4 field must have at least one digit', text.slice(i));
      }
      if (fields.length === 3) throw problem(input, 'IPv4 address too long');
      fields.push(Number(digits));
      digits = '';
    } else {
      throw problem(input, 'unexpected character', text.slice(i));
    }
  }
  if (fields.length < 3) throw problem(input, 'IPv4 address too short');
  return [...fields, Number(digits)];
}

function addDigit(input: string, digits: string, digit: string): string {
  if (digits === '0') throw problem(input, 'IPv4 field has octet with leading zero');
  if (Number(digits + digit) > 255) throw problem(input, 'IPv4 field has value >255');
  return digits + digit;
}

function parseIpv6(input: string): IpAddress {
  const percent = input.indexOf('%');
  const zone = percent < 0 ? '' : input.slice(percent + 1);
  if (percent >= 0 && zone === '') throw problem(input, 'zone must be a non-empty string');
  const text = percent < 0 ? input : input.slice(0, percent);
  return { bytes: new Ipv6Reader(input, text).read(), zone };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

class Ipv6Reader {
  readonly #input: string;
  readonly #bytes: number[] = [];
  #rest: string;
  /** Where `::` stood. */
  #gap = -1;

  constructor(input: string, text: string) {
    this.#input = input;
    this.#rest = text;
  }

  read(): number[] {
    if (this.#rest.startsWith('::')) {
      this.#gap = 0;
      this.#rest = this.#rest.slice(2);
      if (this.#rest === '') return zeros(16);
    }
    while (this.#bytes.length < 16 && this.#readGroup());
    if (this.#rest !== '') throw problem(this.#input, 'trailing garbage after address', this.#rest);
    return this.#expand();
  }

  /** Reads up to the next colon; false at the end of the text. */
  #readGroup(): boolean {
    const group = this.#hexGroup();
    if (this.#rest[group.length] === '.') {
      this.#readIpv4();
      return false;
    }
    const value = Number.parseInt(group, 16);
    this.#bytes.push(value >> 8, value & 0xff);
    this.#rest = this.#rest.slice(group.length);
    return this.#rest !== '' && this.#readColon();
  }

  #hexGroup(): string {
    const group = /^[0-9a-fA-F]*/.exec(this.#rest)?.[0] ?? '';
    if (group.length > 4) {
      throw problem(this.#input, 'each group must have 4 or less digits', this.#rest);
    }
    if (group === '') {
      const reason = 'each colon-separated field must have at least one digit';
      throw problem(this.#input, reason, this.#rest);
    }
    return group;
  }

  #readIpv4(): void {
    if (this.#gap < 0 && this.#bytes.length !== 12) {
      const reason = 'embedded IPv4 address must replace the final 2 fields of the address';
      throw problem(this.#input, reason, this.#rest);
    }
    if (this.#bytes.length + 4 > 16) {
      const reason = 'too many hex fields to fit an embedded IPv4 at the end of the address';
      throw problem(this.#input, reason, this.#rest);
    }
    this.#bytes.push(...parseIpv4(this.#input, this.#rest));
    this.#rest = '';
  }

  #readColon(): boolean {
    if (this.#rest[0] !== ':') {
      throw problem(this.#input, 'unexpected character, want colon', this.#rest);
    }
    if (this.#rest.length === 1) {
      throw problem(this.#input, 'colon must be followed by more characters', this.#rest);
    }
    this.#rest = this.#rest.slice(1);
    if (this.#rest[0] !== ':') return true;
    if (this.#gap >= 0) throw problem(this.#input, 'multiple :: in address', this.#rest);
    this.#gap = this.#bytes.length;
    this.#rest = this.#rest.slice(1);
    return this.#rest !== '';
  }

  #expand(): number[] {
    const missing = 16 - this.#bytes.length;
    if (missing === 0 && this.#gap >= 0) {
      throw problem(this.#input, 'the :: must expand to at least one field of zeros');
    }
    if (missing === 0) return this.#bytes;
    if (this.#gap < 0) throw problem(this.#input, 'address string too short');
    this.#bytes.splice(this.#gap, 0, ...zeros(missing));
    return this.#bytes;
  }
}
