/**
 * The stream of documents that goes through a post-renderer (Helm 4.3.1 `annotateAndMerge`, `splitAndDeannotate`).
 * Comes in: rendered files, or what a post-renderer made of them. Goes out: one text whose documents say in an annotation
 * which file they are of, and files again. Documents keep their comments, order and quotes; the rest is laid out anew.
 */
import { baseNameOf, GoError, sortStrings, trimSpace } from '@flotilla/gocompat';
import { type Document, isMap, isScalar, parseAllDocuments, Scalar, visit, type YAMLMap } from 'yaml';
import type { HelmCompat } from '../chart/helm-compat.ts';
import type { RenderedFiles } from '../manifest/manifest.ts';
import { splitManifests } from '../manifest/split-manifests.ts';

const fileAnnotation = 'postrenderer.helm.sh/postrender-filename';
const separator = '---\n';

/** Files to one stream. Throws GoError `parsing FILE: …`. */
export function mergeFiles(files: RenderedFiles, compat: HelmCompat = 'v4'): string {
  const documents: string[] = [];
  for (const name of sortStrings([...files.keys()])) {
    const content = files.get(name) ?? '';
    if (baseNameOf(name).startsWith('_') || trimSpace(content) === '') continue;
    for (const part of splitManifests(content, compat)) {
      if (trimSpace(part) === '') continue;
      for (const document of documentsIn(part, `parsing ${name}: `)) {
        annotate(document, name);
        documents.push(textOf(document));
      }
    }
  }
  return documents.join(separator);
}

/** A stream to files; documents without a file get one of their own. Throws GoError `error parsing YAML: …`. */
export function splitStream(stream: string): RenderedFiles {
  const files = new Map<string, string[]>();
  for (const [index, document] of documentsIn(stream, 'error parsing YAML: ').entries()) {
    const name = removeAnnotation(document) || `generated-by-postrender-${index}.yaml`;
    files.set(name, [...(files.get(name) ?? []), textOf(document)]);
  }
  return new Map([...files].map(([name, documents]) => [name, documents.join(separator)]));
}

/** Every scalar is a string with the quotes it had, so that nothing is read and written as something else. */
function documentsIn(text: string, context: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { schema: 'failsafe' });
  if (!Array.isArray(documents)) return [];
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) throw new GoError(`${context}${error.message}`, { cause: error });
  }
  return documents.filter(({ contents }) => contents !== null && !isEmptyScalar(contents));
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === '' && node.type === 'PLAIN';
}

function annotate(document: Document.Parsed, name: string): void {
  if (!isMap(document.contents)) return;
  const annotations = mapAt(document, mapAt(document, document.contents, 'metadata'), 'annotations');
  const value = new Scalar(name);
  value.type = Scalar.QUOTE_SINGLE;
  annotations.set(fileAnnotation, value);
}

function mapAt(document: Document.Parsed, parent: YAMLMap, key: string): YAMLMap {
  const found = parent.get(key, true);
  if (isMap(found)) return found;
  const made = document.createNode({}) as YAMLMap;
  parent.set(key, made);
  return made;
}

/** Takes the annotation away, and tables with nothing else in them; gives the name of the file. */
function removeAnnotation({ contents }: Document.Parsed): string {
  const metadata = isMap(contents) ? contents.get('metadata', true) : undefined;
  const annotations = isMap(metadata) ? metadata.get('annotations', true) : undefined;
  if (!isMap(contents) || !isMap(metadata) || !isMap(annotations)) return '';
  const name = annotations.get(fileAnnotation);
  annotations.delete(fileAnnotation);
  if (annotations.items.length === 0) metadata.delete('annotations');
  if (metadata.items.length === 0) contents.delete('metadata');
  return typeof name === 'string' ? name : '';
}

/** The layout of Go's YAML writer: no blank lines, lists as far in as their key, lines as long as they are. */
function textOf(document: Document.Parsed): string {
  visit(document, {
    Node: (_, node) => {
      node.spaceBefore = false;
    },
  });
  return document.toString({
    indentSeq: false,
    lineWidth: 0,
    minContentWidth: 0,
    flowCollectionPadding: false,
    singleQuote: null,
    directives: false,
  });
}
