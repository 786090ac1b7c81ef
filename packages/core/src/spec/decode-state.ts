import type { Diagnostic } from '@flotilla/diagnostics';
import { nodeToValue, YamlError } from '@flotilla/gocompat';
import type { YamlDocument } from '../yaml/yaml-documents.ts';
import { checkStructure } from './check-structure.ts';
import { decodeBlock } from './decode-block.ts';
import { type DecodeContext, reportLine } from './decode-context.ts';
import { isNullScalar } from './decode-scalar.ts';
import { contextFor, decodeValue } from './decode-value.ts';
import { anything } from './field-type.ts';
import { reportMismatch } from './report-mismatch.ts';
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
  const hasComplexKey = checkStructure(context, document.root);
  const firstFailure = (hasComplexKey ? complexKeyFailure(document) : undefined) ?? failureOf(context);
  const spec = decodeRoot(context);
  return { spec, diagnostics: context.diagnostics, failure: firstFailure ?? failureOf(context) };
}

/** Lists and maps as keys are problems of go-yaml's first, untyped reading; ours shows what they are keys of. */
function complexKeyFailure({ root, text }: YamlDocument): string | undefined {
  try {
    nodeToValue(root, text, { dialect: 'v3' });
    return undefined;
  } catch (error) {
    if (error instanceof YamlError) return error.message;
    throw error;
  }
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
      line: 'cannot unmarshal !!seq into map[string]interface {}',
    });
  return {};
}

function failureOf(context: DecodeContext): string | undefined {
  if (context.fatal !== undefined) return context.fatal;
  return context.lines.length === 0 ? undefined : `yaml: unmarshal errors:\n  ${context.lines.join('\n  ')}`;
}
