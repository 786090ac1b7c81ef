import { type Diagnosed, type Source, source } from '@flotilla/diagnostics';
import { type DecodedPart, decodePart, readFailureText } from '../merge/decode-part.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import type { LoadServices } from './load-services.ts';
import type { RenderedPart } from './render-part.ts';

interface DecodeOptions {
  /** The state file, as messages print it. */
  readonly fileName: string;
  readonly services: LoadServices;
}

/** Decodes a rendered part; the same text of the same part is decoded once per load. */
export function decodeRendered(
  part: Source,
  { text, translate }: RenderedPart,
  { fileName, services }: DecodeOptions,
): Diagnosed<StateSpec> {
  const key = `${part.name}\n${text}`;
  let decoded = services.decoded.get(key);
  if (decoded === undefined) {
    decoded = decodePart(text === part.text ? part : source(part.name, text), translate);
    services.decoded.set(key, decoded);
  }
  return { value: decoded.value, diagnostics: withFailure(decoded, fileName) };
}

/** Helmfile has one message for all problems of a part: the first of them carries it. */
function withFailure({ diagnostics, failure }: DecodedPart, fileName: string): DecodedPart['diagnostics'] {
  const first = diagnostics.find((each) => each.severity === 'error');
  if (first === undefined || failure === undefined) return diagnostics;
  const referenceText = readFailureText(fileName, failure);
  return diagnostics.map((each) => {
    if (each.severity !== 'error') return each;
    const { referenceText: _, ...rest } = each;
    return each === first ? { ...rest, referenceText } : rest;
  });
}
