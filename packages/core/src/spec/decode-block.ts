import { deprecationDiagnostic, didYouMean } from '@flotilla/diagnostics';
import type { YamlEntry, YamlMapping } from '@flotilla/gocompat';
import { NodePlace } from '../yaml/node-place.ts';
import { rememberPlace } from '../yaml/provenance.ts';
import { decodeKey } from './decode-collection.ts';
import { type DecodeContext, reportLine } from './decode-context.ts';
import type { Shape } from './field.ts';
import { forEachMerged, mergeSources } from './merge-keys.ts';

/** A block as plain data: only the keys that are written and not null. */
export function decodeBlock(
  context: DecodeContext,
  node: YamlMapping,
  shape: Shape,
): Record<string, unknown> {
  const block: Record<string, unknown> = {};
  fillBlock(context, node, { block, shape, taken: undefined });
  rememberPlace(block, new NodePlace(node, context.document));
  return block;
}

interface BlockFilling {
  readonly block: Record<string, unknown>;
  readonly shape: Shape;
  /** Keys that are settled, where mappings are merged: own ones beat merged ones. */
  readonly taken: Set<string> | undefined;
}

function fillBlock(context: DecodeContext, node: YamlMapping, filling: BlockFilling): void {
  const { own, merged } = mergeSources(context, node);
  const inner =
    merged.length > 0 && filling.taken === undefined ? { ...filling, taken: new Set<string>() } : filling;
  for (const entry of own) {
    const key = decodeKey(context, entry.key);
    if (key === undefined || inner.taken?.has(key) === true) continue;
    inner.taken?.add(key);
    fillField(context, entry, inner, key);
  }
  forEachMerged(context, merged, (each) => fillBlock(context, each, inner));
}

function fillField(context: DecodeContext, entry: YamlEntry, filling: BlockFilling, key: string): void {
  const { block, shape } = filling;
  const known = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
  if (known === undefined) {
    fillUnknown(context, entry, filling, key);
    return;
  }
  if (known.deprecation !== undefined) deprecate(context, entry, { key, what: known.deprecation });
  context.path.push(key);
  const value = context.decode(context, entry.value, known.type);
  context.path.pop();
  if (value !== undefined) block[key] = value;
}

function fillUnknown(context: DecodeContext, entry: YamlEntry, filling: BlockFilling, key: string): void {
  const { shape } = filling;
  const legacy =
    shape.legacy !== undefined && Object.hasOwn(shape.legacy, key) ? shape.legacy[key] : undefined;
  if (legacy === undefined) {
    reportUnknownKey(context, entry, shape, key);
    return;
  }
  if (legacy.deprecation !== undefined) deprecate(context, entry, { key, what: legacy.deprecation });
  if (legacy.renamedTo !== undefined && filling.block[legacy.renamedTo] === undefined) {
    fillField(context, entry, filling, legacy.renamedTo);
  }
}

function reportUnknownKey(context: DecodeContext, entry: YamlEntry, shape: Shape, key: string): void {
  reportLine(context, entry.key, {
    code: 'spec/unknown-key',
    message: `${article(shape.title)} has no key "${key}"`,
    line: `field ${key} not found in type ${shape.goType}`,
    hint: unknownKeyHint(shape, key),
  });
}

function unknownKeyHint(shape: Shape, key: string): string | undefined {
  if (key.startsWith('x-')) return 'Helmfiles have no extension keys: keep anchors under "templates".';
  const { absent = {} } = shape;
  return Object.hasOwn(absent, key) ? absent[key] : didYouMean(key, Object.keys(shape.fields));
}

/** Titles start a sentence: `A release`, `The model …`, `Defaults …`. */
function article(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

function deprecate(
  context: DecodeContext,
  entry: YamlEntry,
  { key, what }: { readonly key: string; readonly what: string },
): void {
  const diagnostic = deprecationDiagnostic('spec/deprecated-key', `"${key}" is out of use`, {
    span: context.document.spanOf(entry.key),
    hint: what,
  });
  context.diagnostics.push(diagnostic);
}
