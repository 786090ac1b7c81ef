/**
 * Mirrors (DESIGN D13): other places to take repositories, registries and remote sources from.
 * In: `FROM=TO` pairs of URL prefixes. Out: rewritten references; the longest matching prefix wins, on segment borders.
 */

export interface Mirror {
  readonly from: string;
  readonly to: string;
}

/** Reads `FROM=TO`; undefined when it is not a pair. */
export function parseMirror(text: string): Mirror | undefined {
  const at = text.indexOf('=');
  const from = text.slice(0, at).replace(/\/+$/, '');
  const to = text.slice(at + 1).replace(/\/+$/, '');
  return at < 1 || from === '' || to === '' ? undefined : { from, to };
}

/** A URL as the mirrors have it. */
export function applyMirrors(url: string, mirrors: readonly Mirror[]): string {
  let best: { readonly length: number; readonly url: string } | undefined;
  for (const mirror of mirrors) {
    const rest = restAfter(url, mirror.from);
    if (rest === undefined || mirror.from.length <= (best?.length ?? 0)) continue;
    best = { length: mirror.from.length, url: mirror.to + rest };
  }
  return best?.url ?? url;
}

function restAfter(url: string, prefix: string): string | undefined {
  if (!url.startsWith(prefix)) return undefined;
  const rest = url.slice(prefix.length);
  return rest === '' || /^[/?#:@]/.test(rest) ? rest : undefined;
}
