import { didYouMean } from '@flotilla/diagnostics';
import { quote, type YamlNode } from '@flotilla/gocompat';
import { spanOf } from '../yaml/provenance.ts';
import { type DecodeContext, reportFatal } from './decode-context.ts';
import { inheritableKeys } from './helmfiles-shape.ts';
import type { SubHelmfileSpec } from './state-spec.ts';

/** What Helmfile checks in an entry of `helmfiles` while it decodes; each problem ends its decoding. */
export function checkSubHelmfile(
  context: DecodeContext,
  node: YamlNode,
  entry: Partial<SubHelmfileSpec>,
): void {
  const { path = '', selectors, selectorsInherited = false, inherits = [] } = entry;
  const report = (key: keyof SubHelmfileSpec, text: string, hint: string | undefined): void =>
    reportFatal(context, node, {
      code: 'spec/helmfiles-entry',
      message: text,
      text,
      hint,
      span: spanOf(entry, key),
    });
  if (selectors !== undefined && path === '') {
    report('selectors', `found 'selectors' definition without path: ${listed(selectors)}`, 'Add a "path".');
  }
  if (selectorsInherited && selectors !== undefined && selectors.length > 0) {
    const text = `you cannot use 'SelectorsInherited: true' along with and explicit selector for path: ${path}`;
    report('selectors', text, 'Drop either.');
  }
  if (inherits.length > 0 && path === '') {
    report('inherits', `found 'inherits' definition without path: ${listed(inherits)}`, 'Add a "path".');
  }
  for (const key of inherits) {
    if ((inheritableKeys as readonly string[]).includes(key)) continue;
    const allowed = `allowed values are ${listed(inheritableKeys)}`;
    const text = `invalid inherits entry ${quote(key)} for path ${quote(path)}: ${allowed}`;
    report('inherits', text, didYouMean(key, inheritableKeys));
    return;
  }
}

/** Go's `%v` of a `[]string`. */
function listed(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}
