/** Lines that follow each other and share a fate. */
export interface LineChange {
  readonly added?: boolean;
  readonly removed?: boolean;
  readonly value: readonly string[];
}

/** Compares by Myers' algorithm: for texts too large for the exact one, and where dyff does. */
export type LineComparer = (left: readonly string[], right: readonly string[]) => readonly LineChange[];

/** Changed lines from which two texts count as replaced, so that time stays bounded. */
const editLimit = 1_000;

/** The library behind it is loaded when it is first needed. */
export async function loadLineComparer(): Promise<LineComparer> {
  const { diffArrays } = await import('diff');
  return (left, right) =>
    diffArrays([...left], [...right], { maxEditLength: editLimit }) ?? [
      { removed: true, value: left },
      { added: true, value: right },
    ];
}
