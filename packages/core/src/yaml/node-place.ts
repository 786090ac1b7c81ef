import type { Span } from '@flotilla/diagnostics';
import type { YamlEntry, YamlMapping, YamlNode } from '@flotilla/gocompat';
import type { PathSegment, Place } from './provenance.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** A Place in a YAML tree. `kept` are the indexes of the items that a decoded list still has, when some were dropped. */
export class NodePlace implements Place {
  readonly #node: YamlNode;
  readonly #document: YamlDocument;
  readonly #kept: readonly number[] | undefined;

  constructor(node: YamlNode, document: YamlDocument, kept?: readonly number[]) {
    this.#node = node;
    this.#document = document;
    this.#kept = kept;
  }

  span(): Span {
    return this.#document.spanOf(this.#node);
  }

  child(segment: PathSegment): Place | undefined {
    const value = this.#valueAt(segment);
    return value === undefined ? undefined : new NodePlace(value, this.#document);
  }

  keySpan(segment: PathSegment): Span | undefined {
    const entry = entryOf(this.#node, String(segment));
    return entry === undefined ? undefined : this.#document.spanOf(entry.key);
  }

  #valueAt(segment: PathSegment): YamlNode | undefined {
    const node = followAlias(this.#node);
    if (node?.kind !== 'sequence') return entryOf(this.#node, String(segment))?.value;
    const index = Number(segment);
    return node.items[this.#kept?.[index] ?? index];
  }
}

/** The entry of a mapping, or of what is merged into it, with the key `key`. */
function entryOf(node: YamlNode, key: string): YamlEntry | undefined {
  const mapping = followAlias(node);
  if (mapping?.kind !== 'mapping') return undefined;
  const own = mapping.entries.find((entry) => entry.key.kind === 'scalar' && entry.key.value === key);
  return own ?? mergedEntry(mapping, key);
}

function mergedEntry(mapping: YamlMapping, key: string): YamlEntry | undefined {
  for (const entry of mapping.entries) {
    if (entry.key.kind !== 'scalar' || entry.key.value !== '<<') continue;
    const sources = entry.value.kind === 'sequence' ? entry.value.items : [entry.value];
    for (const source of sources) {
      const found = followAlias(source) === mapping ? undefined : entryOf(source, key);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function followAlias(node: YamlNode): Exclude<YamlNode, { readonly kind: 'alias' }> | undefined {
  let current = node;
  for (let hops = 0; current.kind === 'alias'; hops += 1) {
    if (hops > 100) return undefined;
    current = current.target;
  }
  return current;
}
