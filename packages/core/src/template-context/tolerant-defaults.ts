import type { Source } from '@flotilla/diagnostics';

const path = String.raw`(\.[A-Za-z_]\w*)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)`;
const piped = new RegExp(String.raw`${path}(?=\s*\|\s*default\b)`, 'g');
const given = new RegExp(
  String.raw`(\bdefault\s+(?:"[^"\n]*"|\x60[^\x60]*\x60|[\w.+-]+)\s+)${path}(?![\w.])`,
  'g',
);
const action = /\{\{[\s\S]*?\}\}/g;

/**
 * The source with `.Values.a.b | default x` reading `a.b` as nil when it is absent, instead of failing before `default` is
 * asked; undefined when there is no such place. Lines stay, columns behind a change move.
 */
export function withTolerantDefaults(source: Source): Source | undefined {
  const text = source.text.replace(action, (each) =>
    each.startsWith('{{/*') || each.startsWith('{{- /*')
      ? each
      : each.replace(piped, '(getOrNil "$2" $1)').replace(given, '$1(getOrNil "$3" $2)'),
  );
  return text === source.text ? undefined : { ...source, text };
}
