import { formatShortestFloat } from '../strconv/format-float.ts';
import { quote } from '../strconv/quote.ts';
import { formatTimeSyntax } from '../time/format-time.ts';
import { mergedMaps } from './decode-problem.ts';
import { isMergeKey } from './merge-key.ts';
import type { YamlAlias, YamlMapping, YamlNode, YamlScalar } from './node.ts';
import { scalarValue, shortTag } from './scalar-value.ts';
import type { YamlDialect } from './yaml-error.ts';

/** A node's value as Go's `%#v` prints it: what error messages about map keys show. */
export function goSyntax(node: YamlNode, dialect: YamlDialect): string {
  switch (node.kind) {
    case 'alias':
      return goSyntax(node.target, dialect);
    case 'scalar':
      return scalarSyntax(node, dialect);
    case 'sequence':
      return `[]interface {}{${node.items.map((item) => nested(item, dialect)).join(', ')}}`;
    case 'mapping': {
      const isString = dialect === 'v3' && node.entries.every(({ key }) => isStringKey(key, dialect));
      const entries = Array.from(mapEntries(node, dialect), ([key, value]) => `${key}:${value}`);
      return `map[${isString ? 'string' : 'interface {}'}]interface {}{${entries.toSorted().join(', ')}}`;
    }
  }
}

/** Printed keys and values, with what merge keys bring in. */
function mapEntries({ entries }: YamlMapping, dialect: YamlDialect): Map<string, string> {
  const printed = new Map<string, string>();
  const merged = new Map<string, string>();
  for (const { key, value } of entries) {
    if (!isMergeKey(key, dialect)) {
      printed.set(nested(key, dialect), nested(value, dialect));
      continue;
    }
    for (const source of mergedMaps(value).toReversed()) {
      const target = dialect === 'v2' ? printed : merged;
      for (const [name, item] of mapEntries(mappingOf(source), dialect)) target.set(name, item);
    }
  }
  return dialect === 'v2' ? printed : new Map([...merged, ...printed]);
}

function mappingOf(node: YamlMapping | YamlAlias): YamlMapping {
  const target = node.kind === 'alias' ? node.target : node;
  return target.kind === 'mapping' ? target : { ...node, kind: 'mapping', isFlow: true, entries: [] };
}

function nested(node: YamlNode, dialect: YamlDialect): string {
  const text = goSyntax(node, dialect);
  return text === '<nil>' ? 'interface {}(nil)' : text;
}

function scalarSyntax(node: YamlScalar, dialect: YamlDialect): string {
  const resolved = scalarValue(node, dialect);
  switch (resolved.tag) {
    case '!!null':
      return '<nil>';
    case '!!bool':
      return String(resolved.value);
    case '!!int':
      return resolved.value.kind === 'uint64'
        ? `0x${resolved.value.toBigInt().toString(16)}`
        : resolved.value.toString();
    case '!!float':
      return formatShortestFloat(resolved.value);
    case '!!str':
      return quote(resolved.value);
    case '!!timestamp':
      return dialect === 'v3' ? formatTimeSyntax(resolved.value) : quote(node.value);
  }
}

/** True for keys with which go-yaml v3 makes a `map[string]interface {}`. */
export function isStringKey(node: YamlNode, dialect: YamlDialect): boolean {
  if (node.kind === 'alias') return isStringKey(node.target, dialect);
  const { tag } = node;
  if (tag !== '' && tag !== '!') {
    const short = shortTag(tag);
    return short === '!!str' || short === '!!merge';
  }
  if (node.kind !== 'scalar') return false;
  const { style } = node;
  return style !== 'plain' || scalarValue(node, dialect).tag === '!!str';
}
