import { formatShortestFloat } from '../strconv/format-float.ts';
import { quote } from '../strconv/quote.ts';
import type { YamlNode, YamlScalar } from './node.ts';
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
      const entries = node.entries.map(
        ({ key, value }) => `${nested(key, dialect)}:${nested(value, dialect)}`,
      );
      return `map[${isString ? 'string' : 'interface {}'}]interface {}{${entries.toSorted().join(', ')}}`;
    }
  }
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
      return quote(node.value);
  }
}

/** True for keys with which go-yaml v3 makes a `map[string]interface {}`. */
export function isStringKey(node: YamlNode, dialect: YamlDialect): boolean {
  if (node.kind === 'alias') return isStringKey(node.target, dialect);
  if (node.kind !== 'scalar') return false;
  const { tag, style } = node;
  if (tag !== '' && tag !== '!') {
    const short = shortTag(tag);
    return short === '!!str' || short === '!!merge';
  }
  return style !== 'plain' || scalarValue(node, dialect).tag === '!!str';
}
