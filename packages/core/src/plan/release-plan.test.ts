import { describe, expect, it } from 'vitest';
import type { ReleaseId } from '../desired/desired-state.ts';
import {
  type FilePlan,
  hasChanges,
  movedReleases,
  parsePlan,
  type ReleaseChange,
  releasePlan,
  serializePlan,
} from './release-plan.ts';

function change(name: string, kind: ReleaseChange['kind'], diffText = ''): ReleaseChange {
  return {
    release: name as ReleaseId,
    name,
    namespace: '',
    chart: './web',
    chartReference: 'web',
    version: '',
    kind,
    diffText,
    evidence: { kind: 'always' },
  };
}

function filePlan(...changes: readonly ReleaseChange[]): FilePlan {
  return { file: 'helmfile.yaml', fileIndex: 0, changes };
}

describe('a plan', () => {
  it('survives being kept as text', () => {
    const plan = releasePlan([{ plan: filePlan(change('a', 'upgrade', '+x\n')) }, {}]);
    expect(parsePlan(serializePlan(plan))).toEqual(plan);
    expect(hasChanges(plan)).toBe(true);
    expect(hasChanges(releasePlan([{ plan: filePlan(change('a', 'unchanged')) }]))).toBe(false);
  });

  it('is nothing else: other texts and other versions are refused', () => {
    expect(parsePlan('no json')).toBeUndefined();
    expect(parsePlan('null')).toBeUndefined();
    expect(parsePlan('{"version":2,"files":[]}')).toBeUndefined();
  });

  it('tells which releases moved since: other change, other difference, come or gone', () => {
    const reviewed = releasePlan([
      { plan: filePlan(change('a', 'upgrade', '+x\n'), change('b', 'unchanged'), change('gone', 'install')) },
    ]);
    expect(
      movedReleases(reviewed, filePlan(change('a', 'upgrade', '+x\n'), change('b', 'unchanged'))),
    ).toEqual(['gone']);
    const now = filePlan(
      change('a', 'upgrade', '+y\n'),
      change('b', 'upgrade'),
      change('gone', 'install'),
      change('new', 'install'),
    );
    expect(movedReleases(reviewed, now)).toEqual(['a', 'b', 'new']);
  });
});
