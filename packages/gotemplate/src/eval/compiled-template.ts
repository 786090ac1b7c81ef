import type { TemplateTree } from '../parse/node.ts';
import { compileOperand, compilePipe } from './compile-pipeline.ts';
import { compileList } from './compile-statement.ts';
import type { Compiler } from './compiler.ts';
import type { Execute } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import { Scope } from './scope.ts';

export interface CompiledBody {
  readonly execute: Execute;
  readonly slotCount: number;
  /** The variables of a new frame. */
  readonly slots: readonly undefined[];
}

/** A body that compiles when it first runs. It knows nothing of data, options or other templates, so any set may hold it. */
export class CompiledTemplate {
  readonly tree: TemplateTree;
  readonly #language: TemplateLanguage;
  #body: CompiledBody | undefined;
  #mappedBody: CompiledBody | undefined;

  constructor(tree: TemplateTree, language: TemplateLanguage) {
    this.tree = tree;
    this.#language = language;
  }

  get body(): CompiledBody {
    this.#body ??= compileBody(this.tree, this.#language, false);
    return this.#body;
  }

  /** The same, with notes of what it prints where. */
  get mappedBody(): CompiledBody {
    this.#mappedBody ??= compileBody(this.tree, this.#language, true);
    return this.#mappedBody;
  }
}

function compileBody(tree: TemplateTree, language: TemplateLanguage, isMapped: boolean): CompiledBody {
  const scope = new Scope();
  const compiler: Compiler = {
    tree,
    language,
    scope,
    isMapped,
    dotContainer: undefined,
    pipe: (node) => compilePipe(compiler, node),
    operand: (node) => compileOperand(compiler, node),
  };
  const execute = compileList(compiler, tree.root);
  const { slotCount } = scope;
  return { execute, slotCount, slots: Array.from({ length: slotCount }, () => undefined) };
}
