/** The syntax tree of a Go regular expression. */

export type Assertion = 'beginText' | 'endText' | 'beginLine' | 'endLine' | 'wordBoundary' | 'noWordBoundary';

/** One code point out of a set. */
export interface RuneNode {
  readonly op: 'rune';
  /** A JS pattern of the `u` mode that matches exactly one code point. */
  readonly source: string;
  /** Set for a single character. */
  readonly literal: number | undefined;
  /** Whether letter case is ignored. */
  readonly fold: boolean;
  /** Whether ignoring case makes a difference to this set. */
  readonly hasCase: boolean;
}

export interface RepeatNode {
  readonly op: 'repeat';
  readonly min: number;
  /** -1 when there is no limit. */
  readonly max: number;
  readonly isGreedy: boolean;
  readonly body: Node;
}

export type Node =
  | { readonly op: 'empty' }
  | RuneNode
  | RepeatNode
  | { readonly op: 'assert'; readonly assertion: Assertion }
  | { readonly op: 'capture'; readonly index: number; readonly body: Node }
  | { readonly op: 'concat'; readonly parts: readonly Node[] }
  | { readonly op: 'alternate'; readonly parts: readonly Node[] };

export interface ParsedRegexp {
  readonly root: Node;
  /** Names of the groups; index 0 is the whole match, unnamed groups are `''`. */
  readonly names: readonly string[];
}

export const emptyNode: Node = { op: 'empty' };

/** The direct children of a node. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case 'concat':
    case 'alternate':
      return node.parts;
    case 'capture':
    case 'repeat':
      return [node.body];
    case 'empty':
    case 'rune':
    case 'assert':
      return [];
  }
}

/** Whether the node can match without consuming anything. */
export function isNullable(node: Node): boolean {
  switch (node.op) {
    case 'rune':
      return false;
    case 'empty':
    case 'assert':
      return true;
    case 'capture':
      return isNullable(node.body);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'concat':
      return node.parts.every(isNullable);
    case 'alternate':
      return node.parts.some(isNullable);
  }
}
