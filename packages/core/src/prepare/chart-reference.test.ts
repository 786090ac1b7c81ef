import { describe, expect, it } from 'vitest';
import type { DesiredStateFile } from '../desired/desired-state.ts';
import {
  type ChartReference,
  classifyChart,
  ociCachePath,
  ociName,
  ociReference,
  ociVersion,
} from './chart-reference.ts';

const file = { baseDirectory: '/p/sub', printedBaseDirectory: '.' } as DesiredStateFile;
const repositories = [
  { name: 'r', url: 'https://charts', isOci: false },
  { name: 'o', url: 'ghcr.io/org', isOci: true },
];

function classify(chart: string, version = ''): ChartReference {
  return classifyChart(chart, { file, version }, repositories);
}

describe('a chart', () => {
  it('is local when it looks like a path', () => {
    expect(classify('./charts/web')).toEqual({
      kind: 'local',
      printed: 'charts/web',
      absolute: '/p/sub/charts/web',
    });
    expect(classify('../web')).toEqual({ kind: 'local', printed: '../web', absolute: '/p/web' });
    expect(classify('/abs/web')).toEqual({ kind: 'local', printed: '/abs/web', absolute: '/abs/web' });
    expect(classify('web').kind).toBe('local');
    expect(classify('a/b/c/d').kind).toBe('local');
  });

  it('is for helm to find with two or three segments, or with a scheme', () => {
    expect(classify('r/web')).toEqual({ kind: 'helm', reference: 'r/web', repository: repositories[0] });
    expect(classify('x/y/z').kind).toBe('helm');
    expect(classify('https://host/web.tgz').kind).toBe('helm');
  });

  it('is pulled from a registry, wherever tag, digest and version were written', () => {
    const seen = (chart: string, version?: string): readonly string[] => {
      const found = classify(chart, version);
      if (found.kind !== 'oci') return [found.kind];
      const named = ociVersion(found.chart);
      return [ociReference(found.chart), named, ociName(found.chart, named), ociCachePath(chart, named)];
    };
    expect(seen('oci://h.example/x/web:1.0.0')).toEqual([
      'oci://h.example/x/web',
      '1.0.0',
      'h.example/x/web',
      'oci__h_example/x/web_1_0_0/1.0.0',
    ]);
    expect(seen('oci://h.example/x/web4:1.0.0@sha256:cccc')).toEqual([
      'oci://h.example/x/web4@sha256:cccc',
      '1.0.0',
      'h.example/x/web4@sha256:cccc',
      'oci__h_example/x/web4_1_0_0@sha256_cccc/1.0.0',
    ]);
    expect(seen('o/sub/web', '3.0.0@sha256:bbbb')).toEqual([
      'oci://ghcr.io/org/sub/web@sha256:bbbb',
      '3.0.0',
      'ghcr.io/org/sub/web@sha256:bbbb',
      'o/sub/web/3.0.0',
    ]);
    expect(seen('o/web', '~0.1')).toEqual([
      'oci://ghcr.io/org/web',
      '~0.1',
      'ghcr.io/org/web:~0.1',
      'o/web/_0.1',
    ]);
    expect(seen('o/web')).toEqual(['oci://ghcr.io/org/web', '', 'ghcr.io/org/web', 'o/web']);
  });
});
