/**
 * Typed decoding, driven by field tables, with go-yaml v3's rules. In: a node and its type. Out: the value; undefined when it is
 * null or of the wrong type (which is reported).
 * Not its business: what fields mean.
 */
import type { YamlNode } from '@flotilla/gocompat';
import type { YamlDocument } from '../yaml/yaml-documents.ts';
import { decodeBlock } from './decode-block.ts';
import { decodeList, decodeMap } from './decode-collection.ts';
import { countExpansion, type DecodeContext, decodeContext } from './decode-context.ts';
import { decodeBlocks, decodeNames, decodePathOrBlock } from './decode-forms.ts';
import { decodeAny, decodeScalar, isNullScalar } from './decode-scalar.ts';
import type { FieldType } from './field-type.ts';
import { reportWrongKind } from './report-mismatch.ts';

/** A context for one document. */
export function contextFor(document: YamlDocument): DecodeContext {
  return decodeContext(document, decodeValue);
}

/** Decodes `node` as `type`. */
export function decodeValue(context: DecodeContext, node: YamlNode, type: FieldType): unknown {
  if (type.kind === 'any' || type.kind === 'values-entry') return decodeAny(context, node);
  if (node.kind === 'alias') return throughAlias(context, node, type);
  if (node.kind === 'scalar' && isNullScalar(node)) return undefined;
  switch (type.kind) {
    case 'list':
      if (node.kind === 'sequence') return decodeList(context, node, type.item);
      break;
    case 'map':
      if (node.kind === 'mapping') return decodeMap(context, node, type.item);
      break;
    case 'block':
      if (node.kind === 'mapping') return decodeBlock(context, node, type.shape);
      break;
    case 'block-or-list':
      return decodeBlocks(context, node, type);
    case 'name-or-names':
      return decodeNames(context, node, type);
    case 'path-or-block':
      return decodePathOrBlock(context, node, type);
    default:
      if (node.kind === 'scalar') return decodeScalar(context, node, type);
  }
  return reportWrongKind(context, node, type);
}

/** An anchor that contains itself is reported when the structure is checked. */
function throughAlias(
  context: DecodeContext,
  node: YamlNode & { readonly kind: 'alias' },
  type: FieldType,
): unknown {
  if (context.following.has(node) || !countExpansion(context, node)) return undefined;
  context.following.add(node);
  const value = decodeValue(context, node.target, type);
  context.following.delete(node);
  return value;
}
