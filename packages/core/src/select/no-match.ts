import { type Diagnostic, errorDiagnostic } from '@flotilla/diagnostics';

/** The error of a command that found nothing to work on (Helmfile 1.8.0's text, exit code 3). */
export function noMatchingRelease(selectors: readonly string[], environment: string): Diagnostic {
  const text = `err: no releases found that matches specified selector(${selectors.join(', ')}) and environment(${environment}), in any helmfile`;
  const wanted =
    selectors.length === 0 ? '' : ` matches ${selectors.map((each) => `"${each}"`).join(' or ')}`;
  return errorDiagnostic(
    'selector/no-match',
    wanted === ''
      ? `no release is defined for the environment "${environment}"`
      : `no release${wanted} in the environment "${environment}"`,
    { referenceText: text, hint: 'see the releases and their labels with list' },
  );
}
