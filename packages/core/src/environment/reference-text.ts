import type { Diagnostic } from '@flotilla/diagnostics';

/** The diagnostics with `prefix` in front of what Helmfile prints for each. */
export function prefixReferences(diagnostics: readonly Diagnostic[], prefix: string): readonly Diagnostic[] {
  return diagnostics.map((each) =>
    each.severity !== 'error' || each.referenceText === undefined
      ? each
      : { ...each, referenceText: prefix + each.referenceText },
  );
}
