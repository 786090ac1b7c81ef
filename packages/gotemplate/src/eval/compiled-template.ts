import type { TemplateTree } from '../parse/node.ts';
import { compileOperand, compilePipe } from './compile-pipeline.ts';
import { compileList } from './compile-statement.ts';
import type { Compiler } from './compiler.ts';
import type { Execute } from './frame.ts';
import type { TemplateLanguage } from './language.ts';
import { Scope } from './scope.ts';

/** What runs, and the variables it runs with: there are more of them once a branch has been compiled. */
export class CompiledBody {
  readonly execute: Execute;
  readonly #scope: Scope;
  #slots: readonly undefined[] = [];

  constructor(execute: Execute, scope: Scope) {
    this.execute = execute;
    this.#scope = scope;
  }

  /** The variables of a new frame. */
  newSlots(): unknown[] {
    const { slotCount } = this.#scope;
    if (this.#slots.length !== slotCount) {
      this.#slots = Array.from({ length: slotCount }, () => undefined);
    }
    return this.#slots.slice();
  }
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
  const compiler = makeCompiler({ tree, language, scope, isMapped, dotContainer: undefined });
  return new CompiledBody(compileList(compiler, tree.root), scope);
}

function makeCompiler(state: Omit<Compiler, 'pipe' | 'operand' | 'fork'>): Compiler {
  const compiler: Compiler = {
    ...state,
    pipe: (node) => compilePipe(compiler, node),
    operand: (node) => compileOperand(compiler, node),
    fork: () => makeCompiler({ ...compiler, scope: compiler.scope.fork() }),
  };
  return compiler;
}
