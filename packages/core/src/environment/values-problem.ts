import { type Diagnosed, type Diagnostic, errorDiagnostic, type Source } from '@flotilla/diagnostics';
import type { YamlNode } from '@flotilla/gocompat';
import { checkStructure } from '../spec/check-structure.ts';
import { decodeContext } from '../spec/decode-context.ts';
import { readDocuments, type Translate, type YamlDocument } from '../yaml/yaml-documents.ts';

/** Where a text that should be a map of values goes wrong, once it is known that it does; undefined when it looks well. */
export function valuesProblem(text: Source, translate: Translate): Diagnostic | undefined {
  const { documents, problem } = readDocuments(text, translate);
  if (problem !== undefined) return problem.diagnostic;
  const odd = documents.find(({ root }) => isNoMap(root));
  return odd === undefined ? undefined : noMap(odd);
}

/** As {@link valuesProblem}, for a reader that refuses keys that are given twice. */
export function strictValuesProblem(text: Source, translate: Translate): Diagnostic | undefined {
  return (
    valuesProblem(text, translate) ??
    readDocuments(text, translate).documents.flatMap(structureProblems).at(0)
  );
}

function structureProblems(document: YamlDocument): readonly Diagnostic[] {
  const context = decodeContext(document, () => undefined);
  checkStructure(context, document.root);
  return context.diagnostics;
}

function isNoMap(root: YamlNode): boolean {
  return root.kind === 'sequence' || (root.kind === 'scalar' && root.value !== '');
}

function noMap({ root, spanOf }: YamlDocument): Diagnostic {
  const kind = root.kind === 'sequence' ? 'a list' : 'text';
  return errorDiagnostic('environment/values-invalid', `values must be a map, but they are ${kind}`, {
    span: spanOf(root),
    hint: 'write KEY: VALUE',
  });
}

/** A file that is no map of values, with the place in it where that shows. */
export function placedInFile<T>(loaded: Diagnosed<T>, find: () => Diagnostic | undefined): Diagnosed<T> {
  const [given] = loaded.diagnostics;
  if (given?.code !== 'environment/values-invalid') return loaded;
  const found = find();
  if (found === undefined) return loaded;
  const { span, referenceText = '' } = given;
  const related = span === undefined ? [] : [{ span, message: 'the file is read for this entry' }];
  return { ...loaded, diagnostics: [{ ...found, related: [...found.related, ...related], referenceText }] };
}
