/**
 * Tokens to nodes, one document at a time, by recursive descent over go-yaml's grammar. Tokens are asked for in the
 * order in which Go asks for them, so that the first error is the same. Deals with documents, directives, anchors and
 * block collections; flow collections are in parse-flow.ts, values in decode-*.ts.
 */
import { problemError } from './cursor.ts';
import type { YamlAlias, YamlNode, YamlScalar } from './node.ts';
import { parseFlowMapping, parseFlowSequence } from './parse-flow.ts';
import { Scanner } from './scanner.ts';
import { TagHandles } from './tag-handles.ts';
import type { Token, TokenType } from './token.ts';
import { placeAt, type YamlDialect, YamlError } from './yaml-error.ts';

/** Anchor, tag and beginning of a node that is about to be read. */
export interface NodeProperties {
  readonly start: number;
  readonly line: number;
  readonly tag: string;
  readonly anchor: string | undefined;
}

/** Which nodes may stand here: only flow ones, block ones too, or also a sequence at its key's indentation. */
type NodeContext = 'flow' | 'block' | 'block-or-indentless';

type Places = Pick<Token, 'start' | 'line'>;

/** Tokens to nodes; see the file's head. */
export class Parser {
  private readonly scanner: Scanner;
  private readonly dialect: YamlDialect;
  private anchors = new Map<string, YamlNode>();
  private readonly tags = new TagHandles(this);
  private isFirst = true;

  constructor(text: string, dialect: YamlDialect) {
    this.dialect = dialect;
    this.scanner = new Scanner(text, dialect);
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.scanner.cursor.pos;
  }

  peek(): Token {
    return this.scanner.peek();
  }

  skip(): void {
    this.scanner.skip();
  }

  /** Steps over the current token and looks at the next. */
  advance(): Token {
    this.scanner.skip();
    return this.scanner.peek();
  }

  /** The root node of the next document; `undefined` at the end of the stream. */
  parseDocument(): YamlNode | undefined {
    let token = this.peek();
    if (!this.isFirst) while (token.type === 'document-end') token = this.advance();
    if (token.type === 'stream-end') return undefined;
    const isImplicit = this.isFirst && !startsDocument.has(token.type);
    this.isFirst = false;
    token = this.tags.readDirectives(token);
    // go-yaml v3 keeps the anchors of earlier documents.
    if (this.dialect === 'v2') this.anchors = new Map();
    if (isImplicit) return this.finishDocument(this.parseNode('block'));
    if (token.type !== 'document-start') throw this.error('did not find expected <document start>', token);
    token = this.advance();
    return this.finishDocument(
      endsContent.has(token.type) ? this.emptyScalar(token.start, token.line) : this.parseNode('block'),
    );
  }

  private finishDocument(root: YamlNode): YamlNode {
    if (this.peek().type === 'document-end') this.skip();
    this.tags.reset();
    return root;
  }

  /** The node at the current token. */
  parseNode(context: NodeContext): YamlNode {
    const first = this.peek();
    if (first.type === 'alias') return this.parseAlias(first);
    const properties =
      first.type === 'anchor' || first.type === 'tag'
        ? this.parseProperties(first)
        : { start: first.start, line: first.line, tag: '', anchor: undefined };
    const token = this.peek();
    if (token.type === 'scalar') return this.parseScalar(token, properties);
    if (context === 'block-or-indentless' && token.type === 'block-entry')
      return this.parseIndentless(properties);
    if (token.type === 'flow-sequence-start') return parseFlowSequence(this, properties);
    if (token.type === 'flow-mapping-start') return parseFlowMapping(this, properties);
    if (context !== 'flow') {
      if (token.type === 'block-sequence-start') return this.parseBlockSequence(properties);
      if (token.type === 'block-mapping-start') return this.parseBlockMapping(properties);
    }
    if (properties.anchor === undefined && properties.tag === '') {
      throw this.error('did not find expected node content', token, properties);
    }
    return this.emptyScalar(properties.start, properties.line, properties);
  }

  private parseAlias(token: Token): YamlAlias {
    const { start, end, line, text } = token;
    this.skip();
    const target = this.anchors.get(text);
    if (target === undefined) throw this.failure(`unknown anchor '${text}' referenced`, start);
    return { kind: 'alias', start, end, line, tag: '', name: text, target };
  }

  private parseProperties(first: Token): NodeProperties {
    let tagToken: Token | undefined;
    let anchor: string | undefined;
    let token = first;
    if (token.type === 'anchor') {
      anchor = token.text;
      token = this.advance();
      if (token.type === 'tag') {
        tagToken = token;
        this.advance();
      }
    } else {
      tagToken = token;
      token = this.advance();
      if (token.type === 'anchor') {
        anchor = token.text;
        this.advance();
      }
    }
    const tag = tagToken === undefined ? '' : this.tags.resolve(tagToken, first);
    return { start: first.start, line: first.line, tag, anchor };
  }

  private parseScalar(token: Token, { start, line, tag, anchor }: NodeProperties): YamlScalar {
    const { end, text, style } = token;
    const node: YamlScalar = { kind: 'scalar', start, end, line, tag, value: text, style };
    if (anchor !== undefined) this.anchors.set(anchor, node);
    this.skip();
    return node;
  }

  /** A value left out, where one is allowed to be. */
  emptyScalar(start: number, line: number, properties?: NodeProperties): YamlScalar {
    const tag = properties?.tag ?? '';
    const node: YamlScalar = { kind: 'scalar', start, end: start, line, tag, value: '', style: 'plain' };
    if (properties?.anchor !== undefined) this.anchors.set(properties.anchor, node);
    return node;
  }

  /** Registers a collection under its anchor before its content is read, so that the content may refer to it. */
  setAnchor(anchor: string | undefined, node: YamlNode): void {
    if (anchor !== undefined) this.anchors.set(anchor, node);
  }

  private parseBlockSequence({ start, line, tag, anchor }: NodeProperties): YamlNode {
    const opening = this.peek();
    const items: YamlNode[] = [];
    const node = { kind: 'sequence' as const, start, end: opening.end, line, tag, isFlow: false, items };
    this.setAnchor(anchor, node);
    let token = this.advance();
    while (token.type === 'block-entry') {
      const { end, line: entryLine } = token;
      token = this.advance();
      const isEmpty = token.type === 'block-entry' || token.type === 'block-end';
      items.push(isEmpty ? this.emptyScalar(end, entryLine) : this.parseNode('block'));
      token = this.peek();
    }
    if (token.type !== 'block-end') throw this.error("did not find expected '-' indicator", token, opening);
    this.skip();
    node.end = items.at(-1)?.end ?? node.end;
    return node;
  }

  private parseIndentless({ start, line, tag, anchor }: NodeProperties): YamlNode {
    const items: YamlNode[] = [];
    const node = { kind: 'sequence' as const, start, end: start, line, tag, isFlow: false, items };
    this.setAnchor(anchor, node);
    let token = this.peek();
    while (token.type === 'block-entry') {
      const { end, line: entryLine } = token;
      token = this.advance();
      const isEmpty = token.type === 'block-entry' || endsEntry(token.type);
      items.push(isEmpty ? this.emptyScalar(end, entryLine) : this.parseNode('block'));
      token = this.peek();
    }
    node.end = items.at(-1)?.end ?? start;
    return node;
  }

  private parseBlockMapping({ start, line, tag, anchor }: NodeProperties): YamlNode {
    const opening = this.peek();
    const node = {
      kind: 'mapping' as const,
      start,
      end: opening.end,
      line,
      tag,
      isFlow: false,
      entries: [] as Entries,
    };
    this.setAnchor(anchor, node);
    let token = this.advance();
    while (token.type === 'key') {
      const key = this.parseBlockKey(token);
      const value = this.parseBlockValue();
      node.entries.push({ key, value });
      node.end = value.end;
      token = this.peek();
    }
    if (token.type !== 'block-end') throw this.error('did not find expected key', token, opening);
    this.skip();
    return node;
  }

  private parseBlockKey({ end, line }: Token): YamlNode {
    const token = this.advance();
    return endsEntry(token.type) ? this.emptyScalar(end, line) : this.parseNode('block-or-indentless');
  }

  private parseBlockValue(): YamlNode {
    const token = this.peek();
    if (token.type !== 'value') return this.emptyScalar(token.start, token.line);
    const { end, line } = token;
    const next = this.advance();
    return endsEntry(next.type) ? this.emptyScalar(end, line) : this.parseNode('block-or-indentless');
  }

  /** A grammar error at `at` in a construct that began at `context`; the line is the one Go prints. */
  error(problem: string, at: Places, context?: Places): YamlError {
    const contextLine = context?.line ?? 0;
    const goLine = this.dialect === 'v3' ? contextLine || at.line : at.line || contextLine;
    return problemError(this.scanner.cursor, { problem, pos: at.start, goLine });
  }

  private failure(problem: string, offset: number): YamlError {
    return new YamlError(`yaml: ${problem}`, placeAt(this.scanner.cursor.text.slice(0, -1), offset));
  }
}

type Entries = { key: YamlNode; value: YamlNode }[];

const startsDocument: ReadonlySet<TokenType> = new Set([
  'version-directive',
  'tag-directive',
  'document-start',
]);
const endsContent: ReadonlySet<TokenType> = new Set([
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]);

function endsEntry(type: TokenType): boolean {
  return type === 'key' || type === 'value' || type === 'block-end';
}
