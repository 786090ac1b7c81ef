interface Variable {
  readonly name: string;
  /** Holds the value; the slot after it the list or map whose element that is, when `range` set it. */
  readonly slot: number;
  /** Declared where `and` or `or` may not come by. */
  readonly isConditional: boolean;
}

/** Value of a conditional variable's slot while the declaration has not run. */
export const unset: unique symbol = Symbol('unset');

/** Resolves variables to slots of the frame, in the order in which text/template pushes them while running. */
export class Scope {
  #variables: Variable[] = [];
  /** Shared with the forks: all of them write to one frame. */
  #slots = { count: 0 };
  #conditional: number[] | undefined;

  /** Number of slots a frame needs. */
  get slotCount(): number {
    return this.#slots.count;
  }

  newSlot(): number {
    return this.#slots.count++;
  }

  /** A scope that sees what this one sees now, for code compiled later; its slots are new ones of the same frame. */
  fork(): Scope {
    const fork = new Scope();
    fork.#variables = this.#variables.slice();
    fork.#slots = this.#slots;
    return fork;
  }

  mark(): number {
    return this.#variables.length;
  }

  pop(mark: number): void {
    this.#variables.length = mark;
  }

  declare(name: string): number {
    const slot = this.newSlot();
    this.newSlot();
    this.#conditional?.push(slot);
    this.#variables.push({ name, slot, isConditional: this.#conditional !== undefined });
    return slot;
  }

  /** The variables `name` can mean, innermost first: conditional ones and then at most one that is sure to be set. */
  find(name: string): readonly Variable[] {
    const found: Variable[] = [];
    for (let at = this.#variables.length - 1; at >= 0; at--) {
      const variable = this.#variables[at];
      if (variable?.name !== name) continue;
      found.push(variable);
      if (!variable.isConditional) break;
    }
    return found;
  }

  /** Runs `compile` for code that may be skipped; gives the slots declared in it. */
  conditionally(compile: () => void): readonly number[] {
    const outer = this.#conditional;
    const declared: number[] = [];
    this.#conditional = declared;
    compile();
    this.#conditional = outer;
    outer?.push(...declared);
    return declared;
  }
}
