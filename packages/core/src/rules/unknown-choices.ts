import { type Diagnostic, didYouMean, warningDiagnostic } from '@flotilla/diagnostics';
import { cascades, mergeStrategies, serverSides, trackModes } from '../spec/closed-sets.ts';
import { spanOf } from '../yaml/provenance.ts';
import { isTemplate, releasesOf } from './blocks.ts';
import type { Rule } from './rule.ts';

const choices = { cascade: cascades, serverSide: serverSides, trackMode: trackModes } as const;

/** Values out of a closed set that Helmfile, or helm, looks at late or not at all. */
export const unknownChoices: Rule = (spec, report) => {
  for (const owner of [spec.helmDefaults ?? {}, ...releasesOf(spec).map(({ release }) => release)]) {
    for (const key of Object.keys(choices) as (keyof typeof choices)[]) {
      const problem = problemOf(owner, { key, value: owner[key], allowed: choices[key] });
      if (problem !== undefined) report(problem);
    }
  }
  for (const environment of Object.values(spec.environments ?? {})) {
    const value = environment.mergeStrategy;
    const problem = problemOf(environment, { key: 'mergeStrategy', value, allowed: mergeStrategies });
    if (problem !== undefined) report(problem);
  }
};

interface Choice {
  readonly key: string;
  readonly value: string | undefined;
  readonly allowed: readonly string[];
}

function problemOf(owner: object, { key, value = '', allowed }: Choice): Diagnostic | undefined {
  if (value === '' || allowed.includes(value) || isTemplate(value)) return undefined;
  return warningDiagnostic('state/unknown-choice', `"${value}" is no ${key}`, {
    span: spanOf(owner, key),
    hint: didYouMean(value, allowed) ?? `It is one of ${allowed.join(', ')}.`,
  });
}
