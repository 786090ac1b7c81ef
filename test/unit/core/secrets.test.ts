import { expect, test } from 'vitest';
import { project } from '../../support/project.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const password = 'hunter22-long';

test('a secret met while loading is masked in everything a run tells', async () => {
  const { flotilla, load, control, events } = project({
    files: {
      'helmfile.yaml.gotmpl':
        'releases:\n- name: web\n  chart: ./web\n  values:\n  - password: {{ requiredEnv "DB_PASSWORD" }}\n',
      'web/Chart.yaml': chart,
    },
    environment: { DB_PASSWORD: password },
    script: ({ args }) =>
      args[0] === 'upgrade'
        ? { exitCode: 1, stdout: `using ${password}\n`, stderr: `Error: ${password} was refused\n` }
        : undefined,
  });
  const report = await flotilla.sync(await load(), {}, control);
  expect(report.files[0]?.outcomes.map(({ outcome }) => outcome.kind)).toEqual(['failed']);
  const told = JSON.stringify([report, events.filter(({ type }) => type !== 'product')]);
  expect(told.includes(password)).toBe(false);
  expect(told.includes('*** was refused')).toBe(true);
});

test.each(['1', 'true', 'T'])(
  'insecure functions disabled with %s are so in release values, too',
  async (value) => {
    const { flotilla, load, control } = project({
      files: {
        'helmfile.yaml': 'releases:\n- name: web\n  chart: ./web\n  values: [values.yaml.gotmpl]\n',
        'values.yaml.gotmpl': 'a: {{ exec "echo" (list "hi") }}\n',
        'web/Chart.yaml': chart,
      },
      environment: { HELMFILE_DISABLE_INSECURE_FEATURES: value },
    });
    const report = await flotilla.sync(await load(), {}, control);
    expect(JSON.stringify(report)).toContain('insecure function calls are disabled');
  },
);
