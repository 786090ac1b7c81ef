import { quote, type YamlAlias, type YamlEntry, type YamlNode } from '@flotilla/gocompat';
import { type DecodeContext, lineOf, reportFatal, reportLine } from './decode-context.ts';

/**
 * Reports what go-yaml v3 finds before it knows about types: pairs of equal keys, anywhere, and anchors that contain
 * themselves. It does not look into a mapping that has such a pair. True when there is a list or a map as a key, or a merge of
 * something else than a map: they end go-yaml's first, untyped reading too.
 */
export function checkStructure(context: DecodeContext, root: YamlNode): boolean {
  const walk: Walk = { context, around: new Set(), hasOddKey: false };
  visit(walk, root);
  return walk.hasOddKey;
}

interface Walk {
  readonly context: DecodeContext;
  /** The nodes that the one at hand lies in. */
  readonly around: Set<YamlNode>;
  hasOddKey: boolean;
}

function visit(walk: Walk, node: YamlNode): void {
  if (node.kind === 'scalar') return;
  if (node.kind === 'alias') {
    if (walk.around.has(node.target)) reportSelfReference(walk.context, node);
    return;
  }
  walk.around.add(node);
  if (node.kind === 'sequence') for (const item of node.items) visit(walk, item);
  else if (!reportPairs(walk.context, node.entries)) visitEntries(walk, node.entries);
  walk.around.delete(node);
}

function visitEntries(walk: Walk, entries: readonly YamlEntry[]): void {
  for (const { key, value } of entries) {
    if (key.kind !== 'scalar') {
      walk.hasOddKey = true;
      visit(walk, key);
    } else if (key.value === '<<' && value.kind !== 'mapping') {
      walk.hasOddKey = true;
    }
    visit(walk, value);
  }
}

/** Reports an anchor that is used inside itself. */
function reportSelfReference(context: DecodeContext, alias: YamlAlias): void {
  const message = `anchor '${alias.name}' value contains itself`;
  reportFatal(context, alias, { code: 'yaml/value', message, text: `yaml: ${message}` });
}

function reportPairs(context: DecodeContext, entries: readonly YamlEntry[]): boolean {
  if (!hasPairs(entries)) return false;
  const seen = new Map<string, YamlNode[]>();
  for (const { key } of entries) {
    const name = keyName(key);
    const same = seen.get(name);
    if (same === undefined) seen.set(name, [key]);
    else same.push(key);
  }
  for (const same of seen.values()) {
    for (const [index, first] of same.entries()) {
      for (const again of same.slice(index + 1)) reportPair(context, first, again);
    }
  }
  return true;
}

/** Most mappings are small, and comparing is cheaper than hashing then. */
function hasPairs(entries: readonly YamlEntry[]): boolean {
  if (entries.length > 16) return new Set(entries.map(({ key }) => keyName(key))).size < entries.length;
  for (let later = 1; later < entries.length; later += 1) {
    const name = keyName(entries[later]?.key);
    for (let i = 0; i < later; i += 1) if (keyName(entries[i]?.key) === name) return true;
  }
  return false;
}

function reportPair(context: DecodeContext, first: YamlNode, again: YamlNode): void {
  const name = keyText(again);
  reportLine(context, again, {
    code: 'yaml/duplicate-key',
    message: `the key ${quote(name)} is given twice`,
    line: `mapping key ${quote(name)} already defined at line ${lineOf(first)}`,
    related: [{ span: context.document.spanOf(first), message: 'it is given here first' }],
  });
}

/** What go-yaml compares keys by: the kind of node and its text. */
function keyName(key: YamlNode | undefined): string {
  if (key === undefined) return '';
  return key.kind === 'scalar' ? key.value : `\0${key.kind}${keyText(key)}`;
}

function keyText(key: YamlNode): string {
  if (key.kind === 'scalar') return key.value;
  return key.kind === 'alias' ? key.name : '';
}
