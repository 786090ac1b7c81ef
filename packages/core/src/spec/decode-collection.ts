import { Dict, type YamlMapping, type YamlNode } from '@flotilla/gocompat';
import { NodePlace } from '../yaml/node-place.ts';
import { rememberPlace } from '../yaml/provenance.ts';
import type { DecodeContext } from './decode-context.ts';
import { isNullScalar } from './decode-scalar.ts';
import { type FieldType, text } from './field-type.ts';
import { forEachMerged, mergeSources } from './merge-keys.ts';

/** A list. Items that are null, or of the wrong type, are left out, except that free-form lists keep null. */
export function decodeList(
  context: DecodeContext,
  node: YamlNode & { readonly kind: 'sequence' },
  item: FieldType,
): readonly unknown[] {
  const values: unknown[] = [];
  const kept: number[] = [];
  let index = 0;
  for (const each of node.items) {
    context.path.push(index);
    const value = context.decode(context, each, item);
    context.path.pop();
    if (value !== undefined) {
      values.push(value);
      kept.push(index);
    }
    index += 1;
  }
  const indexes = kept.length === index ? undefined : kept;
  rememberPlace(values, new NodePlace(node, context.document, indexes));
  return values;
}

/** A Go map with string keys. */
export function decodeMap(context: DecodeContext, node: YamlMapping, item: FieldType): Dict {
  const map = new Dict();
  fillMap(context, node, { map, item, taken: new Set() });
  rememberPlace(map, new NodePlace(node, context.document));
  return map;
}

interface MapFilling {
  readonly map: Dict;
  readonly item: FieldType;
  /** Keys that are settled: own ones beat merged ones. */
  readonly taken: Set<string>;
}

function fillMap(context: DecodeContext, node: YamlMapping, filling: MapFilling): void {
  const { own, merged } = mergeSources(context, node);
  for (const entry of own) {
    const key = decodeKey(context, entry.key);
    if (key === undefined || filling.taken.has(key)) continue;
    filling.taken.add(key);
    context.path.push(key);
    const value =
      context.decode(context, entry.value, filling.item) ?? zeroOf(context, entry.value, filling.item);
    context.path.pop();
    if (value !== undefined) filling.map[key] = value;
  }
  forEachMerged(context, merged, (each) => fillMap(context, each, filling));
}

/** In a Go map a null entry is there, with the zero value of its type. */
function zeroOf(context: DecodeContext, node: YamlNode, type: FieldType): unknown {
  if (node.kind !== 'scalar' || !isNullScalar(node)) return undefined;
  if (type.kind === 'string') return '';
  const zero = {};
  rememberPlace(zero, new NodePlace(node, context.document));
  return zero;
}

/** A key as a Go string; undefined, and reported, for a list or a map; null keys are skipped silently. */
export function decodeKey(context: DecodeContext, node: YamlNode): string | undefined {
  if (node.kind === 'scalar' && node.tag === '') return isNullScalar(node) ? undefined : node.value;
  return context.decode(context, node, text) as string | undefined;
}
