import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const chart = 'apiVersion: v2\nname: web\nversion: 0.1.0\n';
const listHeader = 'NAME\tNAMESPACE\tREVISION\tUPDATED\tSTATUS\tCHART\tAPP VERSION\n';
const failing =
  (name: string): Script =>
  ({ args }) => {
    if (args[0] === 'list') return { stdout: listHeader };
    return args[0] === 'upgrade' && args[2] === name ? { stderr: 'Error: no\n', exitCode: 1 } : undefined;
  };

const folder = {
  'helmfile.d/1.yaml': 'releases:\n  - {name: one, chart: ../web}\n',
  'helmfile.d/2.yaml': 'releases:\n  - {name: two, chart: ../web}\n',
  'web/Chart.yaml': chart,
};

const nested = {
  'helmfile.yaml': 'helmfiles: [a.yaml, b.yaml]\nreleases:\n  - {name: top, chart: ./web}\n',
  'a.yaml': 'releases:\n  - {name: a, chart: ./web}\n',
  'b.yaml': 'releases:\n  - {name: b, chart: ./web}\n',
  'web/Chart.yaml': chart,
};

describe('the files of a directory', () => {
  it('do not stop one another', async () => {
    const { flotilla, load, control, helm } = project({ files: folder, script: failing('one') });
    const report = await flotilla.sync(await load(), {}, control);
    expect(helm().filter((line) => line.startsWith('upgrade'))).toHaveLength(2);
    expect(report.exit.code).toBe(1);
    expect(report.files.map(({ errors }) => errors.length)).toEqual([1, 0]);
  });

  it('stop at the first error when they are told to go one after the other', async () => {
    const { flotilla, load, control, helm } = project({ files: folder, script: failing('one') });
    await flotilla.sync(await load({ isSequential: true }), {}, control);
    expect(helm().filter((line) => line.startsWith('upgrade'))).toHaveLength(1);
    const again = project({ files: folder, script: failing('one') });
    await again.flotilla.sync(await again.load(), { sequentialHelmfiles: true }, again.control);
    expect(again.helm().filter((line) => line.startsWith('upgrade'))).toHaveLength(1);
  });
});

describe('nested files', () => {
  it('come before the file that names them, and an error keeps the rest from running', async () => {
    const good = project({ files: nested, script: failing('none') });
    await good.flotilla.sync(await good.load(), {}, good.control);
    const upgraded = (lines: readonly string[]): readonly (string | undefined)[] =>
      lines.filter((line) => line.startsWith('upgrade')).map((line) => line.split(' ')[2]);
    expect(upgraded(good.helm())).toEqual(['a', 'b', 'top']);
    const bad = project({ files: nested, script: failing('a') });
    await bad.flotilla.sync(await bad.load(), {}, bad.control);
    expect(upgraded(bad.helm())).toEqual(['a']);
  });

  it('go in reverse when they are destroyed', async () => {
    const script: Script = ({ args }) =>
      args[0] === 'list' ? { stdout: `${listHeader}x\tn\t1\tnow\tdeployed\tweb-0.1.0\t1\n` } : undefined;
    for (const isReversed of [true, false]) {
      const made = project({ files: nested, script });
      await made.flotilla.destroy(await made.load({ isReversed }), {}, made.control);
      expect(made.helm().filter((line) => line.startsWith('delete'))).toEqual([
        'delete top',
        'delete b',
        'delete a',
      ]);
    }
  });
});
