import { warningDiagnostic } from '@flotilla/diagnostics';
import { spanOf } from '../yaml/provenance.ts';
import type { Rule } from './rule.ts';

/** Repositories of the same name: Helmfile adds the first and never looks at the others. */
export const repeatedNames: Rule = (spec, report) => {
  const first = new Map<string, object>();
  for (const repository of spec.repositories ?? []) {
    const name = repository.name ?? '';
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, repository);
      continue;
    }
    const span = spanOf(earlier, 'name');
    report(
      warningDiagnostic(
        'state/repeated-repository',
        `repository "${name}" is given twice; the first counts`,
        {
          span: spanOf(repository, 'name') ?? spanOf(repository),
          related: span === undefined ? [] : [{ span, message: 'this one counts' }],
        },
      ),
    );
  }
};
