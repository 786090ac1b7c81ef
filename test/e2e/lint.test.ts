import { expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';

/** `lint` without a helm binary: Helm's findings on standard output. */
async function lint(files: Readonly<Record<string, string>>): Promise<string> {
  using project = new TempProject(files);
  const { stdout, code } = await project.run(['lint']);
  return `${stdout}exit ${code}`;
}

const helmfile = `releases:
- name: web
  chart: ./web
  values:
  - image: { tag: "1.2" }
`;

test('a chart that is well formed passes', async () => {
  expect(await lint({ ...chart('web'), 'helmfile.yaml': helmfile })).toMatchInlineSnapshot(`
    "==> Linting web
    [INFO] Chart.yaml: icon is recommended
    [INFO] values.yaml: file does not exist

    1 chart(s) linted, 0 chart(s) failed

    exit 0"
  `);
});

test('a template that fails with the values of its release is an error', async () => {
  const files = { 'web/templates/broken.yaml': 'tag: {{ .Values.image.tag.major.minor }}\n' };
  expect(await lint({ ...chart('web'), 'helmfile.yaml': helmfile, ...files })).toMatchInlineSnapshot(`
    "==> Linting web
    [INFO] Chart.yaml: icon is recommended
    [INFO] values.yaml: file does not exist
    [ERROR] templates/: web/templates/broken.yaml:1:15
      executing "web/templates/broken.yaml" at <.Values.image.tag.major.minor>:
        can't evaluate field major in type interface {}


    exit 1"
  `);
});
