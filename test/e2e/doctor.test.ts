import { expect, test } from 'vitest';
import { type CliResult, chart, TempProject } from '../support/built-cli.ts';

const files = { ...chart('web'), 'helmfile.yaml': 'releases:\n- name: web\n  chart: ./web\n' };

function shown({ stdout, stderr, code }: CliResult): string {
  return `${stdout}${stderr.trimEnd()}\nexit ${code}`;
}

test('a sound setup', async () => {
  using project = new TempProject(files);
  const helm = project.script('helm', 'echo v4.3.1+g1234567');
  const { stdout, code } = await project.run(['doctor', '--helm-binary', helm]);
  expect(stdout.replace(/v\d+\.\d+\.\d+$/m, 'v20.20.0')).toBe(`ok      node     v20.20.0
ok      helm     v4.3.1
note    cluster  no kubeconfig (looked at <DIR>/.kube/config)
                 help: set KUBECONFIG or --kubeconfig; loading and rendering need no cluster
ok      state    1 release in 1 file
ok      cache    <DIR>/.cache/helmfile
`);
  expect(code).toBe(0);
});

test('what is wrong is named with its remedy', async () => {
  using project = new TempProject({
    'helmfile.yaml': 'releases:\n- name: web\n  chrat: ./web\n',
    kubeconfig:
      'current-context: dev\ncontexts:\n- name: dev\n  context: {cluster: dev}\nclusters:\n- name: dev\n  cluster: {server: "https://127.0.0.1:1"}\n',
  });
  const helm = project.script('helm', 'echo v3.2.0');
  const env = { KUBECONFIG: `${project.directory}/kubeconfig` };
  const { stdout, code } = await project.run(['doctor', '--executor', 'helm', '--helm-binary', helm], {
    env,
  });
  expect(stdout.split('\n').slice(1).join('\n')).toBe(`failed  helm     v3.2.0 is older than 3.18.6
                 help: install Helm, or use --executor native
failed  cluster  https://127.0.0.1:1 does not answer: ECONNREFUSED (context dev)
                 help: start the cluster, connect to its network, or choose another context
failed  state    1 error, first spec/unknown-key: a release has no key "chrat"
                 help: run flotilla list for all of them
ok      cache    <DIR>/.cache/helmfile
`);
  expect(code).toBe(1);
});

test('the page of a code', async () => {
  using project = new TempProject({});
  expect((await project.run(['doctor', 'needs/cycle'])).stdout).toMatch(
    /^# needs\/cycle\n\nReleases need each other/,
  );
  expect(shown(await project.run(['doctor', 'needs/cicle']))).toBe(
    'there is no error code "needs/cicle"\n  help: did you mean "needs/cycle" or "needs/self"?\nexit 3',
  );
});

test('as helmfile, a language model is refused by name', async () => {
  using project = new TempProject(files);
  const args = ['doctor', '--llm-api-key', 'k', '--llm-model', 'some-model'];
  expect(shown(await project.run(args, { program: 'helmfile' }))).toBe(`error feature/doctor-llm
  asking the model "some-model" is not supported
  help: read the comparison itself with diff, or leave out the model
exit 1`);
});

test('schema prints the JSON Schema of state files', async () => {
  using project = new TempProject({});
  const { stdout, code } = await project.run(['schema']);
  expect(Object.keys(JSON.parse(stdout).properties)).toContain('releases');
  expect(code).toBe(0);
});

test('init looks at helm and installs nothing', async () => {
  using project = new TempProject({});
  const helm = project.script('helm', 'echo v3.2.0');
  expect(shown(await project.run(['init', '--helm-binary', helm], { program: 'helmfile' }))).toBe(
    `helm version is too low, the current version is 3.2.0, the required version is 3.18.6
cancel automatic installation, please install manually
exit 1`,
  );
  project.script('helm', 'echo v4.3.1');
  expect(shown(await project.run(['init', '--helm-binary', helm], { program: 'helmfile' }))).toBe(
    `helm plugins: diff, secrets, s3, helm-git and unittest are not needed; Flotilla has its own
helmfile initialization completed!
exit 0`,
  );
});
