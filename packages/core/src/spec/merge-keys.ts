import type { YamlEntry, YamlMapping, YamlNode } from '@flotilla/gocompat';
import { countExpansion, type DecodeContext, reportFatal } from './decode-context.ts';

/** A mapping's own entries, and the mappings its `<<` names, in the order in which they count. */
export interface MergedMapping {
  readonly own: readonly YamlEntry[];
  readonly merged: readonly YamlMapping[];
}

/** Takes a mapping apart. Of several `<<` only the last counts, as in go-yaml. */
export function mergeSources(context: DecodeContext, node: YamlMapping): MergedMapping {
  if (!node.entries.some(isMergeEntry)) return { own: node.entries, merged: [] };
  const own = node.entries.filter((entry) => !isMergeEntry(entry));
  const source = node.entries.findLast(isMergeEntry)?.value;
  if (source === undefined) return { own, merged: [] };
  const named = source.kind === 'sequence' ? source.items : [source];
  return { own, merged: named.flatMap((each) => mappingOf(context, each)) };
}

/** Visits merged mappings; one that merges itself, or too many, end it. */
export function forEachMerged(
  context: DecodeContext,
  merged: readonly YamlMapping[],
  visit: (mapping: YamlMapping) => void,
): void {
  for (const mapping of merged) {
    if (context.following.has(mapping) || !countExpansion(context, mapping)) continue;
    context.following.add(mapping);
    visit(mapping);
    context.following.delete(mapping);
  }
}

function isMergeEntry({ key }: YamlEntry): boolean {
  return key.kind === 'scalar' && key.value === '<<' && key.style === 'plain' && key.tag === '';
}

function mappingOf(context: DecodeContext, node: YamlNode): readonly YamlMapping[] {
  const target = node.kind === 'alias' ? node.target : node;
  if (target.kind === 'mapping') return [target];
  const message = 'map merge requires map or sequence of maps as the value';
  reportFatal(context, node, { code: 'yaml/value', message, text: `yaml: ${message}` });
  return [];
}
