/** HCL string templates: quoted strings and heredocs with `${…}` and `%{…}`. */
import { HclCursor } from './hcl-cursor.ts';
import type { HclExpression, HclTemplatePart } from './hcl-node.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads one expression; handed in, because expressions hold templates and templates hold expressions. */
export type ParseExpression = (cursor: HclCursor) => HclExpression;

/** `"…"`. */
export function parseQuoted(cursor: HclCursor, parse: ParseExpression): HclExpression {
  const start = cursor.at;
  cursor.at += 1;
  const ends = (each: HclCursor): boolean => each.startsWith('"');
  const parts = parseParts(cursor, { ends, hasEscapes: true, indent: 0, parse });
  cursor.at += 1;
  return simplified(parts, start, cursor.at);
}

/** `<<NAME` and `<<-NAME`, which drops the common indentation. */
export function parseHeredoc(cursor: HclCursor, parse: ParseExpression): HclExpression {
  const start = cursor.at;
  const head = cursor.takeMatch(/<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy);
  if (head === undefined)
    throw cursor.fail('Invalid expression', 'Expected a heredoc introducer such as <<EOT.');
  const [, dash, name] = head;
  const end = new RegExp(`^[ \\t]*${name}[ \\t\\r]*$`, 'm');
  const rest = cursor.text.slice(cursor.at);
  const found = end.exec(rest);
  if (found === null)
    throw cursor.fail('Unterminated template string', 'No closing marker was found for the string.');
  const body = rest.slice(0, found.index);
  const indent = dash === '-' ? commonIndent(body) : 0;
  // A text that ends where the body does keeps the places of errors true.
  const inner = new HclCursor(cursor.text.slice(0, cursor.at + found.index), cursor.at);
  const parts = parseParts(inner, { ends: (each) => each.isDone, hasEscapes: false, indent, parse });
  cursor.at += found.index + found[0].length;
  return simplified(parts, start, cursor.at);
}

function commonIndent(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Math.min(...lines.map((line) => /^ */.exec(line)?.[0].length ?? 0), Number.MAX_SAFE_INTEGER);
}

/** A template of one interpolation is that value, with its type. */
function simplified(parts: readonly HclTemplatePart[], start: number, end: number): HclExpression {
  const [only] = parts;
  if (only === undefined) return { kind: 'literal', value: '', start, end };
  if (parts.length === 1 && only.kind === 'text') return { kind: 'literal', value: only.text, start, end };
  if (parts.length === 1 && only.kind === 'value') return only.expression;
  return { kind: 'template', parts, start, end };
}

interface TemplateRules {
  readonly ends: (cursor: HclCursor) => boolean;
  readonly hasEscapes: boolean;
  /** Blanks that do not count at the start of a line. */
  readonly indent: number;
  readonly parse: ParseExpression;
}

type Directive = 'else' | 'endif' | 'endfor';

function parseParts(cursor: HclCursor, rules: TemplateRules): readonly HclTemplatePart[] {
  const { parts, stop } = parseUntil(cursor, rules);
  if (stop !== undefined)
    throw cursor.fail('Unexpected directive', `There is no open directive for "${stop}".`);
  return parts;
}

interface Parsed {
  readonly parts: readonly HclTemplatePart[];
  readonly stop: Directive | undefined;
}

function parseUntil(cursor: HclCursor, rules: TemplateRules): Parsed {
  const parts: HclTemplatePart[] = [];
  let text = '';
  let trims = false;
  const flush = (trimEnd: boolean): void => {
    const trimmed = trims ? text.replace(/^\s+/, '') : text;
    const kept = trimEnd ? trimmed.replace(/\s+$/, '') : trimmed;
    if (kept !== '') parts.push({ kind: 'text', text: kept });
    text = '';
  };
  while (!rules.ends(cursor)) {
    if (cursor.isDone)
      throw cursor.fail('Unterminated template string', 'No closing marker was found for the string.');
    const opener = cursor.takeMatch(/(?<!\$)\$\{~?|(?<!%)%\{~?/y)?.[0];
    if (opener === undefined) {
      text += takeText(cursor, rules);
      continue;
    }
    flush(opener.endsWith('~'));
    const isDirective = opener.startsWith('%');
    const directive = isDirective
      ? parseDirective(cursor, rules)
      : { part: interpolation(cursor, rules), stop: undefined, trims: false };
    trims = isDirective ? directive.trims : closes(cursor);
    if (directive.part !== undefined) parts.push(directive.part);
    if (directive.stop !== undefined) return { parts, stop: directive.stop };
  }
  flush(false);
  return { parts, stop: undefined };
}

function takeText(cursor: HclCursor, { hasEscapes, indent }: TemplateRules): string {
  const blanks = indent > 0 ? cursor.takeMatch(/(?<=\n) +/y)?.[0] : undefined;
  if (blanks !== undefined) return blanks.slice(indent);
  const doubled = cursor.takeMatch(/\$\$\{|%%\{/y);
  if (doubled !== undefined) return doubled[0].slice(1);
  if (hasEscapes && cursor.startsWith('\\')) {
    const unicode = cursor.takeMatch(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/y);
    if (unicode !== undefined)
      return String.fromCodePoint(Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16));
    const character = escapes[cursor.text[cursor.at + 1] ?? ''];
    if (character === undefined)
      throw cursor.fail(
        'Invalid escape sequence',
        'The symbol after the backslash is not one that can be escaped.',
      );
    cursor.at += 2;
    return character;
  }
  if (hasEscapes && cursor.startsWith('\n'))
    throw cursor.fail(
      'Invalid multi-line string',
      'Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to represent a newline character or use the "heredoc" multi-line template syntax.',
    );
  cursor.at += 1;
  return cursor.text[cursor.at - 1] ?? '';
}

function interpolation(cursor: HclCursor, { parse }: TemplateRules): HclTemplatePart {
  cursor.depth += 1;
  const expression = parse(cursor);
  cursor.skip();
  cursor.depth -= 1;
  return { kind: 'value', expression };
}

/** Takes the end of a sequence; true when it trims what follows. */
function closes(cursor: HclCursor): boolean {
  cursor.skip(true);
  const trims = cursor.startsWith('~}');
  if (!trims && !cursor.startsWith('}'))
    throw cursor.fail(
      'Extra characters after interpolation expression',
      'Expected a closing brace to end the sequence.',
    );
  cursor.at += trims ? 2 : 1;
  return trims;
}

interface DirectiveResult {
  readonly part: HclTemplatePart | undefined;
  readonly stop: Directive | undefined;
  readonly trims: boolean;
}

function parseDirective(cursor: HclCursor, rules: TemplateRules): DirectiveResult {
  cursor.skip(true);
  const word = cursor.takeIdentifier() ?? '';
  if (word === 'else' || word === 'endif' || word === 'endfor') {
    return { part: undefined, stop: word, trims: closes(cursor) };
  }
  if (word === 'if') return { part: parseIf(cursor, rules), stop: undefined, trims: false };
  if (word === 'for') return { part: parseForDirective(cursor, rules), stop: undefined, trims: false };
  throw cursor.fail('Invalid template directive', `"${word}" is not a valid directive keyword.`);
}

function parseIf(cursor: HclCursor, rules: TemplateRules): HclTemplatePart {
  const test = rules.parse(cursor);
  closes(cursor);
  const yes = parseUntil(cursor, rules);
  const no = yes.stop === 'else' ? parseUntil(cursor, rules) : { parts: [], stop: yes.stop };
  if (no.stop !== 'endif') throw cursor.fail('Unclosed directive', 'The "if" directive has no "endif".');
  return { kind: 'if', test, yes: yes.parts, no: no.parts };
}

function parseForDirective(cursor: HclCursor, rules: TemplateRules): HclTemplatePart {
  cursor.skip(true);
  let valueName = cursor.takeIdentifier() ?? '';
  let keyName: string | undefined;
  if (cursor.take(',')) {
    cursor.skip(true);
    keyName = valueName;
    valueName = cursor.takeIdentifier() ?? '';
  }
  if (!cursor.takeWord('in'))
    throw cursor.fail('Invalid for directive', "A for directive requires the 'in' keyword.");
  const over = rules.parse(cursor);
  closes(cursor);
  const body = parseUntil(cursor, rules);
  if (body.stop !== 'endfor') throw cursor.fail('Unclosed directive', 'The "for" directive has no "endfor".');
  return { kind: 'for', keyName, valueName, over, body: body.parts };
}
