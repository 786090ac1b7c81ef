import { expect, test } from 'vitest';
import type { ProgramResult } from '../support/run-program.ts';
import { besideHelm, pairOf } from './beside-helm.ts';
import { chartFolder } from './chart-folder.ts';

/** A release's life begun by one program and ended by another: as if the real Helm 4 had done all of it. */

const templates = {
  'templates/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {level: "{{ .Values.level }}"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "a:1", env: [{name: A, value: "{{ .Values.level }}"}]}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: check, annotations: {helm.sh/hook: test}}
spec: {restartPolicy: Never, containers: [{name: main, image: "a:1"}]}
`,
  'templates/NOTES.txt': 'Level {{ .Values.level }}\n',
};

type Actor = 'helm4' | 'helm3' | 'flotilla';

/** Who installs, and who does the rest. */
const casts: readonly (readonly [first: Actor, second: Actor])[] = [
  ['helm4', 'flotilla'],
  ['helm3', 'flotilla'],
  ['flotilla', 'helm4'],
  ['flotilla', 'flotilla'],
];

const steps: readonly (readonly string[])[] = [
  ['upgrade', 'web', 'CHART', '--set', 'level=debug', '--description', 'louder'],
  ['rollback', 'web', '1'],
  ['test', 'web', '--logs'],
  ['upgrade', 'web', 'CHART', '--reuse-values', '--wait'],
];

besideHelm('test/cluster/interop.test.ts', 'a release', (scene) => {
  const act = (actor: Actor, args: readonly string[]): Promise<ProgramResult> =>
    actor === 'flotilla' ? scene.flotillaHelm(args) : scene.helm(actor === 'helm4' ? 'v4' : 'v3', args);

  test.each(casts)('installed by %s is continued by %s', async (first, second) => {
    using chart = chartFolder(templates);
    const pair = pairOf(`interop-${first}-${second}`);
    const { left, right } = pair;

    /** What was printed, times and namespaces aside. */
    async function printed(actor: Actor, args: readonly string[], namespace: string): Promise<string> {
      const words = args.map((word) => (word === 'CHART' ? chart.path : word));
      const { stdout, stderr, exitCode } = await act(actor, [...words, '-n', namespace]);
      expect(exitCode, stderr).toBe(0);
      return stdout
        .replaceAll(namespace, 'NAMESPACE')
        .replaceAll(/^(LAST DEPLOYED|Last Started|Last Completed)(: *).*$/gm, '$1$2TIME')
        .replaceAll(/\d{4}-\d\d-\d\d[ T][\d:.]+(?: ?[+-]\d{4} \w+|Z)?/g, 'TIME')
        .replaceAll(/\w{3} \w{3} +\d+ [\d:]+ \d{4}/g, 'TIME')
        .replaceAll(/ +\t/g, '\t');
    }

    async function expectSame(): Promise<void> {
      await scene.expectSameState(pair);
      await scene.expectSameRecords(pair);
      for (const args of [['get', 'all', 'web'], ['history', 'web'], ['list']]) {
        expect(await printed('helm4', args, right)).toBe(await printed('helm4', args, left));
      }
    }

    const install = ['install', 'web', 'CHART', '--create-namespace'];
    await printed(first === 'helm3' ? 'helm3' : 'helm4', install, left);
    await printed(first, install, right);
    await expectSame();
    for (const step of [...steps, ['uninstall', 'web']]) {
      expect(await printed(second, step, right)).toBe(await printed('helm4', step, left));
      if (step[0] !== 'uninstall') await expectSame();
    }
    await scene.expectSameState(pair);
    await scene.expectSameRecords(pair);
  });
});
