import { type Diagnostic, type RelatedSpan, warningDiagnostic } from '@flotilla/diagnostics';
import type { Shape } from '../spec/field.ts';
import { releaseShape } from '../spec/release-shape.ts';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import { stateShape } from '../spec/state-shape.ts';
import type { StateSpec } from '../spec/state-spec.ts';
import { spanOf } from '../yaml/provenance.ts';
import { isZero } from './merge-specs.ts';

/** Explicit `false`, `0` and `""` of a later layer that merging loses, because an earlier one says something else. */
export function lostSettings(base: StateSpec, over: StateSpec): readonly Diagnostic[] {
  return lostIn(base, over, stateShape, '');
}

/** The same between a release template and a release. */
export function lostReleaseSettings(base: ReleaseSpec, over: ReleaseSpec): readonly Diagnostic[] {
  return lostIn(base, over, releaseShape, '');
}

type Block = Readonly<Record<string, unknown>>;

function lostIn(base: object, over: object, shape: Shape, prefix: string): readonly Diagnostic[] {
  return Object.entries(over).flatMap(([key, value]) => {
    const type = shape.fields[key]?.type;
    const earlier = (base as Block)[key];
    if (type?.kind === 'block' && typeof earlier === 'object' && earlier !== null) {
      return lostIn(earlier, value as object, type.shape, `${prefix}${key}.`);
    }
    const isScalar = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
    return isScalar && isZero(value) && !isZero(earlier) ? [lost({ base, over }, key, prefix)] : [];
  });
}

function lost(
  { base, over }: { readonly base: object; readonly over: object },
  key: string,
  prefix: string,
): Diagnostic {
  const written = JSON.stringify((over as Block)[key]);
  const wins = JSON.stringify((base as Block)[key]);
  const earlier = spanOf(base, key);
  const related: readonly RelatedSpan[] =
    earlier === undefined ? [] : [{ span: earlier, message: 'this one counts' }];
  return warningDiagnostic(
    'state/lost-setting',
    `"${prefix}${key}" stays ${wins}: ${written} cannot undo it`,
    {
      span: spanOf(over, key),
      related,
      hint: 'Helmfile never lets false, 0 or "" beat an earlier value: set it in one place only.',
    },
  );
}
