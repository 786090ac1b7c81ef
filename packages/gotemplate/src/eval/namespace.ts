import type { CompiledTemplate } from './compiled-template.ts';

/** Templates by name. An overlay hides its parent's templates and never changes the parent. */
export class Namespace {
  readonly #parent: Namespace | undefined;
  readonly #own = new Map<string, CompiledTemplate>();

  constructor(parent?: Namespace) {
    this.#parent = parent;
  }

  lookup(name: string): CompiledTemplate | undefined {
    return this.#own.get(name) ?? this.#parent?.lookup(name);
  }

  /** Adds templates; one without a body, nothing but white space, does not replace another. */
  install(templates: Iterable<CompiledTemplate>): void {
    for (const template of templates) {
      const { name, isEmpty } = template.tree;
      if (!isEmpty || this.lookup(name) === undefined) this.#own.set(name, template);
    }
  }

  /** Names of all templates, those of the parents included. */
  names(): Set<string> {
    const names = this.#parent?.names() ?? new Set<string>();
    for (const name of this.#own.keys()) names.add(name);
    return names;
  }
}
