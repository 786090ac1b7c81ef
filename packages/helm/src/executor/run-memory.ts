import type { CallContext } from '@flotilla/core';

/** What is remembered during one command and forgotten with it; calls outside of a command remember nothing. */
export class RunMemory<T> {
  readonly #make: () => T;
  readonly #byRun = new WeakMap<object, T>();

  constructor(make: () => T) {
    this.#make = make;
  }

  of({ run }: Pick<CallContext, 'run'>): T {
    if (run === undefined) return this.#make();
    const known = this.#byRun.get(run);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#byRun.set(run, made);
    return made;
  }
}
