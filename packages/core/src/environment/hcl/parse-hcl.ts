import { HclCursor } from './hcl-cursor.ts';
import { type HclAttribute, type HclBlock, HclError } from './hcl-node.ts';
import { parseExpression } from './parse-expression.ts';

/** The `values` and `locals` blocks of a file. Throws HclError for anything else. */
export function parseHcl(text: string): readonly HclBlock[] {
  const cursor = new HclCursor(text);
  const blocks: HclBlock[] = [];
  cursor.skip(true);
  while (!cursor.isDone) {
    blocks.push(parseBlock(cursor));
    cursor.skip(true);
  }
  const locals = blocks.filter((block) => block.type === 'locals');
  const [first] = blocks;
  if (locals.length > 1 && first !== undefined) {
    const range = { start: first.start, end: first.start + first.type.length };
    throw new HclError('A file can only support exactly 1 `locals` block', '', range);
  }
  return blocks;
}

function parseBlock(cursor: HclCursor): HclBlock {
  const start = cursor.at;
  const type = cursor.takeIdentifier();
  const range = { start, end: cursor.at };
  if (type === undefined)
    throw cursor.fail(
      'Argument or block definition required',
      'An argument or block definition is required here.',
    );
  if (cursor.take('='))
    throw new HclError('Unsupported argument', `An argument named "${type}" is not expected here.`, range);
  if (type !== 'values' && type !== 'locals') {
    throw new HclError('Unsupported block type', `Blocks of type "${type}" are not expected here.`, range);
  }
  cursor.expect('{', 'Invalid block definition');
  const attributes: HclAttribute[] = [];
  cursor.skip(true);
  while (!cursor.startsWith('}')) {
    attributes.push(parseAttribute(cursor, attributes));
    cursor.skip(true);
  }
  cursor.at += 1;
  return { type, attributes, start, end: cursor.at };
}

function parseAttribute(cursor: HclCursor, earlier: readonly HclAttribute[]): HclAttribute {
  const start = cursor.at;
  const name = cursor.takeIdentifier();
  const range = { start, end: cursor.at };
  if (name === undefined)
    throw cursor.fail(
      'Argument or block definition required',
      'An argument or block definition is required here.',
    );
  if (!cursor.take('='))
    throw new HclError(`Unexpected "${name}" block`, 'Blocks are not allowed here.', range);
  if (earlier.some((each) => each.name === name)) {
    throw new HclError(
      'Attribute redefined',
      `The argument "${name}" was already set. Each argument may be set only once.`,
      range,
    );
  }
  const value = parseExpression(cursor);
  cursor.skip();
  if (!cursor.isDone && !cursor.startsWith('\n') && !cursor.startsWith('}')) {
    throw cursor.fail('Missing newline after argument', 'An argument definition must end with a newline.');
  }
  return { name, value, start, end: value.end };
}
