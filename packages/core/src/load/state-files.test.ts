import { int } from '@flotilla/gocompat';
import { describe, expect, it } from 'vitest';
import { errorsOf, framesOf, load, releasesOf, valuesOf } from './load.test-support.ts';

const release = (name: string, more = ''): string => `releases:\n- {name: ${name}, chart: a/b${more}}\n`;

async function names(given: Parameters<typeof load>[0]): Promise<readonly string[]> {
  return (await releasesOf(given)).map((each) => each.id);
}

describe('parts', () => {
  it('replace lists, documents inside a part append them', async () => {
    expect(await names({ files: { 'helmfile.yaml': `${release('x')}---\n${release('y')}` } })).toEqual(['y']);
    expect(await names({ files: { 'helmfile.yaml': `${release('x')}--- \n${release('y')}` } })).toEqual([
      'x',
      'y',
    ]);
  });

  it('are rendered one after the other, each with the environment so far', async () => {
    const text = `environments:
  default:
    values: [{a: 1}]
---
environments:
  default:
    values: [{b: {{ add .Values.a 1 }}}]
---
releases:
- name: r{{ .Values.b }}
  chart: a/b
`;
    expect(await names({ files: { 'helmfile.yaml.gotmpl': text } })).toEqual(['r2']);
  });

  it('warn about false and 0 that cannot undo what an earlier part says', async () => {
    const text = `helmDefaults: {wait: true}\n---\nhelmDefaults: {wait: false}\n${release('x')}`;
    const { diagnostics } = await load({ files: { 'helmfile.yaml': text } });
    expect(diagnostics.map((each) => each.message)).toEqual([
      '"helmDefaults.wait" stays true: false cannot undo it',
    ]);
  });
});

describe('bases', () => {
  it('lie under the part that names them; their lists join', async () => {
    const files = {
      'helmfile.yaml': `bases: [b.yaml]\n${release('x')}`,
      'b.yaml': release('base'),
    };
    expect(await names({ files })).toEqual(['base', 'x']);
  });

  it('resolve paths against the file that has them', async () => {
    const files = {
      'helmfile.yaml': `bases: [bases/b.yaml]\n${release('x')}`,
      'bases/b.yaml': 'helmfiles: [s.yaml]\n',
      's.yaml': release('s'),
    };
    expect(await names({ files })).toEqual(['s', 'x']);
  });

  it('of one list do not see each other, those of earlier parts are seen', async () => {
    const files = (separator: string): Record<string, string> => ({
      'helmfile.yaml': `bases: [e.yaml]${separator}${release('x')}`,
      'e.yaml': 'environments:\n  default: {values: [{t: 5}]}\n',
      'd.yaml.gotmpl': 'helmDefaults: {timeout: {{ .Values.t }}}\n',
    });
    const { state } = await load({ files: files('\n---\nbases: [d.yaml.gotmpl]\n') });
    expect(state?.files[0]?.spec.helmDefaults).toEqual({ timeout: 5 });
    const together = files('\n')['helmfile.yaml']?.replace('[e.yaml]', '[e.yaml, d.yaml.gotmpl]') ?? '';
    expect(await errorsOf({ files: { ...files('\n'), 'helmfile.yaml': together } })).toEqual([
      'in ./helmfile.yaml: error during d.yaml.gotmpl.part.0 parsing: template: stringTemplate:1:34: executing "stringTemplate" at <.Values.t>: map has no entry for key "t"',
    ]);
  });

  it('may not have bases, and must exist', async () => {
    const files = { 'helmfile.yaml': `bases: [b.yaml]\n${release('x')}`, 'b.yaml': 'bases: [c.yaml]\n' };
    expect(await errorsOf({ files })).toEqual([
      'in ./helmfile.yaml: nested `base` helmfile is unsupported. please submit a feature request if you need this!',
    ]);
    expect(
      await framesOf({ files: { 'helmfile.yaml': `bases: [nope.yaml]\n${release('x')}` } }),
    ).toMatchInlineSnapshot(`
      "error source/unreadable  helmfile.yaml:1:9
        cannot read "nope.yaml": open nope.yaml: no such file or directory
       > 1 | bases: [nope.yaml]
           |         ^^^^^^^^^
         2 | releases:
         3 | - {name: x, chart: a/b}"
    `);
  });
});

describe('sub-helmfiles', () => {
  it('come before their parent, after it in reverse', async () => {
    const files = {
      'helmfile.yaml': `helmfiles: [a/helmfile.yaml, b.yaml]\n${release('x')}- {name: y, chart: a/b}\n`,
      'a/helmfile.yaml': `helmfiles: [c.yaml]\n${release('a')}`,
      'a/c.yaml': release('c'),
      'b.yaml': release('b'),
    };
    expect(await names({ files })).toEqual(['c', 'a', 'b', 'x', 'y']);
    expect(await names({ files, options: { isReversed: true } })).toEqual(['y', 'x', 'b', 'a', 'c']);
    const { state } = await load({ files });
    expect(state?.files.map((file) => [file.name, file.baseDirectory, file.children])).toEqual([
      ['c.yaml', '/p/a', []],
      ['helmfile.yaml', '/p/a', [0]],
      ['b.yaml', '/p', []],
      ['helmfile.yaml', '/p', [1, 2]],
    ]);
  });

  it('get values of their entry, whose files are relative to the parent, and none of the command line', async () => {
    const files = {
      'helmfile.yaml': 'helmfiles:\n- path: c/helmfile.yaml\n  values: [v.yaml, {b: 2}]\n',
      'v.yaml': 'a: parent\n',
      'c/v.yaml': 'a: child\n',
      'c/helmfile.yaml': `values: [{a: own, d: 1}]\n${release('c', ', labels: {v: "{{ .Values | toJson }}"}')}`,
    };
    const [child] = await releasesOf({ files, options: { stateValuesSet: ['cli=1'] } });
    expect(child?.labels['v']).toBe('{"a":"parent","b":2,"d":1}');
  });

  it('inherit what their entry names', async () => {
    const files = {
      'helmfile.yaml': `environments:
  default: {kubeContext: pc, values: [{a: 1}]}
---
repositories: [{name: r, url: u}]
commonLabels: {p: q}
helmDefaults: {wait: true, timeout: 3}
templates: {t: {labels: {a: b}}}
helmfiles:
- path: a.yaml
  inherits: [repositories, helmDefaults, commonLabels, templates, environments]
- path: b.yaml
`,
      'a.yaml': 'helmDefaults: {timeout: 9}\nreleases:\n- {name: s, chart: r/b, inherit: [{template: t}]}\n',
      'b.yaml': 'releases:\n- {name: s2, chart: r/b}\n',
    };
    const { state, diagnostics } = await load({ files });
    const [child] = state?.files ?? [];
    expect(child?.spec.helmDefaults).toEqual({ timeout: 9, wait: true });
    expect(child?.releases[0]?.labels).toEqual({ a: 'b', p: 'q', name: 's', namespace: '', chart: 'b' });
    expect([child?.environment.kubeContext, child?.values]).toEqual(['pc', { a: int(1) }]);
    expect(diagnostics.map((each) => each.referenceText)).toEqual([
      'release "s2" references repository "r" which is available in the parent helmfile but not inherited. Add "inherits: [repositories]" to this sub-helmfile entry, or declare the repository here.',
    ]);
  });

  it('take over selectors unless they have their own, and are not read when these cannot meet', async () => {
    const files = {
      'helmfile.yaml': `helmfiles:
- a.yaml
- path: b.yaml
  selectors: [name=b]
- path: c.yaml
  selectors: []
- path: broken.yaml
  selectors: [name=other]
`,
      'a.yaml': release('a'),
      'b.yaml': release('b'),
      'c.yaml': release('c'),
      'broken.yaml': 'no: helmfile\n',
    };
    const { state } = await load({ files, options: { selectors: ['name=b'] } });
    expect(state?.files.map((file) => [file.name, file.selectors])).toEqual([
      ['a.yaml', ['name=b']],
      ['b.yaml', ['name=b']],
      ['c.yaml', []],
      ['helmfile.yaml', ['name=b']],
    ]);
  });

  it('without the environment are left out; the only file without it is named', async () => {
    const files = {
      'helmfile.yaml': `environments: {prod: {}}\n---\nhelmfiles: [c.yaml]\n${release('x')}`,
      'c.yaml': `environments: {dev: {}}\n---\n${release('c')}`,
    };
    expect(await names({ files, options: { environment: 'prod' } })).toEqual(['x']);
    expect(await framesOf({ files, options: { environment: 'prd' } })).toMatchInlineSnapshot(`
      "warning environment/undefined  helmfile.yaml:1:15
        environment "prd" is not defined in helmfile.yaml, which is skipped
       > 1 | environments: {prod: {}}
           |               ^^^^^^^^^^
         2 | ---
         3 | helmfiles: [c.yaml]
        help: did you mean "prod"?"
    `);
  });

  it('report all their problems at once, each under the trail that led to it', async () => {
    const files = {
      'helmfile.yaml': `helmfiles: [a/helmfile.yaml, nope.yaml]\n${release('x')}`,
      'a/helmfile.yaml': 'helmfiles: [b/helmfile.yaml]\nreleases:\n- {name: y, chart: "a/{{ .Values.x }}"}\n',
      'a/b/helmfile.yaml': 'releases: []\nbogus: 1\n',
    };
    expect(await errorsOf({ files })).toEqual(['in ./helmfile.yaml: no matches for path: nope.yaml']);
    const { 'helmfile.yaml': root, ...rest } = files;
    expect(await errorsOf({ files: { ...rest, 'helmfile.yaml': root.replace(', nope.yaml', '') } })).toEqual([
      'in ./helmfile.yaml: in .helmfiles[0]: in a/helmfile.yaml: in .helmfiles[0]: in b/helmfile.yaml: failed to read helmfile.yaml: reading document at index 1. Started seeing this since Helmfile v1? Add the .gotmpl file extension: yaml: unmarshal errors:\n  line 2: field bogus not found in type state.helmStateAlias',
      'in ./helmfile.yaml: in .helmfiles[0]: in a/helmfile.yaml: failed executing release templates in "helmfile.yaml": failed executing templates in release "helmfile.yaml"."y": failed executing template expressions in release "y".chart = "a/{{ .Values.x }}": template: stringTemplate:1:12: executing "stringTemplate" at <.Values.x>: map has no entry for key "x"',
    ]);
  });

  it('may not lead back to where they came from', async () => {
    expect(
      await errorsOf({ files: { 'helmfile.yaml': `helmfiles: [helmfile.yaml]\n${release('x')}` } }),
    ).toEqual([
      'in ./helmfile.yaml: helmfile.yaml contains a recursion into the same sub-helmfile at helmfiles[0]',
    ]);
    const files = { 'helmfile.yaml': 'helmfiles: [a.yaml]\n', 'a.yaml': 'helmfiles: [helmfile.yaml]\n' };
    const { diagnostics } = await load({ files });
    expect(diagnostics.map((each) => each.message)).toEqual(['sub-helmfiles are nested more than 64 deep']);
  });
});

describe('a directory', () => {
  it('gives its files in order, each working in its own directory under absolute names', async () => {
    const files = {
      'helmfile.d/b.yaml': release('b'),
      'helmfile.d/a.yaml.gotmpl': release('{{ .Environment.Name }}'),
    };
    const { state } = await load({ files });
    expect(state?.files.map((file) => [file.name, file.printedBaseDirectory, file.errorPrefix])).toEqual([
      ['/p/helmfile.d/a.yaml.gotmpl', '/p/helmfile.d', 'in helmfile.d/a.yaml.gotmpl: '],
      ['/p/helmfile.d/b.yaml', '/p/helmfile.d', 'in helmfile.d/b.yaml: '],
    ]);
    expect(state?.files[0]?.releases.map((each) => each.id)).toEqual(['default']);
  });

  it('with several files leaves --state-values-file where the command was given', async () => {
    const files = {
      'd/a.yaml': release('a'),
      'd/b.yaml': release('b'),
      'v.txt': 'from: here\n',
      'd/v.txt': 'from: there\n',
    };
    expect(await valuesOf({ files, options: { file: 'd', stateValuesFiles: ['v.txt'] } })).toBe(
      '{"from":"here"}',
    );
    expect(await valuesOf({ files, options: { file: 'd/a.yaml', stateValuesFiles: ['v.txt'] } })).toBe(
      '{"from":"there"}',
    );
  });
});

it('a remote state file is fetched first', async () => {
  const url = 'git::https://host/org/repo.git@helmfile.yaml?ref=1';
  const files = { '/cache/x/helmfile.yaml': release('r') };
  const { state } = await load({
    files,
    options: { file: url },
    remote: { [url]: ['/cache/x/helmfile.yaml'] },
  });
  expect(state?.files.map((file) => file.baseDirectory)).toEqual(['/cache/x']);
});

describe('the command line', () => {
  it('overrides context, namespace and binaries, and may not meet the same key in the file', async () => {
    const files = {
      'helmfile.yaml': `helmBinary: helm3\n${release('x', ', namespace: own, needs: [y, n/z, c/n/w]')}`,
    };
    const options = { kubeContext: 'k', namespace: 'ns', helmBinary: 'helm' };
    const { state } = await load({ files, options });
    const [file] = state?.files ?? [];
    expect([file?.spec.helmBinary, file?.spec.kustomizeBinary, file?.overrides]).toEqual([
      'helm3',
      'kustomize',
      { kubeContext: 'k', namespace: 'ns', chart: '' },
    ]);
    expect(file?.releases.map((each) => [each.id, each.needs])).toEqual([
      ['k/ns/x', ['k/ns/y', 'k/n/z', 'c/n/w']],
    ]);
    expect(
      await errorsOf({ files: { 'helmfile.yaml': `namespace: foo\n${release('x')}` }, options }),
    ).toEqual(['in ./helmfile.yaml: err: Cannot use option --namespace and set attribute namespace.']);
  });

  it('gives its chart to releases that name none', async () => {
    const files = { 'helmfile.yaml': 'releases:\n- name: app\n' };
    const [release] = await releasesOf({ files, options: { chart: './charts/app' } });
    expect([release?.spec.chart, release?.labels['chart']]).toEqual(['./charts/app', 'app']);
    expect(await errorsOf({ files })).toEqual([
      'in ./helmfile.yaml: failed executing release templates in "helmfile.yaml": encountered empty chart while reading release "app"',
    ]);
  });

  it('with a malformed selector or set value loads nothing', async () => {
    const files = { 'helmfile.yaml': release('x') };
    expect(await errorsOf({ files, options: { selectors: ['x'], stateValuesSet: ['y'] } })).toEqual([
      '[--state-values-set: "y" has no "="]',
      'malformed label: x. Expected label in form k=v or k!=v',
    ]);
  });
});
