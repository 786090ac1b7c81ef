import { type Diagnostic, errorDiagnostic, type Span } from '@flotilla/diagnostics';
import type { YamlNode } from '@flotilla/gocompat';
import type { PathSegment } from '../yaml/provenance.ts';
import { printedRelation, type YamlDocument } from '../yaml/yaml-documents.ts';
import type { FieldType } from './field-type.ts';

/** Problems of one document, in the order in which go-yaml finds them. */
export interface DecodeContext {
  /** Decodes a node of any type; what blocks and collections call for what lies in them. */
  readonly decode: (context: DecodeContext, node: YamlNode, type: FieldType) => unknown;
  readonly document: YamlDocument;
  readonly diagnostics: Diagnostic[];
  /** go-yaml's list of `unmarshal errors`. */
  readonly lines: string[];
  /** What ends go-yaml's decoding at once; the first one is all that Helmfile says. */
  fatal: string | undefined;
  /** Keys and indexes from the document down to the value at hand. */
  readonly path: PathSegment[];
  /** Aliases and merged mappings that are being followed. */
  readonly following: Set<YamlNode>;
  /** How often one was followed. */
  expansions: number;
}

export function decodeContext(document: YamlDocument, decode: DecodeContext['decode']): DecodeContext {
  return {
    decode,
    document,
    diagnostics: [],
    lines: [],
    fatal: undefined,
    path: [],
    following: new Set(),
    expansions: 0,
  };
}

const maxExpansions = 100_000;

/** Counts an alias that is followed. False, and reported once, when a small text would grow beyond all measure. */
export function countExpansion(context: DecodeContext, node: YamlNode): boolean {
  context.expansions += 1;
  if (context.expansions === maxExpansions) {
    const message = 'document contains excessive aliasing';
    reportFatal(context, node, { code: 'yaml/value', message, text: `yaml: ${message}` });
  }
  return context.expansions < maxExpansions;
}

interface ProblemOptions {
  readonly hint?: string | undefined;
  readonly span?: Span | undefined;
  readonly related?: Diagnostic['related'] | undefined;
}

/** Reports a problem that go-yaml collects; `line` is its text without the line number. */
export function reportLine(
  context: DecodeContext,
  node: YamlNode,
  problem: {
    readonly code: Diagnostic['code'];
    readonly message: string;
    readonly line: string;
  } & ProblemOptions,
): void {
  const referenceText = `line ${lineOf(node)}: ${problem.line}`;
  context.lines.push(referenceText);
  context.diagnostics.push(
    errorDiagnostic(problem.code, problem.message, {
      span: problem.span ?? context.document.spanOf(node),
      hint: problem.hint,
      related: [...(problem.related ?? []), ...printedRelation(context.document.printedAt(node))],
      referenceText,
    }),
  );
}

/** Reports a problem that ends Helmfile's decoding; ours goes on. */
export function reportFatal(
  context: DecodeContext,
  node: YamlNode,
  problem: {
    readonly code: Diagnostic['code'];
    readonly message: string;
    readonly text?: string;
  } & ProblemOptions,
): void {
  if (problem.text !== undefined) context.fatal ??= problem.text;
  context.diagnostics.push(
    errorDiagnostic(problem.code, problem.message, {
      span: problem.span ?? context.document.spanOf(node),
      hint: problem.hint,
      related: [...(problem.related ?? []), ...printedRelation(context.document.printedAt(node))],
      referenceText: problem.text,
    }),
  );
}

/** 1-based line of a node in the text of the part. */
export function lineOf(node: YamlNode): number {
  return node.line + 1;
}

/** The place at hand as people write it: `"releases[0].set[1]"`. */
export function pathText(context: DecodeContext): string {
  let text = '';
  for (const segment of context.path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text === '' ? 'a helmfile' : `"${text}"`;
}
