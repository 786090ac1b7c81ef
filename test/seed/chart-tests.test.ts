import { describe, expect, test } from 'vitest';
import { besideHelm, pairOf } from '../cluster/beside-helm.ts';
import { type ChartFolder, chartFolder } from '../cluster/chart-folder.ts';
import { seedChapter, seedFiles, surroundings } from './seed-chapter.ts';

/** The test files of the seed, letter for letter, inside a chart: what `helm test` prints, which tests run, their logs. */

const chapter = seedChapter(2);
const files = seedFiles(chapter);

/** What the tests take for granted and the page does not show. */
const account = `apiVersion: v1
kind: ServiceAccount
metadata: {name: '{{ include "mychart.fullname" . }}-test'}
`;

function chartOf(names: readonly string[]): ChartFolder {
  const chosen = Object.fromEntries(names.map((name) => [name, files[name] ?? '']));
  return chartFolder({ ...surroundings, 'templates/account.yaml': account, ...chosen }, 'mychart');
}

/** Lines with one word for every time. */
function timeless(text: string): readonly string[] {
  const dated = /^(LAST DEPLOYED|Last Started|Last Completed)(: *).*$/gm;
  return text.trim().replaceAll(dated, '$1$2TIME').split('\n');
}

describe.skipIf(chapter === '')('the chapter on tests', () => {
  test('has these files', () => {
    expect(Object.keys(files)).toEqual([
      'templates/tests/test-connection.yaml',
      'templates/tests/test-api.yaml',
      'templates/tests/test-database.yaml',
      'templates/tests/test-validation.yaml',
    ]);
  });

  besideHelm('test/seed/chart-tests.test.ts', 'tests', (scene) => {
    test('print what the page prints', async () => {
      using chart = chartOf(['templates/tests/test-connection.yaml']);
      expect(await scene.helm('v4', ['install', 'myapp', chart.path])).toMatchObject({ exitCode: 0 });
      const { stdout, exitCode } = await scene.flotillaHelm(['test', 'myapp']);
      expect(exitCode).toBe(0);
      const printed = /# Output:\n([\s\S]*?)\n\n/.exec(chapter)?.[1] ?? '';
      const lines = timeless(stdout);
      // Helm 4 says a little more than the page, which is of Helm 3.
      expect(lines.filter((line) => timeless(printed).includes(line))).toEqual(timeless(printed));
      expect(lines).toEqual(timeless((await scene.helm('v4', ['test', 'myapp'])).stdout));
    });

    test('run all together, filtered, and with their logs', async () => {
      using chart = chartOf(Object.keys(files));
      const { left, right } = pairOf('tests');
      await scene.installWeb('v4', chart, [left, right]);
      for (const flags of [
        [],
        ['--filter', 'name=web-test-api'],
        ['--filter', '!name=web-test-validation'],
        ['--logs'],
      ]) {
        const theirs = await scene.helm('v4', ['test', 'web', '-n', left, ...flags]);
        const ours = await scene.flotillaHelm(['test', 'web', '-n', right, ...flags]);
        expect(ours.exitCode, ours.stderr).toBe(theirs.exitCode);
        expect(timeless(ours.stdout.replaceAll(right, 'NS'))).toEqual(
          timeless(theirs.stdout.replaceAll(left, 'NS')),
        );
      }
    });
  });
});
