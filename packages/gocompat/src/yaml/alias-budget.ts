const freeAliases = 100;
const freeDecodes = 1000;
const rangeLow = 400_000;
const rangeHigh = 4_000_000;

/** Bounds what aliases may blow up, by go-yaml's rule: the share of nodes reached through aliases. */
export class AliasBudget {
  private decoded = 0;
  private viaAlias = 0;
  private readonly open = new Set<object>();

  /** Counts one node; false when the document has spent its budget. */
  count(): boolean {
    this.decoded++;
    if (this.open.size === 0) return true;
    this.viaAlias++;
    if (this.viaAlias <= freeAliases || this.decoded <= freeDecodes) return true;
    return this.viaAlias / this.decoded <= allowedShare(this.decoded);
  }

  /** Enters an alias; false when it is being followed already. */
  enter(alias: object): boolean {
    if (this.open.has(alias)) return false;
    this.open.add(alias);
    return true;
  }

  leave(alias: object): void {
    this.open.delete(alias);
  }
}

function allowedShare(decoded: number): number {
  if (decoded <= rangeLow) return 0.99;
  if (decoded >= rangeHigh) return 0.1;
  return 0.99 - 0.89 * ((decoded - rangeLow) / (rangeHigh - rangeLow));
}
