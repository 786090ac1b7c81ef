import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ourPlane } from '../cluster/our-plane.ts';
import { TempProject } from '../support/built-cli.ts';
import { hasReferences } from '../support/control-plane.ts';
import { reference } from '../support/references.ts';
import { type ProgramResult, runProgram } from '../support/run-program.ts';
import { commandLinesOf, runHelm, type Side, transcript } from './helm-command-lines.ts';
import { releaseCharts } from './helm-releases-charts.ts';

/**
 * `flotilla helm …` and real Helm 4 on releases of a real cluster, command line for command line, each in a namespace of its
 * own: the same output, errors and exit code but for times and random names. A script of `helm-releases` has one command line
 * a line; each sees what the ones before it did. `helm3` in front sets a release up, `PENDING` leaves one as a helm that died.
 */

const folder = join(import.meta.dirname, 'helm-releases');
const stories = readdirSync(folder).map((name) => basename(name, '.txt'));

/** Of equal length, as columns are as wide as what they hold. */
const namespaceOf = (side: Side, story: string): string => `${story}-${side === 'helm' ? 'left' : 'ours'}`;

describe.skipIf(!hasReferences('test/parity/helm-releases.test.ts', ['kube', 'kwok', 'helm4', 'helm3']))(
  'flotilla helm on releases',
  () => {
    const plane = ourPlane();

    async function leavePending(namespace: string, name: string): Promise<ProgramResult> {
      const { storage, signal } = plane.ours.context(namespace);
      const last = (await storage.history(name, { signal })).at(-1);
      if (last === undefined) throw new Error(`there is no release ${name}`);
      const info = { ...last.info, status: 'pending-upgrade' } as const;
      await storage.update({ ...last, info }, { signal });
      return { exitCode: 0, stdout: '', stderr: '' };
    }

    function run(line: string, side: Side, { namespace, cwd }: Place): Promise<ProgramResult> {
      const [first = '', ...rest] = line.replaceAll('NAMESPACE', namespace).split(' ');
      if (first === 'PENDING') return leavePending(namespace, rest[0] ?? '');
      const { PATH } = process.env;
      const env = { PATH, HOME: cwd, KUBECONFIG: plane.kubeconfig, HELM_NAMESPACE: namespace, TZ: 'UTC' };
      return first === 'helm3'
        ? runProgram(reference('helm3') ?? 'helm3', rest, { cwd, env })
        : runHelm(side, [first, ...rest], { cwd, env });
    }

    test.for(stories)('%s', async (story) => {
      using helm = new TempProject(releaseCharts);
      using flotilla = new TempProject(releaseCharts);
      const folders = { helm: helm.directory, flotilla: flotilla.directory };
      const answer = async (line: string, side: Side): Promise<string> => {
        const place = { namespace: namespaceOf(side, story), cwd: folders[side] };
        return settled(transcript(line, await run(line, side, place)), place);
      };
      const transcripts = { helm: '', flotilla: '' };
      for (const line of commandLinesOf(readFileSync(join(folder, `${story}.txt`), 'utf8'))) {
        const [theirs, ours] = await Promise.all([answer(line, 'helm'), answer(line, 'flotilla')]);
        transcripts.helm += theirs;
        transcripts.flotilla += ours;
      }
      expect(transcripts.flotilla).toBe(transcripts.helm);
    });
  },
);

interface Place {
  readonly namespace: string;
  readonly cwd: string;
}

/** Times, random names and identities are nobody's business; Helm prints live objects in any order. */
function settled(text: string, { namespace, cwd }: Place): string {
  return withSortedResources(text)
    .replaceAll(cwd, 'FOLDER')
    .replaceAll(namespace, 'NAMESPACE')
    .replaceAll(/UPDATED +/g, 'UPDATED ')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \+0000 UTC */g, 'TIME ')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME')
    .replaceAll(/\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, 'TIME')
    .replaceAll(/\d+m?\d*s$/gm, 'AGE')
    .replaceAll(/(modifiedAt"?[=:] ?"?)\d+/g, '$1SECONDS')
    .replaceAll(/-\d{10}\b/g, '-SECONDS')
    .replaceAll(/(web-[0-9a-f]{8,10})-[a-z0-9]{5}/g, '$1-RANDOM')
    .replaceAll(/("?(?:uid|resourceVersion)"?: ?"?)[-0-9a-f]+/g, '$1ID')
    .replaceAll(/k:\{\\?"uid\\?":\\?"[-0-9a-f]+/g, 'k:{uid:ID')
    .replaceAll(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-RANDOM')
    .replaceAll(/\b10(?:\.\d+){3}\b/g, 'ADDRESS');
}

function withSortedResources(text: string): string {
  return text.replace(/(?<=^RESOURCES:\n)==> .*?\n\n(?=\n)/ms, (blocks) =>
    blocks
      .split(/(?<=\n\n)(?===> )/)
      .sort()
      .join(''),
  );
}
