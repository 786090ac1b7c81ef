/**
 * The syntax tree. `start` and `end` say what a node covers; `pos` is where text/template says it is, which for `.a.b` is
 * the second dot.
 */
import type { Source } from '@flotilla/diagnostics';

interface Place {
  readonly pos: number;
  readonly start: number;
  readonly end: number;
}

export interface TextNode extends Place {
  readonly kind: 'text';
  readonly text: string;
}

export interface ActionNode extends Place {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}

export interface BranchNode extends Place {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | undefined;
}

export interface JumpNode extends Place {
  readonly kind: 'break' | 'continue';
}

export interface TemplateNode extends Place {
  readonly kind: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface ListNode extends Place {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

export type StatementNode = TextNode | ActionNode | BranchNode | JumpNode | TemplateNode;

export interface PipeNode extends Place {
  readonly kind: 'pipe';
  readonly isAssign: boolean;
  /** The variables set, each a name with its `$`. */
  readonly declarations: readonly string[];
  readonly commands: readonly CommandNode[];
}

export interface CommandNode extends Place {
  readonly kind: 'command';
  /** At least one. */
  readonly operands: readonly OperandNode[];
}

export interface IdentifierNode extends Place {
  readonly kind: 'identifier';
  readonly name: string;
}

export interface FieldNode extends Place {
  readonly kind: 'field';
  /** At least one name. */
  readonly path: readonly string[];
}

export interface VariableNode extends Place {
  readonly kind: 'variable';
  readonly name: string;
  readonly path: readonly string[];
}

/** Fields of a parenthesised pipeline or of a function called without arguments. */
export interface ChainNode extends Place {
  readonly kind: 'chain';
  readonly base: PipeNode | IdentifierNode;
  readonly path: readonly string[];
}

export interface DotNode extends Place {
  readonly kind: 'dot';
}

export interface NilNode extends Place {
  readonly kind: 'nil';
}

export interface BoolNode extends Place {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface StringNode extends Place {
  readonly kind: 'string';
  /** As written, with its quotes. */
  readonly quoted: string;
  readonly text: string;
}

/** A number under every type that can hold it. */
export interface NumberNode extends Place {
  readonly kind: 'number';
  readonly text: string;
  readonly signed: bigint | undefined;
  readonly unsigned: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly real: number; readonly imaginary: number } | undefined;
}

export type OperandNode =
  | IdentifierNode
  | FieldNode
  | VariableNode
  | ChainNode
  | DotNode
  | NilNode
  | BoolNode
  | StringNode
  | NumberNode
  | PipeNode;

export type Node = StatementNode | ListNode | CommandNode | OperandNode;

/** One body: a file, a `define` or a `block`. */
export interface TemplateTree {
  readonly name: string;
  /** The name given to the parse, which locations print. */
  readonly parseName: string;
  readonly source: Source;
  readonly root: ListNode;
  /** True when there is nothing but white space: such a body never replaces another. */
  readonly isEmpty: boolean;
}
