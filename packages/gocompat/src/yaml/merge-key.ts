import type { YamlNode } from './node.ts';
import { shortTag } from './scalar-value.ts';
import type { YamlDialect } from './yaml-error.ts';

/** True for `<<` where it means a merge. */
export function isMergeKey(node: YamlNode, dialect: YamlDialect): boolean {
  if (node.kind !== 'scalar' || node.value !== '<<') return false;
  const { tag, style } = node;
  if (tag === '') return style === 'plain';
  if (tag === '!') return dialect === 'v2' || style === 'plain';
  return shortTag(tag) === '!!merge';
}
