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

/** Shares one piece of work under a key; a failure is forgotten, so that it can be tried again. */
export function shared<T>(memory: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const running = work().catch((error: unknown) => {
    memory.delete(key);
    throw error;
  });
  memory.set(key, running);
  return running;
}
