/**
 * A matcher in linear time (Pike's), for the patterns JS would match differently or backtrack on without end. Comes
 * in: a syntax tree and a text; goes out: the leftmost-first match with its groups, as RE2 finds it.
 */
import type { Assertion, Node, RepeatNode, RuneNode } from './syntax.ts';

type Instruction =
  | { readonly op: 'rune'; readonly test: (codePoint: number) => boolean }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly assertion: Assertion }
  | { readonly op: 'match' };

/** Offsets of the groups: start and end of each, -1 where a group took no part. */
export type Slots = readonly number[];

/** Compiles a tree. */
export function compilePike(root: Node): PikeProgram {
  const compiler = new Compiler();
  compiler.add({ op: 'capture', index: 0, body: root });
  compiler.emit({ op: 'match' });
  return new PikeProgram(compiler.instructions);
}

class Compiler {
  readonly instructions: Instruction[] = [];

  emit<T extends Instruction>(instruction: T): T {
    this.instructions.push(instruction);
    return instruction;
  }

  add(node: Node): void {
    switch (node.op) {
      case 'empty':
        return;
      case 'rune':
        this.emit({ op: 'rune', test: runeTest(node) });
        return;
      case 'assert':
        this.emit({ op: 'assert', assertion: node.assertion });
        return;
      case 'capture':
        this.emit({ op: 'save', slot: node.index * 2 });
        this.add(node.body);
        this.emit({ op: 'save', slot: node.index * 2 + 1 });
        return;
      case 'concat':
        for (const part of node.parts) this.add(part);
        return;
      case 'alternate':
        this.#alternate(node.parts);
        return;
      case 'repeat':
        this.#repeat(node);
    }
  }

  #alternate(parts: readonly Node[]): void {
    const jumps: { op: 'jump'; to: number }[] = [];
    parts.forEach((part, i) => {
      const isLast = i === parts.length - 1;
      const split = isLast ? undefined : this.#split();
      this.add(part);
      if (split === undefined) return;
      jumps.push(this.emit({ op: 'jump', to: 0 }));
      split.second = this.instructions.length;
    });
    for (const jump of jumps) jump.to = this.instructions.length;
  }

  #split(): { op: 'split'; first: number; second: number } {
    const at = this.instructions.length;
    return this.emit({ op: 'split', first: at + 1, second: at + 1 });
  }

  #repeat(node: RepeatNode): void {
    for (let i = 0; i < node.min - 1; i += 1) this.add(node.body);
    if (node.max < 0) {
      // A starred body that may be empty is (body+)?, which keeps RE2's order of preference.
      if (node.min === 0) this.#optional(node, () => this.#plus(node));
      else this.#plus(node);
      return;
    }
    if (node.min > 0) this.add(node.body);
    this.#optionals(node, node.max - node.min);
  }

  #optionals(node: RepeatNode, count: number): void {
    if (count <= 0) return;
    this.#optional(node, () => {
      this.add(node.body);
      this.#optionals(node, count - 1);
    });
  }

  #optional(node: RepeatNode, addBody: () => void): void {
    const split = this.#split();
    addBody();
    aim(split, node.isGreedy, { inside: split.first, after: this.instructions.length });
  }

  #plus(node: RepeatNode): void {
    const start = this.instructions.length;
    this.add(node.body);
    const split = this.#split();
    aim(split, node.isGreedy, { inside: start, after: this.instructions.length });
  }
}

interface Targets {
  readonly inside: number;
  readonly after: number;
}

function aim(split: { first: number; second: number }, isGreedy: boolean, { inside, after }: Targets): void {
  split.first = isGreedy ? inside : after;
  split.second = isGreedy ? after : inside;
}

function runeTest(node: RuneNode): (codePoint: number) => boolean {
  const { literal } = node;
  if (literal !== undefined && !(node.fold && node.hasCase)) return (codePoint) => codePoint === literal;
  const pattern = new RegExp(`^${node.source}`, node.fold && node.hasCase ? 'iu' : 'u');
  const known = new Map<number, boolean>();
  return (codePoint) => {
    let answer = known.get(codePoint);
    if (answer === undefined) {
      answer = pattern.test(String.fromCodePoint(codePoint));
      known.set(codePoint, answer);
    }
    return answer;
  };
}

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

interface Step {
  readonly threads: Thread[];
  readonly found: Slots | undefined;
}

/** A compiled tree; holds no state between searches. */
export class PikeProgram {
  readonly #instructions: readonly Instruction[];

  constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  /** The leftmost match that starts at `from` or later. */
  search(text: string, from: number): Slots | undefined {
    const marks = new Int32Array(this.#instructions.length).fill(-1);
    let threads: Thread[] = [];
    let found: Slots | undefined;
    let position = from;
    for (;;) {
      if (found === undefined) this.#follow(threads, { at: 0, slots: [] }, { text, position, marks });
      if (threads.length === 0 && found !== undefined) return found;
      const codePoint = text.codePointAt(position) ?? -1;
      position += codePoint > 0xffff ? 2 : 1;
      const step = this.#step(threads, codePoint, { text, position, marks });
      found = step.found ?? found;
      if (codePoint < 0) return found;
      threads = step.threads;
    }
  }

  /** Lets the threads read a character (-1 at the end); one that has matched cuts off those of lower preference. */
  #step(threads: readonly Thread[], codePoint: number, place: Place): Step {
    const next: Thread[] = [];
    for (const { at, slots } of threads) {
      const instruction = this.#instructions[at];
      if (instruction?.op === 'match') return { threads: next, found: slots };
      if (instruction?.op === 'rune' && codePoint >= 0 && instruction.test(codePoint)) {
        this.#follow(next, { at: at + 1, slots }, place);
      }
    }
    return { threads: next, found: undefined };
  }

  /** Adds `thread` and all it leads to without reading a character, in order of preference. */
  #follow(threads: Thread[], thread: Thread, place: Place): void {
    const pending: Thread[] = [thread];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      const { at, slots } = current;
      if (place.marks[at] === place.position) continue;
      place.marks[at] = place.position;
      const instruction = this.#instructions[at];
      switch (instruction?.op) {
        case 'split':
          pending.push({ at: instruction.second, slots }, { at: instruction.first, slots });
          break;
        case 'jump':
          pending.push({ at: instruction.to, slots });
          break;
        case 'save':
          pending.push({ at: at + 1, slots: withSlot(slots, instruction.slot, place.position) });
          break;
        case 'assert':
          if (holds(instruction.assertion, place.text, place.position)) pending.push({ at: at + 1, slots });
          break;
        default:
          threads.push(current);
      }
    }
  }
}

interface Place {
  readonly text: string;
  readonly position: number;
  readonly marks: Int32Array;
}

function withSlot(slots: Slots, slot: number, position: number): Slots {
  const copy = [...slots];
  while (copy.length <= slot) copy.push(-1);
  copy[slot] = position;
  return copy;
}

function holds(assertion: Assertion, text: string, position: number): boolean {
  switch (assertion) {
    case 'beginText':
      return position === 0;
    case 'endText':
      return position === text.length;
    case 'beginLine':
      return position === 0 || text.charAt(position - 1) === '\n';
    case 'endLine':
      return position === text.length || text.charAt(position) === '\n';
    case 'wordBoundary':
      return isWordAt(text, position - 1) !== isWordAt(text, position);
    case 'noWordBoundary':
      return isWordAt(text, position - 1) === isWordAt(text, position);
  }
}

function isWordAt(text: string, position: number): boolean {
  return /[0-9A-Za-z_]/.test(text.charAt(position));
}
