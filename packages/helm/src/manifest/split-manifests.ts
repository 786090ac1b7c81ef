/** Cuts rendered text into documents at `---` lines, the way Helm does: no YAML is parsed. */
import { trimLeftSpace, trimSpace } from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';

const separator = /^---[ \t]*/gm;
const separatorV3 = /(?:^|[\t\n\f\r ]*\n)---[\t\n\f\r ]*/g;

/**
 * The documents of `text`, blank ones dropped (Helm 4.3.1 `SplitManifests`). Documents keep their trailing white space;
 * Helm 3 cuts it off. A `---` at the start of any line splits, inside block scalars and with text behind it too.
 */
export function splitManifests(text: string, compat: HelmCompat = 'v4'): string[] {
  const trim = compat === 'v3' ? trimSpace : trimLeftSpace;
  const parts = compat === 'v3' ? trimSpace(text).split(separatorV3) : splitAtLines(trimLeftSpace(text));
  return parts.map(trim).filter((document) => document !== '');
}

/** JS `^` also matches after CR and U+2028/9, Go's only after LF, so matches are checked. */
function splitAtLines(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(separator)) {
    if (match.index > 0 && text[match.index - 1] !== '\n') continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
