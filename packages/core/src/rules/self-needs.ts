import { warningDiagnostic } from '@flotilla/diagnostics';
import { spanOf } from '../yaml/provenance.ts';
import type { Rule } from './rule.ts';

/** A release that needs itself, or one release twice. */
export const selfNeeds: Rule = (spec, report) => {
  for (const release of spec.releases ?? []) {
    const { name = '', namespace = '', needs = [] } = release;
    const seen = new Set<string>();
    for (const [index, need] of needs.entries()) {
      const span = spanOf(release, 'needs', index);
      if (need === name || (namespace !== '' && need === `${namespace}/${name}`)) {
        report(warningDiagnostic('needs/self', `release "${name}" needs itself`, { span }));
      } else if (seen.has(need)) {
        report(warningDiagnostic('needs/repeated', `release "${name}" needs "${need}" twice`, { span }));
      }
      seen.add(need);
    }
  }
};
