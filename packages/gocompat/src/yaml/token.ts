/** The scanner's tokens. */

export type TokenType =
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A place where a `key:` may turn out to begin. */
export interface SimpleKey {
  possible: boolean;
  /** True when the indentation leaves no other reading, so that a missing `:` is an error. */
  required: boolean;
  number: number;
  pos: number;
  line: number;
  column: number;
  /** The token that waits until it is known whether this key is one. */
  token: Token | undefined;
}

/** One token: `text` is a scalar's value, a name, a tag handle, or a version; `suffix` the rest of a tag. */
export class Token {
  readonly type: TokenType;
  readonly start: number;
  end: number;
  readonly line: number;
  text = '';
  suffix = '';
  style: ScalarStyle = 'plain';
  /** While this token may begin a key: the flow level of that key; -1 otherwise. */
  keyLevel = -1;

  constructor(type: TokenType, start: number, line: number) {
    this.type = type;
    this.start = start;
    this.end = start;
    this.line = line;
  }
}
