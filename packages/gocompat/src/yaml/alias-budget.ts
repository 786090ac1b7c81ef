import { failure } from './decode-problem.ts';
import type { YamlAlias, YamlNode } from './node.ts';

const freeAliases = 100;
const freeDecodes = 1000;
const rangeLow = 400_000;
const rangeHigh = 4_000_000;

/** Bounds what aliases may blow up, by go-yaml's rule: the share of nodes reached through aliases. */
export class AliasBudget {
  private decoded = 0;
  private viaAlias = 0;
  private readonly open = new Set<object>();

  /** Counts one node. Throws DecodeProblem when the document has spent its budget. */
  count(node: YamlNode): void {
    this.decoded++;
    if (this.open.size === 0) return;
    this.viaAlias++;
    if (this.viaAlias <= freeAliases || this.decoded <= freeDecodes) return;
    if (this.viaAlias / this.decoded <= allowedShare(this.decoded)) return;
    throw failure('document contains excessive aliasing', node);
  }

  /** What `follow` makes of an alias. Throws DecodeProblem when the alias is being followed already. */
  throughAlias<T>(alias: YamlAlias, follow: () => T): T {
    if (this.open.has(alias)) throw failure(`anchor '${alias.name}' value contains itself`, alias);
    this.open.add(alias);
    const result = follow();
    this.open.delete(alias);
    return result;
  }
}

function allowedShare(decoded: number): number {
  if (decoded <= rangeLow) return 0.99;
  if (decoded >= rangeHigh) return 0.1;
  return 0.99 - 0.89 * ((decoded - rangeLow) / (rangeHigh - rangeLow));
}
