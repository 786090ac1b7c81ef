import type { YamlMapping, YamlNode, YamlSequence } from './node.ts';
import type { NodeProperties, Parser } from './parser.ts';
import type { Token, TokenType } from './token.ts';

/** Reads `[…]`; the current token is the bracket. */
export function parseFlowSequence(parser: Parser, properties: NodeProperties): YamlSequence {
  const { start, line, tag, anchor } = properties;
  const opening = parser.peek();
  const node: YamlSequence = {
    kind: 'sequence',
    start,
    end: opening.end,
    line,
    tag,
    isFlow: true,
    items: [],
  };
  parser.setAnchor(anchor, node);
  let token = parser.advance();
  let isFirst = true;
  while (token.type !== 'flow-sequence-end') {
    if (!isFirst) token = skipComma(parser, { opening, expected: "',' or ']'" });
    isFirst = false;
    if (token.type === 'flow-sequence-end') break;
    node.items.push(token.type === 'key' ? parsePair(parser, token) : parser.parseNode('flow'));
    token = parser.peek();
  }
  node.end = token.end;
  parser.skip();
  return node;
}

interface Expectation {
  readonly opening: Token;
  readonly expected: string;
}

function skipComma(parser: Parser, { opening, expected }: Expectation): Token {
  const token = parser.peek();
  if (token.type !== 'flow-entry') throw parser.error(`did not find expected ${expected}`, token, opening);
  return parser.advance();
}

/** A mapping of one entry inside a sequence: `[a: b]`. */
function parsePair(parser: Parser, keyToken: Token): YamlMapping {
  const { start, line } = keyToken;
  const first = parser.advance();
  const key =
    endsPair(first.type) || first.type === 'value'
      ? skipForEmptyKey(parser, first)
      : parser.parseNode('flow');
  const value = parsePairValue(parser);
  const end = parser.peek().start;
  return {
    kind: 'mapping',
    start,
    end: Math.min(value.end, end),
    line,
    tag: '',
    isFlow: true,
    entries: [{ key, value }],
  };
}

/** Go loses the token after an empty key here. */
function skipForEmptyKey(parser: Parser, token: Token): YamlNode {
  const { end, line } = token;
  parser.skip();
  return parser.emptyScalar(end, line);
}

function parsePairValue(parser: Parser): YamlNode {
  let token = parser.peek();
  if (token.type === 'value') {
    token = parser.advance();
    if (!endsPair(token.type)) return parser.parseNode('flow');
  }
  return parser.emptyScalar(token.start, token.line);
}

function endsPair(type: TokenType): boolean {
  return type === 'flow-entry' || type === 'flow-sequence-end';
}

/** Reads `{…}`; the current token is the brace. */
export function parseFlowMapping(parser: Parser, properties: NodeProperties): YamlMapping {
  const { start, line, tag, anchor } = properties;
  const opening = parser.peek();
  const node: YamlMapping = {
    kind: 'mapping',
    start,
    end: opening.end,
    line,
    tag,
    isFlow: true,
    entries: [],
  };
  parser.setAnchor(anchor, node);
  let token = parser.advance();
  let isFirst = true;
  while (token.type !== 'flow-mapping-end') {
    if (!isFirst) token = skipComma(parser, { opening, expected: "',' or '}'" });
    isFirst = false;
    if (token.type === 'flow-mapping-end') break;
    node.entries.push(parseFlowEntry(parser, token));
    token = parser.peek();
  }
  node.end = token.end;
  parser.skip();
  return node;
}

function parseFlowEntry(parser: Parser, token: Token): { key: YamlNode; value: YamlNode } {
  if (token.type !== 'key') {
    const key = parser.parseNode('flow');
    const after = parser.peek();
    return { key, value: parser.emptyScalar(after.start, after.line) };
  }
  const next = parser.advance();
  const isEmpty = next.type === 'value' || endsFlowEntry(next.type);
  const key = isEmpty ? parser.emptyScalar(next.start, next.line) : parser.parseNode('flow');
  return { key, value: parseFlowValue(parser) };
}

function parseFlowValue(parser: Parser): YamlNode {
  let token = parser.peek();
  if (token.type === 'value') {
    token = parser.advance();
    if (!endsFlowEntry(token.type)) return parser.parseNode('flow');
  }
  return parser.emptyScalar(token.start, token.line);
}

function endsFlowEntry(type: TokenType): boolean {
  return type === 'flow-entry' || type === 'flow-mapping-end';
}
