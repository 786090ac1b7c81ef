/** sprig's functions that cut text by byte offsets. Wrapping and abbreviating follow goutils. */
import { byteLength, isAscii, sliceBytes } from '@flotilla/gocompat';
import { fromBinary, toBinary } from './binary-text.ts';
import { panic } from './panic.ts';

/** `trunc`: the first `count` bytes, or the last `-count`. */
export function truncate(count: number, text: string): string {
  // A UTF-16 unit is at most three bytes.
  if (count >= text.length * 3) return text;
  const length = byteLength(text);
  if (count < 0) return length + count > 0 ? sliceBytes(text, length + count) : text;
  return length > count ? sliceBytes(text, 0, count) : text;
}

/** `substr`: a negative start or end means from the beginning, or to the end. */
export function substring(start: number, end: number, text: string): string {
  const length = byteLength(text);
  if (start < 0) return sliceChecked(text, 0, end, length);
  if (end >= 0 && end <= length) {
    if (start > end) panic(`runtime error: slice bounds out of range [${start}:${end}]`);
    return sliceBytes(text, start, end);
  }
  if (start > length) panic(`runtime error: slice bounds out of range [${start}:${length}]`);
  return sliceBytes(text, start);
}

function sliceChecked(text: string, start: number, end: number, length: number): string {
  if (end < 0) panic(`runtime error: slice bounds out of range [:${end}]`);
  if (end > length) panic(`runtime error: slice bounds out of range [:${end}] with length ${length}`);
  return sliceBytes(text, start, end);
}

/** `abbrev`: at most `width` bytes, the last three being dots. */
export function abbreviate(width: number, text: string): string {
  return width < 4 ? text : abbreviateFrom(0, width, text);
}

/** `abbrevboth`: as abbrev, but starting near `offset` with dots in front. */
export function abbreviateBoth(offset: number, width: number, text: string): string {
  return width < 4 || (offset > 0 && width < 7) ? text : abbreviateFrom(offset, width, text);
}

function abbreviateFrom(wanted: number, width: number, text: string): string {
  const length = byteLength(text);
  if (length <= width) return text;
  const offset = Math.min(wanted, length);
  const from = length - offset < width - 3 ? length - (width - 3) : offset;
  if (from <= 4) return `${sliceBytes(text, 0, width - 3)}...`;
  if (from + width - 3 < length) return `...${abbreviateFrom(0, width - 3, sliceBytes(text, from))}`;
  return `...${sliceBytes(text, length - (width - 3))}`;
}

export interface WrapOptions {
  readonly width: number;
  readonly newLine: string;
  readonly cutLongWords: boolean;
}

/** goutils' `WrapCustom`: breaks at spaces so that lines have at most `width` bytes where words allow it. */
export function wrapText(text: string, options: WrapOptions): string {
  const newLine = options.newLine === '' ? '\n' : options.newLine;
  const width = Math.max(options.width, 1);
  if (isAscii(text) && isAscii(newLine)) return wrapBinary(text, { ...options, width, newLine });
  return fromBinary(wrapBinary(toBinary(text), { ...options, width, newLine: toBinary(newLine) }));
}

function wrapBinary(text: string, options: WrapOptions): string {
  let wrapped = '';
  let offset = 0;
  while (text.length - offset > options.width) {
    if (text[offset] === ' ') {
      offset += 1;
      continue;
    }
    const line = nextLine(text, offset, options);
    wrapped += text.slice(offset, line.end) + (line.isLast ? '' : options.newLine);
    offset = line.next;
  }
  return wrapped + text.slice(offset);
}

interface WrappedLine {
  readonly end: number;
  readonly next: number;
  readonly isLast: boolean;
}

function nextLine(text: string, offset: number, options: WrapOptions): WrappedLine {
  const limit = offset + options.width;
  const space = text.lastIndexOf(' ', limit);
  if (space >= offset) return { end: space, next: space + 1, isLast: false };
  if (options.cutLongWords) return { end: limit, next: limit, isLast: false };
  const later = text.indexOf(' ', limit);
  if (later < 0) return { end: text.length, next: text.length, isLast: true };
  return { end: later, next: later + 1, isLast: false };
}
