import { byteLength, GoInt, GoTime, sliceBytes, type YamlNode, type YamlScalar } from '@flotilla/gocompat';
import { unrenderedHint } from '../yaml/yaml-documents.ts';
import { type DecodeContext, pathText, reportLine } from './decode-context.ts';
import { anything, type FieldType, goTypeOf } from './field-type.ts';

function shortTagOf(value: unknown): string {
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'number') return '!!float';
  if (value instanceof GoInt) return '!!int';
  return value instanceof GoTime ? '!!timestamp' : '!!str';
}

/** Reports a scalar, which go-yaml resolves to `value`, where `type` does not take it. */
export function reportMismatch(
  context: DecodeContext,
  node: YamlScalar,
  { type, value }: { readonly type: FieldType; readonly value: unknown },
): void {
  const tag = shortTagOf(value);
  reportLine(context, node, {
    code: 'spec/wrong-type',
    message: `${pathText(context)} must be ${expectation(type)}, but it is ${described(node, tag)}`,
    line: cannotUnmarshal(node, tag, type),
    hint: mismatchHint(node, type, tag),
  });
}

/** Reports a node of the wrong kind. */
export function reportWrongKind(context: DecodeContext, node: YamlNode, type: FieldType): undefined {
  if (node.kind === 'scalar') {
    reportMismatch(context, node, { type, value: context.decode(context, node, anything) });
    return undefined;
  }
  const isMap = node.kind === 'mapping';
  reportLine(context, node, {
    code: 'spec/wrong-type',
    message: `${pathText(context)} must be ${expectation(type)}, but it is a ${isMap ? 'map' : 'list'}`,
    line: cannotUnmarshal(node, isMap ? '!!map' : '!!seq', type),
    hint: looksLikeAction(node)
      ? unrenderedHint
      : isMap && type.kind === 'list'
        ? 'Put "- " in front of it.'
        : undefined,
  });
  return undefined;
}

/** go-yaml's text; a tag that is written in the file is shown instead of the resolved one. */
export function cannotUnmarshal(node: YamlNode, resolved: string, type: FieldType): string {
  const isTagged = node.tag !== '' && node.tag !== '!';
  const tag = isTagged ? node.tag.replace(/^tag:yaml\.org,2002:/, '!!') : resolved;
  const value = node.kind === 'scalar' ? shortened(node.value) : '';
  const shown = tag === '!!seq' || tag === '!!map' ? '' : ` \`${value}\``;
  return `cannot unmarshal ${tag}${shown} into ${goTypeOf(type)}`;
}

/** `{{ x }}` is a map in a map to YAML. */
function looksLikeAction(node: YamlNode): boolean {
  if (node.kind !== 'mapping' || !node.isFlow) return false;
  const key = node.entries[0]?.key;
  return key?.kind === 'mapping' && key.isFlow;
}

function shortened(text: string): string {
  return byteLength(text) > 10 ? `${sliceBytes(text, 0, 7)}...` : text;
}

const kindNames: Readonly<Record<string, string>> = {
  '!!str': 'text',
  '!!bool': 'a boolean',
  '!!int': 'a number',
  '!!float': 'a number',
  '!!timestamp': 'a date',
};

function described(node: YamlScalar, tag: string): string {
  const shown = node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value;
  return `${kindNames[tag] ?? 'a scalar'} (${JSON.stringify(shown)})`;
}

function mismatchHint(node: YamlScalar, type: FieldType, tag: string): string | undefined {
  if (type.kind === 'list') return `Write it as a list: [${node.value.length > 40 ? '…' : node.value}]`;
  if (type.kind === 'int' && tag === '!!str' && /^[0-9]+$/.test(node.value)) return 'Leave out the quotes.';
  return type.kind === 'duration' ? 'Write a unit, as in 30s.' : undefined;
}

/** What a type takes, for messages. */
export function expectation(type: FieldType): string {
  switch (type.kind) {
    case 'string':
      return 'text';
    case 'bool':
      return 'true or false';
    case 'int':
      return 'a whole number';
    case 'float':
      return 'a number';
    case 'duration':
      return 'a duration';
    case 'list':
      return 'a list';
    case 'map':
    case 'block':
      return 'a map';
    case 'block-or-list':
      return 'a list of maps';
    case 'name-or-names':
      return 'a name or a list of names';
    case 'path-or-block':
      return 'a path or a map';
    case 'any':
    case 'values-entry':
      return 'a value';
  }
}
