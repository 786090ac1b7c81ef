import type { OperandNode, PipeNode, TemplateTree } from '../parse/node.ts';
import type { Evaluate } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import type { Scope } from './scope.ts';
import type { Site, Where } from './site.ts';

/** A compiled operand, command or pipeline. */
export interface Expression {
  readonly evaluate: Evaluate;
  /** The node that is current after the evaluation. */
  readonly last: Where;
  /** The value went through a pipeline: a nil interface counts as no value. */
  readonly isUnwrapped: boolean;
}

/** What compiling one body shares. */
export interface Compiler {
  readonly tree: TemplateTree;
  readonly language: TemplateLanguage;
  readonly scope: Scope;
  /** Statements note which part of the template they printed. */
  readonly isMapped: boolean;
  /** Slot of the list or map whose element dot is, inside a range. */
  dotContainer: number | undefined;
  readonly pipe: (node: PipeNode) => Expression;
  readonly operand: (node: OperandNode) => Expression;
  /** A compiler for a part of the same body that is compiled later: it sees the variables there are now. */
  readonly fork: () => Compiler;
}

export function siteOf(compiler: Compiler, where: Where): Site {
  return { tree: compiler.tree, where };
}
