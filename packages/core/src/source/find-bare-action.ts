/**
 * Looks for a template action that is not inside a YAML string or comment.
 * A line scanner, not a YAML parser: the text need not be YAML before it is rendered.
 */

type Quote = "'" | '"';

interface Scan {
  readonly text: string;
  /** Blocks whose strings Helmfile 1.x itself renders later; elsewhere a plain `x-{{ … }}` is worth nothing unrendered. */
  block: string;
  quote: Quote | undefined;
  /** Flow collections that are open. */
  depth: number;
  /** Lines indented deeper than this belong to a block scalar. */
  scalarIndent: number | undefined;
}

const renderedLater = new Set(['releases', 'templates', 'hooks']);
const blockHeader = /(?:^|[\s:-])[|>][-+0-9]*[ \t]*(?:#.*)?$/;

/** Offset of the first bare action, -1 when there is none. */
export function findBareAction(text: string): number {
  if (!text.includes('{{')) return -1;
  const scan: Scan = { text, block: '', quote: undefined, depth: 0, scalarIndent: undefined };
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const found = scanLine(scan, at, end);
    if (found !== -1) return found;
    at = end + 1;
  }
  return -1;
}

function scanLine(scan: Scan, start: number, end: number): number {
  const indent = indentOf(scan.text, start, end);
  if (start + indent === end) return -1;
  if (scan.scalarIndent !== undefined) {
    if (indent > scan.scalarIndent) return -1;
    scan.scalarIndent = undefined;
  }
  if (indent === 0 && scan.quote === undefined && scan.depth === 0) {
    scan.block = /^["']?([A-Za-z]+)["']?:/.exec(scan.text.slice(start, end))?.[1] ?? scan.block;
  }
  const found = scanTokens(scan, start + indent, end);
  if (found === -1 && scan.quote === undefined && scan.depth === 0) openBlockScalar(scan, start, end);
  return found;
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === ' ') at += 1;
  return at - start;
}

/** Content of a block scalar is deeper than the key, or the dash, that opens it. */
function openBlockScalar(scan: Scan, start: number, end: number): void {
  const line = scan.text.slice(start, end);
  if (!blockHeader.test(line)) return;
  const prefix = /^ *(?:- +)*/.exec(line)?.[0] ?? '';
  const hasKey = /^[^|>]*:[ \t]/.test(line.slice(prefix.length));
  scan.scalarIndent = hasKey ? prefix.length : Math.max(0, prefix.trimEnd().length - 1);
}

function scanTokens(scan: Scan, start: number, end: number): number {
  let at = start;
  let startsToken = true;
  while (at < end) {
    if (scan.quote !== undefined) {
      at = skipQuoted(scan, at, end);
      startsToken = false;
    } else if (startsComment(scan.text, at, startsToken)) {
      return -1;
    } else if (scan.text.startsWith('{{', at)) {
      if (startsToken || scan.depth > 0 || !isString(scan, at, end)) return at;
      at = actionEnd(scan.text, at, end);
    } else {
      startsToken = passCharacter(scan, at, startsToken);
      at += 1;
    }
  }
  return -1;
}

function startsComment(text: string, at: number, startsToken: boolean): boolean {
  return text[at] === '#' && (startsToken || isBlank(text[at - 1]));
}

function passCharacter(scan: Scan, at: number, startsToken: boolean): boolean {
  const char = scan.text[at];
  if (startsToken && (char === '"' || char === "'")) scan.quote = char;
  return nextStartsToken(scan, at, startsToken);
}

/** Keeps track of flow collections and says whether the next character can open a scalar. */
function nextStartsToken(scan: Scan, at: number, startsToken: boolean): boolean {
  const char = scan.text[at];
  if (isBlank(char)) {
    const before = scan.text[at - 1];
    return startsToken || before === ':';
  }
  if (startsToken && (char === '[' || char === '{')) {
    scan.depth += 1;
    return true;
  }
  if (scan.depth === 0) return startsToken && (char === '-' || char === '?') && isBlank(scan.text[at + 1]);
  if (char === ']' || char === '}') scan.depth -= 1;
  return char === ',';
}

/** Inside a plain scalar: does Helmfile 1.x treat it as a string that is of use? */
function isString(scan: Scan, at: number, end: number): boolean {
  return (
    renderedLater.has(scan.block) || scan.text.slice(at, actionEnd(scan.text, at, end)).includes('.Release')
  );
}

function actionEnd(text: string, at: number, end: number): number {
  const close = text.indexOf('}}', at);
  return close === -1 || close > end ? end : close + 2;
}

function skipQuoted(scan: Scan, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const char = scan.text[at];
    if (scan.quote === '"' && char === '\\') at += 1;
    else if (char === scan.quote) {
      if (char === "'" && scan.text[at + 1] === "'") at += 1;
      else {
        scan.quote = undefined;
        return at + 1;
      }
    }
  }
  return end;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === undefined || char === '\n';
}
