/** HCL expressions. In: a cursor in front of one. Out: its tree; the cursor stands behind it. Throws HclError. */
import type { HclCursor } from './hcl-cursor.ts';
import { type HclEntry, type HclExpression, splatItem } from './hcl-node.ts';
import { parseHeredoc, parseQuoted } from './parse-template.ts';

/** From weakest to strongest. */
const precedence: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** `test ? yes : no`, or anything simpler. */
export function parseExpression(cursor: HclCursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  const test = parseBinary(cursor, 0);
  if (!cursor.take('?')) return test;
  const yes = parseExpression(cursor);
  cursor.expect(':', 'Missing false expression in conditional');
  const no = parseExpression(cursor);
  return { kind: 'conditional', test, yes, no, start, end: cursor.at };
}

function parseBinary(cursor: HclCursor, level: number): HclExpression {
  const operators = precedence[level];
  if (operators === undefined) return parseUnary(cursor);
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const operator = operators.find((each) => isOperator(cursor, each));
    if (operator === undefined) return left;
    cursor.take(operator);
    const right = parseBinary(cursor, level + 1);
    left = { kind: 'binary', operator, left, right, start: left.start, end: cursor.at };
  }
}

function isOperator(cursor: HclCursor, operator: string): boolean {
  cursor.skip();
  return cursor.startsWith(operator);
}

function parseUnary(cursor: HclCursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  for (const operator of ['-', '!'] as const) {
    if (!cursor.startsWith(operator) || cursor.startsWith('!=')) continue;
    cursor.at += 1;
    const operand = parseUnary(cursor);
    return { kind: 'unary', operator, operand, start, end: cursor.at };
  }
  return parseTraversals(cursor, parseTerm(cursor));
}

function parseTerm(cursor: HclCursor): HclExpression {
  const start = cursor.at;
  const number = cursor.takeMatch(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'literal', value: Number(number[0]), start, end: cursor.at };
  if (cursor.startsWith('"')) return parseQuoted(cursor, parseExpression);
  if (cursor.startsWith('<<')) return parseHeredoc(cursor, parseExpression);
  if (cursor.startsWith('(')) {
    cursor.at += 1;
    return cursor.inBrackets(')', () => parseExpression(cursor));
  }
  if (cursor.startsWith('[')) return parseTuple(cursor);
  if (cursor.startsWith('{')) return parseObject(cursor);
  return parseName(cursor);
}

const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

function parseName(cursor: HclCursor): HclExpression {
  const start = cursor.at;
  const name = cursor.takeIdentifier();
  if (name === undefined)
    throw cursor.fail(
      'Invalid expression',
      'Expected the start of an expression, but found an invalid expression token.',
    );
  if (Object.hasOwn(literals, name)) return { kind: 'literal', value: literals[name], start, end: cursor.at };
  if (!cursor.startsWith('(')) return { kind: 'variable', name, start, end: cursor.at };
  cursor.at += 1;
  let spreads = false;
  const args = cursor.inBrackets(')', () => {
    const list: HclExpression[] = [];
    while (!isOperator(cursor, ')')) {
      list.push(parseExpression(cursor));
      spreads = cursor.take('...');
      if (!cursor.take(',')) break;
    }
    return list;
  });
  return { kind: 'call', name, args, spreads, start, end: cursor.at };
}

function parseTuple(cursor: HclCursor): HclExpression {
  const start = cursor.at;
  cursor.at += 1;
  return cursor.inBrackets(']', (): HclExpression => {
    if (cursor.takeWord('for')) return parseFor(cursor, start, false);
    const items: HclExpression[] = [];
    while (!isOperator(cursor, ']')) {
      items.push(parseExpression(cursor));
      if (!cursor.take(',')) break;
    }
    return { kind: 'tuple', items, start, end: cursor.at + 1 };
  });
}

function parseObject(cursor: HclCursor): HclExpression {
  const start = cursor.at;
  cursor.at += 1;
  return cursor.inBrackets('}', (): HclExpression => {
    if (cursor.takeWord('for')) return parseFor(cursor, start, true);
    const entries: HclEntry[] = [];
    while (!isOperator(cursor, '}')) {
      const key = parseKey(cursor);
      if (!cursor.take('=') && !cursor.take(':')) {
        throw cursor.fail(
          'Missing attribute value',
          'Expected an attribute value, introduced by an equals sign ("=").',
        );
      }
      entries.push({ key, value: parseValueOnLine(cursor) });
      cursor.take(',');
    }
    return { kind: 'object', entries, start, end: cursor.at + 1 };
  });
}

/** A bare word is a key and no variable. */
function parseKey(cursor: HclCursor): HclExpression {
  cursor.skip();
  const start = cursor.at;
  const name = cursor.takeIdentifier();
  if (
    name !== undefined &&
    (isOperator(cursor, '=') || isOperator(cursor, ':')) &&
    !cursor.startsWith('==')
  ) {
    return { kind: 'literal', value: name, start, end: cursor.at };
  }
  cursor.at = start;
  return parseExpression(cursor);
}

/** A value inside an object ends with its line. */
function parseValueOnLine(cursor: HclCursor): HclExpression {
  cursor.skip();
  const { depth } = cursor;
  cursor.depth = 0;
  const value = parseExpression(cursor);
  cursor.depth = depth;
  return value;
}

function parseFor(cursor: HclCursor, start: number, isObject: boolean): HclExpression {
  cursor.skip();
  let valueName = cursor.takeIdentifier() ?? '';
  let keyName: string | undefined;
  if (cursor.take(',')) {
    cursor.skip();
    keyName = valueName;
    valueName = cursor.takeIdentifier() ?? '';
  }
  if (!cursor.takeWord('in'))
    throw cursor.fail(
      "Invalid 'for' expression",
      "For expression requires the 'in' keyword after its name declarations.",
    );
  const over = parseExpression(cursor);
  cursor.expect(':', "Invalid 'for' expression");
  const first = parseExpression(cursor);
  let key: HclExpression | undefined;
  let value = first;
  if (isObject) {
    cursor.expect('=>', "Invalid 'for' expression");
    key = first;
    value = parseExpression(cursor);
  }
  const groups = cursor.take('...');
  const test = cursor.takeWord('if') ? parseExpression(cursor) : undefined;
  return { kind: 'for', keyName, valueName, over, key, value, test, groups, start, end: cursor.at + 1 };
}

/** `.name`, `.0`, `[key]`, `.*` and `[*]` behind a term. */
function parseTraversals(cursor: HclCursor, term: HclExpression): HclExpression {
  let result = term;
  for (;;) {
    const { start } = result;
    if (cursor.startsWith('[*]') || cursor.startsWith('.*')) {
      cursor.at += cursor.startsWith('.*') ? 2 : 3;
      const item: HclExpression = { kind: 'variable', name: splatItem, start, end: cursor.at };
      return { kind: 'splat', of: result, each: parseTraversals(cursor, item), start, end: cursor.at };
    }
    const next = parseTraversal(cursor, result);
    if (next === undefined) return result;
    result = next;
  }
}

function parseTraversal(cursor: HclCursor, of: HclExpression): HclExpression | undefined {
  const { start } = of;
  if (cursor.startsWith('[')) {
    cursor.at += 1;
    const key = cursor.inBrackets(']', () => parseExpression(cursor));
    return { kind: 'index', of, key, start, end: cursor.at };
  }
  if (!cursor.startsWith('.') || cursor.startsWith('...')) return undefined;
  cursor.at += 1;
  const index = cursor.takeMatch(/\d+/y);
  if (index !== undefined) {
    const key: HclExpression = { kind: 'literal', value: Number(index[0]), start, end: cursor.at };
    return { kind: 'index', of, key, start, end: cursor.at };
  }
  const name = cursor.takeIdentifier();
  if (name === undefined)
    throw cursor.fail('Invalid attribute name', 'An attribute name is required after a dot.');
  return { kind: 'attribute', of, name, start, end: cursor.at };
}
