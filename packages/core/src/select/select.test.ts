import { Dict } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import {
  type DesiredRelease,
  type DesiredState,
  type DesiredStateFile,
  type ReleaseId,
  releaseId,
} from '../desired/desired-state.ts';
import { checkNeeds, uninstalledNeeds } from './needs-rules.ts';
import { releaseGroups } from './release-graph.ts';
import { type NeedsPolicy, selectReleases } from './selection.ts';
import { parseSelector, selectorsAreCompatible } from './selector.ts';

interface Given {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  readonly isEnabled?: boolean;
  readonly isInstalled?: boolean;
}

function release(given: Given, fileIndex: number): DesiredRelease {
  const key = { name: given.name, namespace: given.namespace ?? '', kubeContext: '' };
  return {
    id: releaseId(key),
    key,
    spec: { name: given.name, chart: `charts/${given.name}` },
    labels: { ...given.labels, name: given.name, namespace: key.namespace, chart: given.name },
    needs: (given.needs ?? []) as readonly ReleaseId[],
    isInstalled: given.isInstalled ?? true,
    isEnabled: given.isEnabled ?? true,
    fileIndex,
    spanOf: () => undefined,
  };
}

function state(
  ...files: readonly { selectors?: readonly string[]; releases: readonly Given[] }[]
): DesiredState {
  const environment = {
    name: 'default',
    kubeContext: '',
    values: new Dict(),
    defaults: new Dict(),
    cliOverrides: new Dict(),
  };
  return {
    environmentName: 'default',
    files: files.map((file, index): DesiredStateFile => {
      return {
        name: `helmfile${index}.yaml`,
        absolutePath: `/p/helmfile${index}.yaml`,
        baseDirectory: '/p',
        printedBaseDirectory: '.',
        errorPrefix: '',
        overrides: { kubeContext: '', namespace: '', chart: '' },
        spec: {},
        environment,
        values: new Dict(),
        releases: file.releases.map((each) => release(each, index)),
        children: [],
        selectors: file.selectors ?? [],
      };
    }),
  };
}

function reasons(given: DesiredState, needs: NeedsPolicy = 'skip'): readonly string[] {
  const { value, diagnostics } = selectReleases(given, { needs });
  if (value === undefined) return diagnostics.map((each) => each.referenceText ?? each.message);
  return value.choices.map(
    ({ release: { id }, isSelected, reason }) =>
      `${isSelected ? '+' : '-'} ${id} ${Object.values(reason).join(' ')}`,
  );
}

describe('selectors', () => {
  it('are terms joined by commas, all of which must hold', () => {
    expect(parseSelector('tier=web,name!=a').value?.terms).toEqual([
      { label: 'tier', value: 'web', isNegative: false },
      { label: 'name', value: 'a', isNegative: true },
    ]);
  });

  it.each(['', 'a', 'a==b', 'a = b', 'a=b,', 'a in (b)', 'a=ü'])('%j is malformed', (text) => {
    const [problem] = parseSelector(text).diagnostics;
    expect(problem?.code).toBe('selector/malformed');
  });

  it('name the malformed term as Helmfile does', () => {
    expect(parseSelector('a=b,c').diagnostics[0]?.referenceText).toBe(
      'malformed label: c. Expected label in form k=v or k!=v',
    );
  });

  it('conflict only by positive terms of the same label', () => {
    expect(selectorsAreCompatible(['name=b'], ['name=a'])).toBe(false);
    expect(selectorsAreCompatible(['name=b', 'name=a'], ['name=a'])).toBe(true);
    expect(selectorsAreCompatible(['name!=a'], ['name=a'])).toBe(true);
    expect(selectorsAreCompatible(['name=b'], [])).toBe(true);
    expect(selectorsAreCompatible(['bad'], ['name=a'])).toBe(true);
  });
});

describe('selection', () => {
  const releases: readonly Given[] = [
    { name: 'db', labels: { tier: 'data' } },
    { name: 'api', labels: { tier: 'web' }, needs: ['db'] },
    { name: 'off', isEnabled: false },
    { name: 'ui', labels: { tier: 'web' }, needs: ['api', 'off'] },
  ];

  it('without selectors takes everything whose condition holds', () => {
    expect(reasons(state({ releases }))).toEqual([
      '+ db no-selector',
      '+ api no-selector',
      '- off condition-off ',
      '+ ui no-selector',
    ]);
  });

  it('takes a release that one of the selectors matches; an absent label satisfies a negative term', () => {
    expect(reasons(state({ selectors: ['tier=data', 'tier!=web'], releases }))).toEqual([
      '+ db selector tier=data',
      '- api not-matched tier=data,tier!=web',
      '- off condition-off ',
      '- ui not-matched tier=data,tier!=web',
    ]);
  });

  it('takes needs at any depth, over selector and condition', () => {
    expect(reasons(state({ selectors: ['name=ui'], releases }), 'include')).toEqual([
      '+ db needed api',
      '+ api needed ui',
      '+ off needed ui',
      '+ ui selector name=ui',
    ]);
  });

  it('keeps disabled releases where a command lists everything', () => {
    const { value } = selectReleases(state({ releases }), { needs: 'skip', keepsDisabled: true });
    expect(value?.selected.map((each) => each.id)).toEqual(['db', 'api', 'off', 'ui']);
  });

  it('reports malformed selectors', () => {
    expect(reasons(state({ selectors: ['x'], releases }))).toEqual([
      'malformed label: x. Expected label in form k=v or k!=v',
    ]);
  });

  it('refuses two chosen releases of one identity in a file', () => {
    const twice = state({
      releases: [
        { name: 'a', namespace: 'n' },
        { name: 'a', namespace: 'n' },
      ],
    });
    expect(selectReleases(twice, { needs: 'skip' }).diagnostics.map((each) => each.referenceText)).toEqual([
      'duplicate release "a" found in namespace "n": there were 2 releases named "a" matching specified selector',
    ]);
  });
});

describe('needs', () => {
  const problems = (given: DesiredState, needs: NeedsPolicy = 'skip'): readonly (string | undefined)[] => {
    const selected = selectReleases(given, { needs }).value?.selected ?? [];
    return checkNeeds(given, selected, needs).map((each) => each.referenceText);
  };

  it('must be defined somewhere', () => {
    const given = state({
      releases: [
        { name: 'a', namespace: 'n', needs: ['n/b'] },
        { name: 'c', needs: ['n/b'] },
      ],
    });
    expect(problems(given)).toEqual([
      'release(s) "n/a", "c" depend(s) on an undefined release "n/b". Perhaps you made a typo in "needs" or forgot defining a release named "b" with appropriate "namespace" and "kubeContext"?',
    ]);
  });

  it('may name a release of another file', () => {
    const given = state({ releases: [{ name: 'a' }] }, { releases: [{ name: 'b', needs: ['a'] }] });
    expect(problems(given)).toEqual([]);
  });

  it('must not form a circle', () => {
    const given = state({
      releases: [
        { name: 'a', needs: ['c'] },
        { name: 'b', needs: ['a'] },
        { name: 'c', needs: ['b'] },
      ],
    });
    expect(problems(given)).toEqual(['cycle detected: a -> b -> c -> a']);
  });

  it('must be selected when they are neither skipped nor included', () => {
    const releases: readonly Given[] = [
      { name: 'db' },
      { name: 'a', labels: { x: 'y' }, needs: ['db'] },
      { name: 'b', labels: { x: 'y' }, needs: ['db'] },
      { name: 'c', labels: { x: 'y' }, needs: ['db'] },
    ];
    expect(problems(state({ selectors: ['name=a'], releases }), 'require')).toEqual([
      'release "a" depends on "db" which does not match the selectors. Please add a selector like "--selector name=db", or indicate whether to skip (--skip-needs) or include (--include-needs) these dependencies',
    ]);
    expect(problems(state({ selectors: ['x=y'], releases }), 'require')[0]).toMatch(
      /^release "a", "b", and "c" depend on "db" which/,
    );
  });

  it('can be required to be installed', () => {
    const given = state({
      releases: [
        { name: 'a', needs: ['b'] },
        { name: 'b', needs: ['c'] },
        { name: 'c', isInstalled: false },
      ],
    });
    const [file] = given.files;
    expect(
      uninstalledNeeds(given, file?.releases.slice(0, 1) ?? []).map((each) => each.referenceText),
    ).toEqual(['Release a has a transitive dependency c marked as installed=false']);
  });

  it('group the chosen releases by level of the whole file', () => {
    const [file] = state({
      releases: [
        { name: 'ui', needs: ['api'] },
        { name: 'api', needs: ['db'] },
        { name: 'cache' },
        { name: 'db' },
      ],
    }).files;
    const names = (groups: readonly (readonly DesiredRelease[])[]): unknown =>
      groups.map((group) => group.map((each) => each.id));
    expect(names(releaseGroups(file!, new Set(file!.releases)))).toEqual([['cache', 'db'], ['api'], ['ui']]);
    expect(names(releaseGroups(file!, new Set([file!.releases[0]!, file!.releases[2]!])))).toEqual([
      ['cache'],
      ['ui'],
    ]);
  });
});
