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
  const kept: string[] = [];
  let isWanted = false;
  for (const line of text.split('\n')) {
    if (/^[^\s#-]/.test(line)) isWanted = wanted.test(line);
    if (isWanted) kept.push(line);
  }
  if (kept.length === 0) return undefined;
  const blocks = kept.join('\n');
  const cut = source(`${part.name} (first pass)`, blocks);
  return { source: cut, rendered: { text: blocks, translate: writtenIn(cut) } };
}
