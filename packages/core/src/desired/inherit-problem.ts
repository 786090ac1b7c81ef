import { type Diagnostic, didYouMean, errorDiagnostic } from '@flotilla/diagnostics';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { spanOf } from '../yaml/provenance.ts';

/** Why a release cannot inherit; caught where the release is known. */
export class InheritProblem extends Error {
  readonly kind: 'cycle' | 'unknown' | 'except';
  /** Templates from the release down to the problem. */
  readonly trail: readonly string[];
  /** The refused key of `except`. */
  readonly key: string;

  constructor(kind: 'cycle' | 'unknown' | 'except', trail: readonly string[], key = '') {
    super(kind);
    this.kind = kind;
    this.trail = trail;
    this.key = key;
  }
}

/** The problem at the `inherit` entry where it was written, with Helmfile 1.8.0's text. */
export function inheritDiagnostic(
  problem: InheritProblem,
  state: StateSpec,
  release: ReleaseSpec,
): Diagnostic {
  const { kind, trail, key } = problem;
  const name = trail.at(-1) ?? '';
  const holder = trail.length > 1 ? state.templates?.[trail.at(-2) ?? ''] : release;
  const entry = holder?.inherit?.findIndex((each) => each.template === name) ?? -1;
  const own = holder === undefined || entry === -1 ? undefined : spanOf(holder, 'inherit', entry);
  const span = own ?? spanOf(release);
  const user = release.name ?? '';
  switch (kind) {
    case 'cycle':
      return errorDiagnostic(
        'state/inherit-cycle',
        `release "${user}" inherits in a circle: ${trail.join(' -> ')}`,
        {
          span,
          referenceText: `unable to load release "${user}" with template: cyclic inheritance detected: ${trail.join('->')}`,
        },
      );
    case 'unknown':
      return errorDiagnostic('state/unknown-template', `the release template "${name}" is not defined`, {
        span,
        hint: didYouMean(name, Object.keys(state.templates ?? {})),
        referenceText: `${outerTemplates(trail)}release "${holder?.name ?? ''}" tried to inherit inexistent release template "${name}"`,
      });
    case 'except':
      return errorDiagnostic('state/inherit-except', `"${key}" cannot be excepted from a release template`, {
        span,
        hint: 'except takes labels, values, valuesTemplate, set, setString, setTemplate and secrets',
        referenceText: `${outerTemplates(trail)}"${key}" is not allowed under \`inherit\`. Allowed values are ${allowedByHelmfile}`,
      });
  }
}

const allowedByHelmfile = '"set", "setTemplate", "values", "valuesTemplate", "secrets", and "labels"';

function outerTemplates(trail: readonly string[]): string {
  const outer = trail.slice(0, -1);
  return outer.map((each) => `unable to load release template "${each}": `).join('');
}
