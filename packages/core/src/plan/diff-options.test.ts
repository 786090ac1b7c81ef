import { describe, expect, it } from 'vitest';
import type { DesiredRelease, DesiredStateFile } from '../desired/desired-state.ts';
import type { CommandOptions } from '../prepare/command-options.ts';
import type { ReleaseScope } from '../prepare/release-scope.ts';
import type { ReleaseSpec } from '../spec/release-spec.ts';
import type { HelmDefaultsSpec } from '../spec/state-spec.ts';
import { diffSettings } from './diff-options.ts';

function scope(given: {
  readonly options?: CommandOptions;
  readonly defaults?: HelmDefaultsSpec;
  readonly spec?: ReleaseSpec;
}): ReleaseScope {
  return {
    release: { spec: { name: 'web', chart: 'c', ...given.spec } } as DesiredRelease,
    file: { spec: { helmDefaults: given.defaults ?? {} } } as DesiredStateFile,
    repository: undefined,
    options: given.options ?? {},
    capabilities: {} as ReleaseScope['capabilities'],
  };
}

describe('the settings of a comparison', () => {
  it('show whole objects and hide secrets when nothing is said', () => {
    expect(diffSettings(scope({}), {})).toMatchObject({
      manifest: { context: -1, output: 'diff', showSecrets: false, suppressKinds: [], includeHooks: true },
      isOffline: false,
      trial: undefined,
      unsupported: [],
    });
  });

  it('take diffArgs over flags over the environment', () => {
    const environment = { HELM_DIFF_OUTPUT_CONTEXT: '7', HELM_DIFF_OUTPUT: 'simple' };
    const context = (given: ReleaseScope): number => diffSettings(given, environment).manifest.context;
    expect(context(scope({}))).toBe(7);
    expect(context(scope({ options: { diff: { context: 3 } } }))).toBe(3);
    expect(context(scope({ options: { diff: { context: 3 }, diffArgs: '--context 1' } }))).toBe(1);
    expect(context(scope({ defaults: { diffArgs: ['-C', '2'] } }))).toBe(2);
    expect(diffSettings(scope({}), environment).manifest.output).toBe('simple');
    expect(diffSettings(scope({ options: { diffArgs: '--output=nothing' } }), {}).manifest.output).toBe(
      'diff',
    );
  });

  it('understand what helm-diff is given and name what they do not', () => {
    const diffArgs =
      '--suppress Secret --suppress ConfigMap --show-secrets --dry-run --three-way-merge --wat x';
    expect(diffSettings(scope({ options: { diffArgs, diff: { suppress: ['Job'] } } }), {})).toMatchObject({
      manifest: { suppressKinds: ['Job', 'Secret', 'ConfigMap'], showSecrets: true },
      isOffline: true,
      trial: { kind: 'patch' },
      unsupported: ['wat'],
    });
  });

  it('pass on what is meant for the render', () => {
    const diffArgs =
      '--set a=b --devel --three-way-merge=false --kube-version=1.30 --set c=d --allow-unreleased';
    const environment = { HELM_DIFF_THREE_WAY_MERGE: 'true', HELM_DIFF_OUTPUT: ' ' };
    expect(diffSettings(scope({ options: { diffArgs } }), environment)).toMatchObject({
      manifest: { output: 'diff' },
      forwarded: ['--set', 'a=b', '--set', 'c=d', '--devel', '--kube-version=1.30'],
      trial: undefined,
      unsupported: [],
    });
  });

  it('compare with the cluster where ownership is taken', () => {
    expect(diffSettings(scope({ spec: { name: 'web', chart: 'c', takeOwnership: true } }), {})).toMatchObject(
      {
        trial: { kind: 'patch' },
        takesOwnership: true,
      },
    );
  });

  it('take colours from the environment where nobody decides', () => {
    const color = (given: ReleaseScope): boolean =>
      diffSettings(given, { HELM_DIFF_COLOR: 'true' }).manifest.color;
    expect(color(scope({}))).toBe(true);
    expect(color(scope({ options: { diff: { color: false } } }))).toBe(false);
  });

  it('try a server-side apply when told to, without hooks', () => {
    const options = { diff: { serverDryRun: true } };
    expect(
      diffSettings(scope({ options, spec: { name: 'web', chart: 'c', forceConflicts: true } }), {}),
    ).toMatchObject({
      trial: { kind: 'apply', forcesConflicts: true },
      noHooks: true,
    });
  });

  it('take the lines to leave out from the first list that has any: release, command line, defaults', () => {
    const defaults = { suppressOutputLineRegex: ['d'] };
    const options = { diff: { suppressOutputLineRegex: ['c'] } };
    const regexes = (given: ReleaseScope): readonly string[] =>
      diffSettings(given, {}).manifest.suppressOutputLineRegex;
    expect(regexes(scope({ defaults }))).toEqual(['d']);
    expect(regexes(scope({ defaults, options }))).toEqual(['c']);
    expect(regexes(scope({ defaults, options, spec: { suppressOutputLineRegex: ['r'] } }))).toEqual(['r']);
  });
});
