/**
 * Positioned YAML: the documents of one part. In: the text that YAML reads, and how its offsets map to what people edit.
 * Out: a tree per document, with spans. Anchors live as long as their document.
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
import { parseYamlTree, YamlError, type YamlNode } from '@flotilla/gocompat';

/** Turns offsets of the text YAML reads into a span of the file that people edit. */
export type Translate = (start: number, end: number) => Span;

/** One document of a text. */
export interface YamlDocument {
  readonly root: YamlNode;
  /** The document's own text; offsets and lines of its nodes count in it. */
  readonly text: string;
  /** 0-based line of the whole text on which the document begins. */
  readonly firstLine: number;
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

/** Reads every document of `text`, which is what YAML reads. */
export function readDocuments(text: Source, translate: Translate): YamlDocuments {
  const documents: YamlDocument[] = [];
  for (const chunk of cutDocuments(text.text)) {
    try {
      const root = parseYamlTree(chunk.text, { dialect: 'v3' });
      if (root !== null) documents.push(yamlDocument(chunk, root, { text, translate }));
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      return {
        documents,
        problem: syntaxProblem(error, chunk, { index: documents.length + 1, text, translate }),
      };
    }
  }
  return { documents };
}

interface Chunk {
  readonly text: string;
  readonly start: number;
  readonly firstLine: number;
}

const documentStart = /^---(?=[ \t\r\n]|$)/gm;

/** A line that begins with `---` starts a document wherever it stands. */
function cutDocuments(text: string): readonly Chunk[] {
  const starts = [0];
  if (text.includes('---')) {
    for (const found of text.matchAll(documentStart)) {
      if (hasContent(text.slice(starts[starts.length - 1], found.index))) starts.push(found.index);
    }
  }
  let firstLine = 0;
  return starts.map((start, index) => {
    const chunk = { text: text.slice(start, starts[index + 1]), start, firstLine };
    if (index + 1 < starts.length) firstLine += chunk.text.split('\n').length - 1;
    return chunk;
  });
}

/** Directives and comments belong to the document that follows them. */
function hasContent(text: string): boolean {
  return /^[^\s#%]|^\s+[^\s#]/m.test(text);
}

interface Ways {
  readonly text: Source;
  readonly translate: Translate;
}

function yamlDocument(chunk: Chunk, root: YamlNode, ways: Ways): YamlDocument {
  return {
    root,
    text: chunk.text,
    firstLine: chunk.firstLine,
    spanOf: (node) => ways.translate(chunk.start + node.start, chunk.start + node.end),
    printedAt: (node) => printedAt(ways, chunk.start + node.start, chunk.start + node.end),
  };
}

function printedAt({ text, translate }: Ways, start: number, end: number): Span | undefined {
  const written = translate(start, end);
  const isCopy = written.source.text.slice(written.start, written.end) === text.text.slice(start, end);
  return isCopy ? undefined : span(text, start, end);
}

interface ProblemWays extends Ways {
  readonly index: number;
}

function syntaxProblem(error: YamlError, chunk: Chunk, ways: ProblemWays): YamlProblem {
  const text = shiftLine(error.message, chunk.firstLine);
  const at = chunk.start + error.offset;
  return {
    index: ways.index,
    text,
    diagnostic: errorDiagnostic('yaml/syntax', text.replace(/^yaml: (?:line \d+: )?/, ''), {
      span: ways.translate(at, at + 1),
      related: printedRelation(printedAt(ways, at, at + 1)),
      referenceText: text,
    }),
  };
}

/** The second frame of a problem in text that a template printed. */
export function printedRelation(printed: Span | undefined): readonly RelatedSpan[] {
  return printed === undefined ? [] : [{ span: printed, message: 'the template printed this' }];
}

/** go-yaml counts lines from the start of the stream. */
function shiftLine(message: string, lines: number): string {
  if (lines === 0) return message;
  return message.replace(/\bline (\d+)/g, (_, line: string) => `line ${Number(line) + lines}`);
}
