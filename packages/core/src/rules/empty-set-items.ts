import { warningDiagnostic } from '@flotilla/diagnostics';
import type { SetValueSpec } from '../spec/release-spec.ts';
import { spanOf } from '../yaml/provenance.ts';
import { releasesOf } from './blocks.ts';
import type { Rule } from './rule.ts';

const lists = ['set', 'setString', 'setTemplate', 'env'] as const;

/** Single values without a name, or with several sources, of which Helmfile takes one silently. */
export const emptySetItems: Rule = (spec, report) => {
  for (const { release, label } of releasesOf(spec)) {
    for (const list of lists) {
      for (const item of release[list] ?? []) {
        const problem = problemOf(item);
        if (problem === undefined) continue;
        report(
          warningDiagnostic('state/set-item', `${label}: an item of "${list}" ${problem}`, {
            span: spanOf(item),
          }),
        );
      }
    }
  }
};

function problemOf(item: SetValueSpec): string | undefined {
  if (item.name === undefined || item.name === '') return 'has no name';
  const sources = [item.value, item.file, item.values].filter(
    (each) => each !== undefined && each.length > 0,
  );
  return sources.length > 1
    ? `("${item.name}") has more than one of "value", "file" and "values"`
    : undefined;
}
