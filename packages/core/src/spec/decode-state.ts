import type { Diagnostic } from '@flotilla/diagnostics';
import { nodeToValue, YamlError, type YamlNode } from '@flotilla/gocompat';
import type { YamlDocument } from '../yaml/yaml-documents.ts';
import { checkStructure } from './check-structure.ts';
import { decodeBlock } from './decode-block.ts';
import { type DecodeContext, lineOf, reportLine } from './decode-context.ts';
import { isNullScalar } from './decode-scalar.ts';
import { contextFor, decodeValue } from './decode-value.ts';
import { text as anyText, anything } from './field-type.ts';
import { cannotUnmarshal, reportMismatch } from './report-mismatch.ts';
import { stateShape } from './state-shape.ts';
import type { StateSpec } from './state-spec.ts';

/** One YAML document in the helmfile language. */
export interface DecodedState {
  /** What could be decoded, also when there are errors. */
  readonly spec: StateSpec;
  readonly diagnostics: readonly Diagnostic[];
  /** go-yaml's text for the document; undefined without errors that Helmfile has too. */
  readonly failure: string | undefined;
}

/** Decodes a document, reporting every problem. Helmfile reads it twice, and stops after the first reading when that fails. */
export function decodeState(document: YamlDocument): DecodedState {
  const context = contextFor(document);
  const hasOddKey = checkStructure(context, document.root);
  const firstFailure = (hasOddKey ? untypedFailure(document) : undefined) ?? failureOf(context);
  const spec = decodeRoot(context);
  return { spec, diagnostics: context.diagnostics, failure: firstFailure ?? failureOf(context) };
}

/** What go-yaml says to lists and maps as keys when it reads a document into a `map[string]interface {}`. */
function untypedFailure({ root, text }: YamlDocument): string | undefined {
  const oddKeys = root.kind === 'mapping' ? root.entries.filter(({ key }) => isCollection(key)) : [];
  if (oddKeys.length > 0) {
    const lines = oddKeys.map(({ key }) => {
      const tag = key.kind === 'mapping' ? '!!map' : '!!seq';
      return `line ${lineOf(key)}: ${cannotUnmarshal(key, tag, anyText)}`;
    });
    return `yaml: unmarshal errors:\n  ${lines.join('\n  ')}`;
  }
  try {
    nodeToValue(root, text, { dialect: 'v3' });
    return undefined;
  } catch (error) {
    if (error instanceof YamlError) return error.message;
    throw error;
  }
}

function isCollection(node: YamlNode): boolean {
  return node.kind === 'mapping' || node.kind === 'sequence';
}

function decodeRoot(context: DecodeContext): StateSpec {
  const { root } = context.document;
  const node = root.kind === 'alias' ? root.target : root;
  if (node.kind === 'mapping') return decodeBlock(context, node, stateShape);
  if (node.kind === 'scalar' && isNullScalar(node)) return {};
  const type = { kind: 'map', item: anything } as const;
  if (node.kind === 'scalar')
    reportMismatch(context, node, { type, value: decodeValue(context, node, anything) });
  else
    reportLine(context, node, {
      code: 'spec/wrong-type',
      message: 'a helmfile must be a map, but this is a list',
      line: cannotUnmarshal(node, '!!seq', type),
    });
  return {};
}

function failureOf(context: DecodeContext): string | undefined {
  if (context.fatal !== undefined) return context.fatal;
  return context.lines.length === 0 ? undefined : `yaml: unmarshal errors:\n  ${context.lines.join('\n  ')}`;
}
