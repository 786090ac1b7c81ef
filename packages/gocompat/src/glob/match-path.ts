/**
 * Go's `filepath.Match`. Comes in: a pattern and a name with `/` as separator; goes out: whether the whole name
 * matches. Walking folders is the business of whoever has a file system.
 */
import { isByteEscape } from '../text.ts';
import { GoError } from '../value/go-struct.ts';

/** A part of a pattern without stars of its own; a star may stand before it. */
interface Chunk {
  readonly star: boolean;
  readonly text: string;
}

const cache = new Map<string, readonly Chunk[]>();
const cacheLimit = 200;

/**
 * Go's `filepath.Match` on Unix: `*` and `?` stop at `/`, classes are `[a-z]` and `[^a-z]`, `\` escapes; there is no
 * `**`. Throws GoError `syntax error in pattern`, but like Go only for what the comparison comes to.
 */
export function matchPath(pattern: string, name: string): boolean {
  const chunks = chunksOf(pattern);
  let rest = name;
  for (let i = 0; i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (chunk === undefined) break;
    if (chunk.star && chunk.text === '') return !rest.includes('/');
    const after = matchAt(chunk, rest, i === chunks.length - 1);
    if (after === undefined) return false;
    rest = after;
  }
  return rest === '';
}

function chunksOf(pattern: string): readonly Chunk[] {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const chunks: Chunk[] = [];
  let rest = pattern;
  while (rest !== '') {
    const body = rest.replace(/^\*+/, '');
    const length = chunkLength(body);
    chunks.push({ star: body.length < rest.length, text: body.slice(0, length) });
    rest = body.slice(length);
  }
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(pattern, chunks);
  return chunks;
}

/** Up to the next star outside brackets. */
function chunkLength(text: string): number {
  let isInClass = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '[') isInClass = true;
    else if (char === ']') isInClass = false;
    else if (char === '*' && !isInClass) return i;
  }
  return text.length;
}

/** What follows the chunk in `name`, trying later places when a star stands before it. */
function matchAt(chunk: Chunk, name: string, isLast: boolean): string | undefined {
  const direct = matchChunk(chunk.text, name);
  if (direct !== undefined && (direct === '' || !isLast)) return direct;
  if (!chunk.star) return undefined;
  for (let i = 0; i < name.length && name.charAt(i) !== '/'; i += 1) {
    const after = matchChunk(chunk.text, name.slice(i + 1));
    if (after !== undefined && (after === '' || !isLast)) return after;
  }
  return undefined;
}

/** The rest of `name` after `chunk`; reads the chunk to its end even after a mismatch, to find what is malformed. */
function matchChunk(chunk: string, name: string): string | undefined {
  let at = 0;
  let position = 0;
  let failed = false;
  while (at < chunk.length) {
    failed ||= position === name.length;
    const code = failed ? 0 : (name.codePointAt(position) ?? 0);
    const matched = matchElement(chunk, at, code);
    at = matched.end;
    failed ||= !matched.isMatch;
    if (!failed) position += widthOf(code);
  }
  return failed ? undefined : name.slice(position);
}

function matchElement(chunk: string, start: number, code: number): ElementMatch {
  const char = chunk.charAt(start);
  if (char === '[') return matchClass(chunk, start + 1, code);
  if (char === '?') return { isMatch: code !== 47, end: start + 1 };
  const at = char === '\\' ? start + 1 : start;
  const wanted = chunk.codePointAt(at);
  if (wanted === undefined) throw badPattern();
  return { isMatch: wanted === code, end: at + widthOf(wanted) };
}

function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}

interface ElementMatch {
  readonly isMatch: boolean;
  readonly end: number;
}

function matchClass(chunk: string, start: number, code: number): ElementMatch {
  const isNegated = chunk.charAt(start) === '^';
  let at = isNegated ? start + 1 : start;
  let isMatch = false;
  for (let count = 0; ; count += 1) {
    if (chunk.charAt(at) === ']' && count > 0) return { isMatch: isMatch !== isNegated, end: at + 1 };
    const low = classCharacter(chunk, at);
    at = low.end;
    let high = low.code;
    if (chunk.charAt(at) === '-') {
      const upper = classCharacter(chunk, at + 1);
      high = upper.code;
      at = upper.end;
    }
    isMatch ||= low.code <= code && code <= high;
  }
}

interface ClassCharacter {
  readonly code: number;
  readonly end: number;
}

function classCharacter(chunk: string, start: number): ClassCharacter {
  let at = start;
  const first = chunk.charAt(at);
  if (first === '' || first === '-' || first === ']') throw badPattern();
  if (first === '\\') at += 1;
  const code = chunk.codePointAt(at);
  if (code === undefined || isByteEscape(code)) throw badPattern();
  const end = at + widthOf(code);
  if (end >= chunk.length) throw badPattern();
  return { code, end };
}

function badPattern(): GoError {
  return new GoError('syntax error in pattern');
}
