import { expect, test } from 'vitest';
import { TempProject } from '../support/built-cli.ts';

/** Times in the zone of the machine have the names Go gives them, not those of the JavaScript engine (`GMT+5:45`). */
test.each([
  ['America/New_York', '2024-07-01 00:00:00 -0400 EDT'],
  ['Europe/Berlin', '2024-07-01 00:00:00 +0200 CEST'],
  ['Asia/Kolkata', '2024-07-01 00:00:00 +0530 IST'],
  ['Asia/Kathmandu', '2024-07-01 00:00:00 +0545 +0545'],
  ['UTC', '2024-07-01 00:00:00 +0000 UTC'],
  ['', '2024-07-01 00:00:00 +0000 UTC'],
])('a time in %j', async (zone, shown) => {
  using project = new TempProject({
    'helmfile.yaml.gotmpl':
      'releases:\n- name: web\n  chart: ./web\n  version: {{ "2024-07-01" | toDate "2006-01-02" | quote }}\n',
  });
  const { stdout } = await project.run(['list', '--output', 'json'], { env: { TZ: zone } });
  expect(JSON.parse(stdout)).toMatchObject([{ version: shown }]);
});
