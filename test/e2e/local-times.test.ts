import { expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';

const layout = 'Jan 2 15:04:05 MST -0700';

/** As Go prints these times under the same TZ. */
test.each([
  ['Europe/Berlin', 'Nov 14 23:13:20 CET +0100, Jul 3 11:46:40 CEST +0200'],
  ['Asia/Kolkata', 'Nov 15 03:43:20 IST +0530, Jul 3 15:16:40 IST +0530'],
  ['America/Sao_Paulo', 'Nov 14 19:13:20 -03 -0300, Jul 3 06:46:40 -03 -0300'],
  ['', 'Nov 14 22:13:20 UTC +0000, Jul 3 09:46:40 UTC +0000'],
])('times of a machine in %j have the names Go has', async (zone, shown) => {
  const times = [1_700_000_000, 1_720_000_000].map((seconds) => `{{ ${seconds} | date "${layout}" }}`);
  using project = new TempProject({
    'helmfile.yaml.gotmpl': `releases:\n- name: web\n  chart: ./web\n  version: "${times.join(', ')}"\n`,
  });
  const { stdout } = await project.run(['list', '--output', 'json', '--skip-charts'], {
    env: { TZ: zone },
  });
  expect(stdout).toContain(`"version":"${shown}"`);
});
