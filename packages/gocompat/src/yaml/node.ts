import type { ScalarStyle } from './token.ts';

/** What every node has. Offsets count UTF-16 units of the text that was parsed. */
interface NodeBase {
  /** Where the node begins, with its anchor and tag. */
  readonly start: number;
  /** Zero-based line of `start`. */
  readonly line: number;
  /** The tag as resolved through the document's directives (`tag:yaml.org,2002:str`, `!x`); empty when there is none. */
  readonly tag: string;
}

/** A scalar, with its text unquoted and unfolded. An omitted value is an empty plain scalar of no width. */
export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly end: number;
  readonly value: string;
  readonly style: ScalarStyle;
}

/** A mapping; `entries` are in the order of the text, duplicates included. */
export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  end: number;
  readonly isFlow: boolean;
  readonly entries: YamlEntry[];
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  end: number;
  readonly isFlow: boolean;
  readonly items: YamlNode[];
}

/** `*name`; `target` is the node that carried `&name` last. */
export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly end: number;
  readonly name: string;
  readonly target: YamlNode;
}

/** A node of the tree that parseYamlTree gives. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;
