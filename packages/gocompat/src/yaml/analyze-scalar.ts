import { asciiSet, isBlank, isBlankOrEnd, isBreak, SPACE } from './chars.ts';
import type { YamlDialect } from './yaml-error.ts';

/** Which styles can carry a text. */
export interface ScalarAnalysis {
  /** Holds a line break of YAML 1.1. */
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
  readonly allowsLiteral: boolean;
}

const leadingIndicators = asciiSet('#,[]{}&*!|>\'"%@`');

/** What a text permits, by libyaml's rules as each go-yaml has them. The text is not empty. */
export function analyzeScalar(text: string, dialect: YamlDialect): ScalarAnalysis {
  if (isPrintableAscii(text)) return analyzeLine(text);
  const blanks = analyzeBlanks(text);
  const { hasTab, hasSpecial } = findOddCharacters(text);
  const isSpecial = hasSpecial || (hasTab && dialect === 'v2');
  const allowsLiteral = !blanks.trailingSpace && !blanks.spaceBreak && !isSpecial;
  const allowsSingle = !blanks.breakSpace && !blanks.spaceBreak && !isSpecial && !hasTab;
  const allowsPlain = allowsSingle && !blanks.hasBreak && !blanks.isPadded && !hasIndicator(text);
  return { isMultiline: blanks.hasBreak, allowsPlain, allowsSingle, allowsLiteral };
}

/** True for texts without breaks, tabs and everything else that needs a closer look. */
export function isPrintableAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}

function analyzeLine(text: string): ScalarAnalysis {
  const endsInSpace = text.charCodeAt(text.length - 1) === SPACE;
  const allowsPlain = !endsInSpace && text.charCodeAt(0) !== SPACE && !hasIndicator(text);
  return { isMultiline: false, allowsPlain, allowsSingle: true, allowsLiteral: !endsInSpace };
}

interface Blanks {
  readonly hasBreak: boolean;
  readonly trailingSpace: boolean;
  readonly spaceBreak: boolean;
  readonly breakSpace: boolean;
  /** Begins or ends with a space or break. */
  readonly isPadded: boolean;
}

function analyzeBlanks(text: string): Blanks {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const hasBreak = /[\n\r\u0085\u2028\u2029]/.test(text);
  return {
    hasBreak,
    trailingSpace: last === SPACE,
    spaceBreak: hasBreak && / [\n\r\u0085\u2028\u2029]/.test(text),
    breakSpace: hasBreak && /[\n\r\u0085\u2028\u2029] /.test(text),
    isPadded: first === SPACE || last === SPACE || isBreak(first) || isBreak(last),
  };
}

interface OddCharacters {
  readonly hasTab: boolean;
  readonly hasSpecial: boolean;
}

const odd = /[^\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const special = /[^\t\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Tabs, and what only double quotes can carry: controls, NEL, CR and everything beyond U+FFFF. */
function findOddCharacters(text: string): OddCharacters {
  if (!odd.test(text)) return { hasTab: false, hasSpecial: false };
  return { hasTab: text.includes('\t'), hasSpecial: special.test(text) };
}

/** True when the text would read as something else, or as less, without quotes. */
function hasIndicator(text: string): boolean {
  if (text.startsWith('---') || text.startsWith('...')) return true;
  const first = text.charCodeAt(0);
  if (first < 128 && leadingIndicators[first] === 1) return true;
  const opensEntry = first === 0x3f || first === 0x3a || first === 0x2d;
  if (opensEntry && (text.length === 1 || isBlank(text.charCodeAt(1)))) return true;
  return hasInnerIndicator(text);
}

/** `: ` or `:` at the end, or `#` after a blank. */
function hasInnerIndicator(text: string): boolean {
  for (let at = text.indexOf(':', 1); at >= 0; at = text.indexOf(':', at + 1)) {
    if (at + 1 === text.length || isBlank(text.charCodeAt(at + 1))) return true;
  }
  for (let at = text.indexOf('#', 1); at >= 0; at = text.indexOf('#', at + 1)) {
    if (isBlankOrEnd(text.charCodeAt(at - 1))) return true;
  }
  return false;
}
