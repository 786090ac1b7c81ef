import { describe, expect, it } from 'vitest';
import { project } from '../../support/project.ts';
import type { Script } from '../../support/scripted-processes.ts';

const helmfile = `
releases:
  - name: bad
    chart: ./web
    hooks: [{events: [prepare], command: refuse}]
  - name: good
    chart: ./web
`;

const script: Script = ({ command, args }) => {
  if (command === 'refuse') return { stderr: 'no\n', exitCode: 1 };
  return args[0] === 'template' ? { stdout: `${args[1]}\n` } : undefined;
};

async function template(text: string, allowFailedReleases: boolean) {
  const files = { 'helmfile.yaml': text, 'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n' };
  const { flotilla, load, control, events } = project({ files, script });
  const report = await flotilla.template(await load(), { allowFailedReleases }, control);
  const printed = events.flatMap((event) => (event.type === 'product' ? [event.text] : [])).join('');
  const [file] = report.files;
  return {
    printed,
    code: report.exit.code,
    said: file?.errors.map(({ referenceText }) => referenceText.split('\n')[0]),
    ends: file?.outcomes.map(({ release, outcome }) => `${release} ${outcome.kind}`),
  };
}

describe('a release that cannot be prepared', () => {
  it('ends its file', async () => {
    const { printed, code, said } = await template(helmfile, false);
    expect([printed, code]).toEqual(['', 1]);
    expect(said?.[0]).toMatch(/^\[hook\[refuse\]: command `refuse` failed/);
  });

  it('is left out and told at the end when that is allowed', async () => {
    expect(await template(helmfile, true)).toEqual({
      printed: 'good\n\n',
      code: 1,
      said: ['Failed with 1 errors:'],
      ends: ['bad failed', 'good succeeded'],
    });
  });

  it('ends its file all the same when another one needs it', async () => {
    const { printed, said } = await template(`${helmfile}    needs: [bad]\n`, true);
    expect(printed).toBe('');
    expect(said).toEqual([
      'release(s) "good" depend(s) on an undefined release "bad". Perhaps you made a typo in "needs" or forgot defining a release named "bad" with appropriate "namespace" and "kubeContext"?',
    ]);
  });
});
