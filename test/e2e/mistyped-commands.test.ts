import { describe, expect, test } from 'vitest';
import { type CliResult, chart, TempProject } from '../support/built-cli.ts';

/** What a newcomer mistypes, and what each of the two bins answers. Exit codes and Helmfile's words are Helmfile 1.8.0's. */
const release = 'releases:\n- name: web\n  chart: ./web\n';

async function both(command: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const answers: string[] = [];
  for (const program of ['flotilla', 'helmfile'] as const) {
    using project = new TempProject({ ...chart('web'), 'helmfile.yaml': release, ...files });
    answers.push(shown(await project.run(command.split(' '), { program })));
  }
  return answers.join('\n--- helmfile ---\n');
}

function shown({ stdout, stderr, code }: CliResult): string {
  return `${stdout}${stderr.trimEnd()}\nexit ${code}`;
}

describe('the command line', () => {
  test.each<[string, string]>([
    ['a command that is nearly one', 'lits'],
    ['a command that is none', 'deploy'],
    ['a flag that is nearly one', 'list --enviroment x'],
    ['a short flag', 'list -z'],
    ['a flag without its value', 'list -e'],
    ['a number that is none', 'sync --concurrency many'],
    ['a boolean that is none', 'template --include-crds=maybe'],
  ])('%s', async (_name, command) => {
    expect(await both(command)).toMatchSnapshot();
  });
});

describe('files and folders', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['a state file that is nearly there', '-f helmfle.yaml list', {}],
    ['a folder without state files', '-f docs list', { 'docs/readme.md': '' }],
    [
      'a base that is nearly there',
      'list',
      { 'helmfile.yaml': `bases: [bas.yaml]\n---\n${release}`, 'base.yaml': '' },
    ],
    [
      'a helmfile that is nearly there',
      'list',
      { 'helmfile.yaml': 'helmfiles: [a/helmfle.yaml]\n', 'a/helmfile.yaml': release },
    ],
    ['an empty state file', 'list', { 'helmfile.yaml': '' }],
    ['a list at the top', 'list', { 'helmfile.yaml': '- name: web\n  chart: ./web\n' }],
    ['a text at the top', 'list', { 'helmfile.yaml': 'hello\n' }],
  ])('%s', async (_name, command, files) => {
    expect(await both(command, files)).toMatchSnapshot();
  });
});

describe('names in state files', () => {
  const environments = 'environments:\n  production:\n  default:\n---\n';
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['an environment', '-e prodution list', { 'helmfile.yaml': `${environments}${release}` }],
    ['a chart', 'template', { 'helmfile.yaml': release.replace('./web', './wbe') }],
    [
      'a values file',
      'template',
      { 'helmfile.yaml': `${release}  values: [vals.yaml]\n`, 'values.yaml': '' },
    ],
    [
      'a secrets file',
      'template',
      { 'helmfile.yaml': `${release}  secrets: [secrts.yaml]\n`, 'secrets.yaml': '' },
    ],
    ['a selector', '-l name=wbe template', {}],
    ['half a selector', '-l name list', {}],
    ['a need', 'template', { 'helmfile.yaml': `${release}- name: api\n  chart: ./web\n  needs: [wbe]\n` }],
    ['a field', 'list', { 'helmfile.yaml': release.replace('releases', 'relases') }],
    [
      'a field of a hook',
      'list',
      { 'helmfile.yaml': `${release}  hooks: [{evnts: [presync], command: x}]\n` },
    ],
    ['a list that is a text', 'list', { 'helmfile.yaml': `${release}  values: values.yaml\n` }],
    ['a number that is a text', 'list', { 'helmfile.yaml': `${release}  timeout: 5m\n` }],
    ['releases that are a map', 'list', { 'helmfile.yaml': 'releases:\n  web:\n    chart: ./web\n' }],
    ['a release that is a text', 'list', { 'helmfile.yaml': 'releases:\n- web\n' }],
    ['a release without chart', 'list', { 'helmfile.yaml': 'releases:\n- name: web\n' }],
  ])('%s', async (_name, command, files) => {
    expect(await both(command, files)).toMatchSnapshot();
  });
});

describe('values files', () => {
  const ofRelease = { 'helmfile.yaml': `${release}  values: [v.yaml]\n` };
  const ofEnvironment = {
    'helmfile.yaml': `environments:\n  default:\n    values: [v.yaml]\n---\n${release}`,
  };
  const contents = {
    'a list': '- a\n- b\n',
    'a text': 'hello\n',
    tabs: 'a:\n\tb: 1\n',
    'a key twice': 'a: 1\nb: 2\na: 3\n',
    'an anchor that is not defined': 'a: *x\n',
  };
  test.each(Object.entries(contents))('%s', async (_name, text) => {
    expect(await both('template', { ...ofRelease, 'v.yaml': text })).toMatchSnapshot();
    expect(await both('list', { ...ofEnvironment, 'v.yaml': text })).toMatchSnapshot();
  });
});
