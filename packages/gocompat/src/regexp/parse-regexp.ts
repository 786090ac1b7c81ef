/**
 * Go's regular expression syntax (RE2 with Perl extensions). Comes in: a pattern; goes out: its tree, or a GoError
 * with the words of regexp/syntax. What the tree matches is decided in to-js.ts and pike.ts.
 */
import { anyNode, literalNode, parseBracketClass, parseClassEscape } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import { PatternCursor } from './pattern-cursor.ts';
import {
  type Assertion,
  childrenOf,
  emptyNode,
  type Node,
  type ParsedRegexp,
  type RepeatNode,
} from './syntax.ts';

interface Flags {
  readonly fold: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

/** An open group: the alternatives that are complete and the parts of the one being read. */
interface Frame {
  readonly alternatives: Node[];
  parts: Node[];
  /** Index of the capturing group, 0 for one that does not capture. */
  readonly capture: number;
  /** Flags to return to after the group. */
  readonly outerFlags: Flags;
}

const noFlags: Flags = { fold: false, multiline: false, dotAll: false, ungreedy: false };
const maxRepeat = 1000;
const maxDepth = 1000;
const countedRepeat = /\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/y;
const namedGroup = /\(\?P?</y;

const assertionEscapes: Readonly<Record<string, Assertion>> = {
  A: 'beginText',
  z: 'endText',
  b: 'wordBoundary',
  B: 'noWordBoundary',
};

/** Parses a pattern. Throws GoError such as ``error parsing regexp: missing closing ]: `[z` ``. */
export function parseRegexp(pattern: string): ParsedRegexp {
  return new RegexpParser(pattern).parse();
}

class RegexpParser {
  readonly #cursor: PatternCursor;
  readonly #names: string[] = [''];
  readonly #stack: Frame[] = [];
  #frame: Frame = { alternatives: [], parts: [], capture: 0, outerFlags: noFlags };
  #flags: Flags = noFlags;
  /** Where the repetition just read began; undefined when something else was read last. */
  #lastRepeat: number | undefined;

  constructor(pattern: string) {
    this.#cursor = new PatternCursor(pattern);
  }

  parse(): ParsedRegexp {
    while (!this.#cursor.isAtEnd) {
      const start = this.#cursor.at;
      this.#lastRepeat = this.#step() ? start : undefined;
    }
    if (this.#stack.length > 0) throw this.#cursor.error('missing closing )', 0);
    return { root: closeFrame(this.#frame), names: this.#names };
  }

  /** Reads one element; true when it was a repetition. */
  #step(): boolean {
    const char = this.#cursor.peek();
    switch (char) {
      case '*':
      case '+':
      case '?':
        this.#cursor.at += 1;
        this.#repeat(this.#cursor.at - 1, char === '+' ? 1 : 0, char === '?' ? 1 : -1);
        return true;
      case '{':
        return this.#countedRepeat();
      case '(':
        this.#open();
        return false;
      case ')':
        this.#close();
        return false;
      case '|':
        this.#cursor.at += 1;
        this.#frame.alternatives.push(joinParts(this.#frame.parts));
        this.#frame.parts = [];
        return false;
      case '\\':
        this.#escape();
        return false;
      default:
        this.#frame.parts.push(this.#atom(char));
        return false;
    }
  }

  #atom(char: string): Node {
    switch (char) {
      case '[':
        return parseBracketClass(this.#cursor, this.#flags.fold);
      case '^':
        this.#cursor.at += 1;
        return assertNode(this.#flags.multiline ? 'beginLine' : 'beginText');
      case '$':
        this.#cursor.at += 1;
        return assertNode(this.#flags.multiline ? 'endLine' : 'endText');
      case '.':
        this.#cursor.at += 1;
        return anyNode(this.#flags.dotAll);
      default:
        return literalNode(this.#cursor.next(), this.#flags.fold);
    }
  }

  #escape(): void {
    const cursor = this.#cursor;
    const letter = cursor.peek(1);
    const assertion = Object.hasOwn(assertionEscapes, letter) ? assertionEscapes[letter] : undefined;
    if (assertion !== undefined) {
      cursor.at += 2;
      this.#frame.parts.push(assertNode(assertion));
    } else if (letter === 'Q') {
      this.#quoted();
    } else if (letter === 'C') {
      throw cursor.error('invalid escape sequence', cursor.at, cursor.at + 2);
    } else {
      const { fold } = this.#flags;
      this.#frame.parts.push(parseClassEscape(cursor, fold) ?? literalNode(parseEscape(cursor), fold));
    }
  }

  /** `\Q…\E`: all literal. */
  #quoted(): void {
    const cursor = this.#cursor;
    cursor.at += 2;
    const found = cursor.pattern.indexOf('\\E', cursor.at);
    const end = found < 0 ? cursor.pattern.length : found;
    while (cursor.at < end) this.#frame.parts.push(literalNode(cursor.next(end), this.#flags.fold));
    cursor.accept('\\E');
  }

  #countedRepeat(): boolean {
    const cursor = this.#cursor;
    const start = cursor.at;
    countedRepeat.lastIndex = start;
    const match = countedRepeat.exec(cursor.pattern);
    if (match === null) {
      this.#frame.parts.push(literalNode(cursor.next(), this.#flags.fold));
      return false;
    }
    cursor.at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? -1 : Number(match[3]);
    if (min > maxRepeat || max > maxRepeat || (max >= 0 && min > max)) {
      throw cursor.error('invalid repeat count', start, cursor.at);
    }
    this.#repeat(start, min, max);
    return true;
  }

  #repeat(start: number, min: number, max: number): void {
    const cursor = this.#cursor;
    const isLazy = cursor.accept('?');
    if (this.#lastRepeat !== undefined) {
      throw cursor.error('invalid nested repetition operator', this.#lastRepeat, cursor.at);
    }
    const body = this.#frame.parts.pop();
    if (body === undefined) {
      throw cursor.error('missing argument to repetition operator', start, cursor.at);
    }
    const node: RepeatNode = { op: 'repeat', min, max, isGreedy: isLazy === this.#flags.ungreedy, body };
    if ((min >= 2 || max >= 2) && !isRepeatWithin(node, maxRepeat)) {
      throw cursor.error('invalid repeat count', start, cursor.at);
    }
    this.#frame.parts.push(node);
  }

  #open(): void {
    const cursor = this.#cursor;
    if (cursor.peek(1) !== '?') {
      cursor.at += 1;
      this.#push(this.#names.push('') - 1, this.#flags);
      return;
    }
    namedGroup.lastIndex = cursor.at;
    const named = namedGroup.exec(cursor.pattern);
    if (named !== null && cursor.at + named[0].length < cursor.pattern.length)
      this.#openNamed(named[0].length);
    else this.#openFlags();
  }

  #openNamed(prefixLength: number): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const end = cursor.pattern.indexOf('>', start);
    if (end < 0) {
      cursor.checkText(start);
      throw cursor.error('invalid named capture', start);
    }
    cursor.checkText(start + prefixLength, end);
    const name = cursor.pattern.slice(start + prefixLength, end);
    if (!/^[0-9A-Za-z_]+$/.test(name)) throw cursor.error('invalid named capture', start, end + 1);
    cursor.at = end + 1;
    this.#push(this.#names.push(name) - 1, this.#flags);
  }

  /** `(?i)`, `(?i-s:` and `(?:`. */
  #openFlags(): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    let flags = this.#flags;
    let isNegative = false;
    let needsFlag = false;
    cursor.at += 2;
    while (!cursor.isAtEnd) {
      const char = String.fromCodePoint(cursor.next());
      const changed = setFlag(flags, char, !isNegative);
      if (changed !== undefined) {
        flags = changed;
        needsFlag = false;
      } else if (char === '-' && !isNegative) {
        isNegative = true;
        needsFlag = true;
      } else if ((char === ':' || char === ')') && !needsFlag) {
        if (char === ':') this.#push(0, this.#flags);
        this.#flags = flags;
        return;
      } else {
        break;
      }
    }
    throw cursor.error('invalid or unsupported Perl syntax', start, cursor.at);
  }

  #push(capture: number, outerFlags: Flags): void {
    this.#stack.push(this.#frame);
    this.#frame = { alternatives: [], parts: [], capture, outerFlags };
    if (this.#stack.length > maxDepth) throw this.#cursor.error('expression nests too deeply', 0);
  }

  #close(): void {
    const outer = this.#stack.pop();
    if (outer === undefined) throw this.#cursor.error('unexpected )', 0);
    const { capture, outerFlags } = this.#frame;
    const body = closeFrame(this.#frame);
    this.#cursor.at += 1;
    this.#flags = outerFlags;
    this.#frame = outer;
    outer.parts.push(capture === 0 ? body : { op: 'capture', index: capture, body });
  }
}

function setFlag(flags: Flags, letter: string, value: boolean): Flags | undefined {
  switch (letter) {
    case 'i':
      return { ...flags, fold: value };
    case 'm':
      return { ...flags, multiline: value };
    case 's':
      return { ...flags, dotAll: value };
    case 'U':
      return { ...flags, ungreedy: value };
    default:
      return undefined;
  }
}

function assertNode(assertion: Assertion): Node {
  return { op: 'assert', assertion };
}

function joinParts(parts: readonly Node[]): Node {
  const [first] = parts;
  if (first === undefined) return emptyNode;
  return parts.length === 1 ? first : { op: 'concat', parts };
}

function closeFrame(frame: Frame): Node {
  const last = joinParts(frame.parts);
  return frame.alternatives.length === 0 ? last : { op: 'alternate', parts: [...frame.alternatives, last] };
}

/** Whether nested counts stay within `limit` copies. */
function isRepeatWithin(node: Node, limit: number): boolean {
  let rest = limit;
  if (node.op === 'repeat') {
    const count = node.max < 0 ? node.min : node.max;
    if (node.max === 0) return true;
    // `*`, `+` and `?` do not count in Go.
    const isCounted = node.min > 1 || node.max > 1;
    if (isCounted && count > limit) return false;
    if (isCounted && count > 0) rest = Math.trunc(limit / count);
  }
  return childrenOf(node).every((child) => isRepeatWithin(child, rest));
}
