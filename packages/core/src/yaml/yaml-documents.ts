/**
 * Positioned YAML: the documents of one part. In: the text that YAML reads, and how its offsets map to what people edit.
 * Out: a tree per document, with spans.
 * Not its business: what the trees mean.
 */
import {
  type Diagnostic,
  errorDiagnostic,
  offsetAt,
  positionIn,
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

interface YamlProblem {
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
  const { text, translate } = ways;
  return errorDiagnostic('yaml/syntax', message.replace(/^yaml: (?:line \d+: )?/, ''), {
    span: translate(offset, offset + 1),
    related: [...openingRelation(message, ways), ...printedRelation(printedAt(ways, offset, offset + 1))],
    hint: syntaxHint(message, text, offset),
    referenceText: message,
  });
}

/** A string without end is noticed at the end of the text; go-yaml names the line it begins on. */
function openingRelation(message: string, { text, translate }: Ways): readonly RelatedSpan[] {
  const found = /line (\d+): found unexpected (?:end of stream|document indicator)/.exec(message);
  if (found === null) return [];
  const start = offsetAt(text, { line: Number(found[1]), column: 1 });
  return [
    { span: translate(start, start + lineAt(text, start).length), message: 'the quote is opened here' },
  ];
}

const characterHints: ReadonlyMap<string, string> = new Map([
  ['\t', 'Indent with spaces: YAML takes no tabs.'],
  ['@', 'Put the value in quotes.'],
  ['`', 'Put the value in quotes.'],
  ['%', 'Put the value in quotes.'],
]);

const valueHint = 'Put a value with ": " in it in quotes, or check the indentation.';

function syntaxHint(message: string, text: Source, offset: number): string | undefined {
  if (message.endsWith('mapping values are not allowed in this context')) return valueHint;
  const byCharacter = characterHints.get(text.text.charAt(offset));
  if (byCharacter !== undefined) return byCharacter;
  const { line } = positionIn(text, offset);
  return lineAt(text, offsetAt(text, { line, column: 1 })).includes('{{') ? unrenderedHint : undefined;
}

/** What to do about template actions that YAML gets to see. */
export const unrenderedHint = 'It looks like a template action: name the file *.gotmpl to have it rendered.';

function lineAt(text: Source, start: number): string {
  const end = text.text.indexOf('\n', start);
  return text.text.slice(start, end === -1 ? undefined : end);
}

/** The second frame of a problem in text that a template printed. */
export function printedRelation(printed: Span | undefined): readonly RelatedSpan[] {
  return printed === undefined ? [] : [{ span: printed, message: 'the template printed this' }];
}
