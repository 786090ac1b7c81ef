/** A stream of pseudo-random choices that a seed decides. */
export interface Random {
  /** From 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
}

/** Choices from a seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
  };
}

/** Runs `make` between `least` and `most` times. */
export function several<T>(
  random: Random,
  [least, most]: readonly [number, number],
  make: () => T,
): readonly T[] {
  return Array.from({ length: least + random.below(most - least + 1) }, make);
}

/** The smallest part of `pieces` that still shows `fault`, by leaving out one after the other. */
export async function shrink<T>(
  pieces: readonly T[],
  fault: (pieces: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let smallest = pieces;
  for (let index = smallest.length - 1; index >= 0 && smallest.length > 1; index -= 1) {
    const without = smallest.filter((_piece, at) => at !== index);
    if (await fault(without)) smallest = without;
  }
  return smallest;
}
