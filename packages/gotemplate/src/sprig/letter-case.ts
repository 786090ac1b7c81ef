/** sprig's `title`, `untitle`, `swapcase`: case by word, code point by code point. */
import { isSpace } from '@flotilla/gocompat';
import {
  isDigit,
  isLetter,
  isLower,
  isTitle,
  isUpper,
  lowerRune,
  runesOf,
  titleRune,
  upperRune,
} from './unicode.ts';

/** `title`: the first letter after a separator in title case. Go's deprecated `strings.Title`. */
export function titleText(text: string): string {
  let previous = ' ';
  return runesOf(text)
    .map((rune) => {
      const isFirst = isSeparator(previous);
      previous = rune;
      return isFirst ? titleRune(rune) : rune;
    })
    .join('');
}

function isSeparator(rune: string): boolean {
  if (rune <= '\x7f') return !/[0-9A-Za-z_]/.test(rune);
  return !isLetter(rune) && !isDigit(rune) && isSpace(rune.charCodeAt(0));
}

/** `untitle`: the first character of each word in lower case. */
export function untitleText(text: string): string {
  let isFirst = true;
  return runesOf(text)
    .map((rune) => {
      const wasFirst = isFirst;
      isFirst = isSpace(rune.charCodeAt(0));
      return wasFirst && !isFirst ? lowerRune(rune) : rune;
    })
    .join('');
}

/** `swapcase`: upper and title case to lower, lower to upper, but to title case at the start of a word. */
export function swapCase(text: string): string {
  let isAfterSpace = true;
  return runesOf(text)
    .map((rune) => {
      const wasAfterSpace = isAfterSpace;
      isAfterSpace = isSpace(rune.charCodeAt(0));
      if (isUpper(rune) || isTitle(rune)) return lowerRune(rune);
      if (isLower(rune)) return wasAfterSpace ? titleRune(rune) : upperRune(rune);
      return rune;
    })
    .join('');
}
