import { type Diagnostic, formatDiagnostic, sortDiagnostics } from '@flotilla/diagnostics';
import type { Host } from '../host.ts';
import { painter } from './colors.ts';

const maximumShown = 50;

/**
 * Prints diagnostics to standard error: as `helmfile`, the reference's own text in front of each frame; at most fifty, then a count.
 */
export function printDiagnostics(host: Host, diagnostics: readonly Diagnostic[], hasColor: boolean): void {
  const sorted = sortDiagnostics(diagnostics);
  const paint = painter(hasColor);
  for (const diagnostic of sorted.slice(0, maximumShown)) {
    if (host.program === 'helmfile' && diagnostic.referenceText !== undefined) {
      host.writeError(`${diagnostic.referenceText}\n`);
      if (diagnostic.span === undefined && diagnostic.related.length === 0) continue;
    }
    host.writeError(`${formatDiagnostic(diagnostic, paint)}\n`);
  }
  const rest = sorted.length - maximumShown;
  if (rest > 0) host.writeError(`and ${rest} more problems\n`);
}
