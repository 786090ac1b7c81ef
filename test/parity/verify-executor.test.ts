import { describe, expect, test } from 'vitest';
import { chart, TempProject } from '../support/built-cli.ts';
import { reference } from '../support/references.ts';

/** `--verify-executor` with real Helm 4 as the other side, and post-renderers that it has as plugins. */

const helm = reference('helm4');

const helmfile = `releases:
- name: same
  chart: ./same
- name: random
  chart: ./random
- name: changed
  chart: ./same
  postRenderer: ./shout.sh
  postRendererArgs: [CHANGED]
`;

function project(): TempProject {
  const made = new TempProject({
    'helmfile.yaml': helmfile,
    ...chart('same'),
    ...chart('random'),
    'random/templates/map.yaml': 'kind: ConfigMap\ndata:\n  a: {{ randAlpha 8 }}\n',
    '.local/share/helm/plugins/shout/plugin.yaml':
      'apiVersion: v1\ntype: postrenderer/v1\nname: shout\nversion: 1.0.0\nruntime: subprocess\nruntimeConfig:\n  platformCommand:\n  - command: $HELM_PLUGIN_DIR/shout.sh\n',
  });
  made.script('.local/share/helm/plugins/shout/shout.sh', 'sed "s/name: changed/name: $1/"');
  return made;
}

describe.skipIf(helm === undefined)('beside Helm 4', () => {
  const args = ['--helm-binary', helm ?? '', '--executor', 'native', '--verify-executor'];

  test.each(['flotilla', 'helmfile'] as const)('%s prints what both render', async (program) => {
    using files = project();
    for (const [release, name] of [
      ['same', 'same'],
      ['changed', 'CHANGED'],
    ]) {
      const { code, stdout, stderr } = await files.run([...args, '-l', `name=${release}`, 'template'], {
        program,
      });
      expect(stderr).not.toContain('differ');
      expect([code, stdout.trim()]).toEqual([
        0,
        `---\n# Source: same/templates/map.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}`,
      ]);
    }
  });

  test('different bytes fail, with the difference', async () => {
    using files = project();
    const { code, stderr } = await files.run([...args, '-l', 'name=random', 'template']);
    expect(code).toBe(1);
    expect(stderr.replaceAll(/a: \w{8}/g, 'a: …').replaceAll(/\(\d+s\)/g, '(TIME)')).toBe(`\
random: failed (TIME)
error executor/renderings-differ  helmfile.yaml:5:10
  random: the executors render different manifests (- native, + helm):
  …
   # Source: random/templates/map.yaml
   kind: ConfigMap
   data:
  -  a: …
  +  a: …
   3 |   chart: ./same
   4 | - name: random
 > 5 |   chart: ./random
     |          ^^^^^^^^
   6 | - name: changed
   7 |   chart: ./same
1 failed
`);
  });
});
