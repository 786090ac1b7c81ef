/**
 * One rendered part to its spec. In: the text YAML reads, with the way back to what people edit. Out: the merged spec of all
 * YAML documents in it, and every problem.
 * Not its business: rendering, merging parts.
 */
import { type Diagnosed, type Diagnostic, hasErrors, type Source } from '@flotilla/diagnostics';
import { decodeState } from '../spec/decode-state.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { readDocuments, type Translate, writtenIn } from '../yaml/yaml-documents.ts';
import { mergeDocuments } from './merge-specs.ts';

/** Why Helmfile cannot read a part. */
export interface ReadFailure {
  /** 1-based number of the YAML document. */
  readonly index: number;
  /** go-yaml's or Helmfile's text. */
  readonly text: string;
}

export interface DecodedPart extends Diagnosed<StateSpec> {
  readonly failure?: ReadFailure;
}

/**
 * Decodes the documents of a part and appends them to one another. `translate` leads from rendered offsets to spans; without it
 * the text is what people edit. `value` is undefined when there are errors.
 * Codes: `yaml/syntax`, `yaml/value`, `yaml/duplicate-key`, `spec/unknown-key`, `spec/wrong-type`, `spec/helmfiles-entry`,
 * `spec/deprecated-key`, `spec/deprecated-form`.
 */
export function decodePart(part: Source, translate: Translate = writtenIn(part)): DecodedPart {
  const { documents, problem } = readDocuments(part, translate);
  const diagnostics: Diagnostic[] = [];
  let spec: StateSpec | undefined;
  let failure: ReadFailure | undefined;
  for (const [index, document] of documents.entries()) {
    const decoded = decodeState(document);
    diagnostics.push(...decoded.diagnostics);
    if (decoded.failure !== undefined) failure ??= { index: index + 1, text: decoded.failure };
    spec = spec === undefined ? decoded.spec : mergeDocuments(spec, decoded.spec);
  }
  if (problem !== undefined) {
    diagnostics.push(problem.diagnostic);
    failure ??= { index: problem.index, text: problem.text };
  }
  const value = hasErrors(diagnostics) ? undefined : (spec ?? {});
  return { value, diagnostics, ...(failure === undefined ? {} : { failure }) };
}

/** Helmfile 1.8.0's whole message for a part that cannot be read; `fileName` as it prints it. */
export function readFailureText(fileName: string, { index, text }: ReadFailure): string {
  const hint = fileName.endsWith('.gotmpl')
    ? ''
    : '. Started seeing this since Helmfile v1? Add the .gotmpl file extension';
  return `failed to read ${fileName}: reading document at index ${index}${hint}: ${text}`;
}
