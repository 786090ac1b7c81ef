import { didYouMean } from '@flotilla/diagnostics';
import type { DesiredState } from '../desired/desired-state.ts';
import { parseSelectors, type SelectorTerm } from './selector.ts';

/** `did you mean …?` for selectors that match nothing: the first term whose label or value no release has. */
export function nearSelector({ files }: DesiredState): string | undefined {
  const labels = files.flatMap((file) => file.releases.flatMap((release) => Object.entries(release.labels)));
  const texts = new Set(files.flatMap((file) => file.selectors));
  const terms = (parseSelectors([...texts]).value ?? []).flatMap((selector) => selector.terms);
  for (const term of terms) {
    const near = term.isNegative ? undefined : nearTerm(term, labels);
    if (near !== undefined) return near;
  }
  return undefined;
}

type Labels = readonly (readonly [string, string])[];

function nearTerm({ label, value }: SelectorTerm, labels: Labels): string | undefined {
  const written = `${label}=${value}`;
  const isKnown = labels.some(([name]) => name === label);
  const alike = labels.filter(([name, held]) => (isKnown ? name === label && held !== '' : held === value));
  if (alike.some(([name, held]) => name === label && held === value)) return undefined;
  return didYouMean(
    written,
    alike.map(([name, held]) => `${name}=${held}`),
  );
}
