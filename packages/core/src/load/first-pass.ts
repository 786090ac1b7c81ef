import { type Source, source } from '@flotilla/diagnostics';
import { writtenIn } from '../yaml/yaml-documents.ts';
import type { RenderedPart } from './render-part.ts';

const wanted = /^(?:environments|values|bases|missingFileHandler|missingFileHandlerConfig):/;

/**
 * What the first pass over a classic part is read for: the top-level blocks that make up its environment. The rest may be no
 * YAML before its values are known. Undefined when there are none.
 */
export function firstPassText(
  part: Source,
  text: string,
): { readonly source: Source; readonly rendered: RenderedPart } | undefined {
  let isWanted = false;
  let hasAny = false;
  const lines = text.split('\n').map((line) => {
    if (/^[^\s#-]/.test(line)) isWanted = wanted.test(line);
    hasAny ||= isWanted;
    return isWanted ? line : '';
  });
  if (!hasAny) return undefined;
  // Lines stay where they are, so that places are right unless templates print or drop whole lines.
  const cut = source(part.name, lines.join('\n'), { source: part, line: 0, column: 0 });
  return { source: cut, rendered: { text: cut.text, translate: writtenIn(cut) } };
}
