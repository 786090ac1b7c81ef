/**
 * Positioned YAML: the documents of one part. In: the text that YAML reads, and how its offsets map to what people edit.
 * Out: a tree per document, with spans.
 * Not its business: what the trees mean.
 */
import {
  type Diagnostic,
  errorDiagnostic,
  type RelatedSpan,
  type Source,
  type Span,
  span,
} from '@flotilla/diagnostics';
import { parseYamlTrees, type YamlError, type YamlNode } from '@flotilla/gocompat';

/** Turns offsets of the text YAML reads into a span of the file that people edit. */
export type Translate = (start: number, end: number) => Span;

/** One document of a text. */
export interface YamlDocument {
  readonly root: YamlNode;
  /** The whole text; offsets and lines of nodes count in it. */
  readonly text: string;
  readonly spanOf: (node: YamlNode) => Span;
  /** The rendered text of a node that a template printed; undefined when people wrote it as it is. */
  readonly printedAt: (node: YamlNode) => Span | undefined;
}

/** The documents in front of the first syntax error, and the error. */
export interface YamlDocuments {
  readonly documents: readonly YamlDocument[];
  readonly problem?: YamlProblem;
}

export interface YamlProblem {
  /** 1-based number of the document that cannot be read. */
  readonly index: number;
  /** go-yaml's text. */
  readonly text: string;
  readonly diagnostic: Diagnostic;
}

/** The identity: the text is what people edit. */
export function writtenIn(source: Source): Translate {
  return (start, end) => span(source, start, end);
}

/** Reads every document of `text`, which is what YAML reads. As in go-yaml, anchors live on in later documents. */
export function readDocuments(text: Source, translate: Translate): YamlDocuments {
  const { roots, problem } = parseYamlTrees(text.text, { dialect: 'v3' });
  const ways: Ways = { text, translate };
  const documents = roots.map((root) => yamlDocument(root, ways));
  if (problem === undefined) return { documents };
  const index = documents.length + 1;
  return {
    documents,
    problem: { index, text: problem.message, diagnostic: syntaxDiagnostic(problem, ways) },
  };
}

interface Ways {
  readonly text: Source;
  readonly translate: Translate;
}

function yamlDocument(root: YamlNode, ways: Ways): YamlDocument {
  return {
    root,
    text: ways.text.text,
    spanOf: (node) => ways.translate(node.start, node.end),
    printedAt: (node) => printedAt(ways, node.start, node.end),
  };
}

function printedAt({ text, translate }: Ways, start: number, end: number): Span | undefined {
  const written = translate(start, end);
  const isCopy = written.source.text.slice(written.start, written.end) === text.text.slice(start, end);
  return isCopy ? undefined : span(text, start, end);
}

function syntaxDiagnostic({ message, offset }: YamlError, ways: Ways): Diagnostic {
  return errorDiagnostic('yaml/syntax', message.replace(/^yaml: (?:line \d+: )?/, ''), {
    span: ways.translate(offset, offset + 1),
    related: printedRelation(printedAt(ways, offset, offset + 1)),
    referenceText: message,
  });
}

/** The second frame of a problem in text that a template printed. */
export function printedRelation(printed: Span | undefined): readonly RelatedSpan[] {
  return printed === undefined ? [] : [{ span: printed, message: 'the template printed this' }];
}
