import { deprecationDiagnostic } from '@flotilla/diagnostics';
import type { YamlNode } from '@flotilla/gocompat';
import { NodePlace } from '../yaml/node-place.ts';
import { type Place, rememberPlace } from '../yaml/provenance.ts';
import { checkSubHelmfile } from './check-sub-helmfile.ts';
import { decodeBlock } from './decode-block.ts';
import { decodeList } from './decode-collection.ts';
import { type DecodeContext, lineOf, pathText, reportFatal } from './decode-context.ts';
import { decodeAny } from './decode-scalar.ts';
import { type FieldType, goTypeOf, text } from './field-type.ts';
import { expectation, reportWrongKind } from './report-mismatch.ts';

type RealNode = Exclude<YamlNode, { readonly kind: 'alias' }>;
type FormOf<K extends FieldType['kind']> = Extract<FieldType, { readonly kind: K }>;

/** `inherit`: a list of blocks, or a single one of old. */
export function decodeBlocks(context: DecodeContext, node: RealNode, type: FormOf<'block-or-list'>): unknown {
  if (node.kind === 'sequence') return firstFormOnly(context, node, { kind: 'block', shape: type.shape });
  if (node.kind === 'scalar') return reportWrongKind(context, node, type);
  context.diagnostics.push(
    deprecationDiagnostic('spec/deprecated-form', `${pathText(context)} should be a list`, {
      span: context.document.spanOf(node),
      hint: 'Put "- " in front of it.',
    }),
  );
  const only = [decodeBlock(context, node, type.shape)];
  rememberPlace(only, onlyChild(context, node));
  return only;
}

/** `defaultInherit`: names, or a single one, without blanks. */
export function decodeNames(context: DecodeContext, node: RealNode, type: FormOf<'name-or-names'>): unknown {
  if (node.kind === 'mapping') return reportWrongKind(context, node, type);
  const listed =
    node.kind === 'sequence' ? firstFormOnly(context, node, text) : [context.decode(context, node, text)];
  const names = listed
    .map((name) => (typeof name === 'string' ? name.trim() : ''))
    .filter((name) => name !== '');
  rememberPlace(
    names,
    node.kind === 'sequence' ? new NodePlace(node, context.document) : onlyChild(context, node),
  );
  return names;
}

/** `helmfiles[]`: a path or a block. */
export function decodePathOrBlock(
  context: DecodeContext,
  node: RealNode,
  type: FormOf<'path-or-block'>,
): unknown {
  if (node.kind === 'mapping') {
    const before = context.lines.length;
    const block = decodeBlock(context, node, type.shape);
    if (context.lines.length === before) checkSubHelmfile(context, node, block);
    block['path'] ??= '';
    return block;
  }
  const path = node.kind === 'scalar' ? decodeAny(context, node) : undefined;
  if (typeof path === 'string') {
    const spec = { path };
    rememberPlace(spec, onlyChild(context, node));
    return spec;
  }
  const message = `${pathText(context)} must be ${expectation(type)}`;
  reportFatal(context, node, { code: 'spec/wrong-type', message });
  return undefined;
}

/** Helmfile tries the list, then the single form, and prints what is wrong with the latter. */
function firstFormOnly(
  context: DecodeContext,
  node: RealNode & { readonly kind: 'sequence' },
  item: FieldType,
): readonly unknown[] {
  const before = context.lines.length;
  const values = decodeList(context, node, item);
  if (context.lines.length > before) {
    const line = `line ${lineOf(node)}: cannot unmarshal !!seq into ${goTypeOf(item)}`;
    context.lines.splice(before, context.lines.length - before, line);
  }
  return values;
}

/** The place of data that stands for a single written value. */
function onlyChild(context: DecodeContext, node: YamlNode): Place {
  return {
    span: () => context.document.spanOf(node),
    child: () => new NodePlace(node, context.document),
    keySpan: () => undefined,
  };
}
