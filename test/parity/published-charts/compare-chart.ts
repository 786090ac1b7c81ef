import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoError } from '@flotilla/gocompat';
import { loadChart, nodeChartSource } from '@flotilla/helm';
import { type AskHelm, askFlotilla, differenceBetween, type Verdict } from '../generators/helm-sides.ts';
import { valuesForChart } from './chart-values.ts';

/**
 * One chart through `helm template`, `helm lint` and `helm show all` of ours and of the real program, and through `template` of a
 * helmfile, for its defaults, for values made for it, and for values given. In: a chart on disk. Out: how many agree, and what differs.
 */

export interface ChartQuestion {
  /** Path of the chart, a directory or an archive. */
  readonly chart: string;
  readonly seed: number;
  /** How many values files to make, the empty one counted. */
  readonly count: number;
  /** Values files that are there already. */
  readonly values?: readonly string[];
  readonly real: AskHelm;
}

export interface ChartComparison {
  readonly compared: number;
  readonly failing: number;
  /** How many the real program prints otherwise each time. */
  readonly unsteady: number;
  readonly differences: readonly string[];
}

/** Flags that take turns. */
const flagSets: readonly (readonly string[])[] = [
  [],
  ['--include-crds'],
  ['--is-upgrade', '--kube-version', '1.21.3', '--api-versions', 'monitoring.coreos.com/v1'],
  ['--no-hooks', '--skip-tests'],
];

export async function compareChart(question: ChartQuestion): Promise<ChartComparison> {
  const { chart, real } = question;
  return await withValues(question, async (folder, files) => {
    const lines = [
      ...files.map((file, index) => templateLine(chart, file, index)),
      ['lint', chart],
      ['lint', '--strict', chart, '-f', files.at(2) ?? files.at(-1) ?? ''],
      ['show', 'all', chart],
    ];
    const verdicts = [];
    for (const argv of lines) verdicts.push(await differenceBetween({ argv, folder, real }));
    return sumOf(verdicts);
  });
}

function templateLine(chart: string, file: string, index: number): readonly string[] {
  const flags = flagSets[index % flagSets.length] ?? [];
  return ['template', 'rel', chart, '--namespace', 'ns', '-f', file, ...flags];
}

function sumOf(verdicts: readonly Verdict[]): ChartComparison {
  return {
    compared: verdicts.length,
    failing: verdicts.filter(({ isFailure }) => isFailure).length,
    unsteady: verdicts.filter(({ isUnsteady }) => isUnsteady).length,
    differences: verdicts.flatMap(({ difference }) => difference ?? []),
  };
}

/** The chart as one release for each values file that renders, through `template` of ours and of helmfile. */
export async function compareHelmfile(question: ChartQuestion): Promise<ChartComparison> {
  return await withValues(question, async (folder, files) => {
    const rendered: string[] = [];
    for (const file of files) {
      const { code } = await askFlotilla(['helm', ...templateLine(question.chart, file, 0)], folder);
      if (code === 0) rendered.push(file);
    }
    if (rendered.length === 0) return sumOf([]);
    const releases = rendered.map((file, index) => ({
      name: `r${index}`,
      namespace: 'ns',
      chart: question.chart,
      values: [file],
    }));
    writeFileSync(join(folder, 'helmfile.yaml'), `releases: ${JSON.stringify(releases, null, 1)}\n`);
    const argv = ['-f', 'helmfile.yaml', 'template', '--skip-deps', '--concurrency', '1'];
    const real = withoutProgress(question.real);
    const verdict = await differenceBetween({ argv, folder, real, ours: withoutProgress(askFlotilla) });
    return { ...sumOf([verdict]), compared: releases.length };
  });
}

/** What a run that succeeds says on the way is each program's own. */
function withoutProgress(ask: AskHelm): AskHelm {
  return async (argv, folder) => {
    const answer = await ask(argv, folder);
    return answer.code === 0 ? { ...answer, said: '' } : answer;
  };
}

async function withValues<T>(
  question: Omit<ChartQuestion, 'real'>,
  work: (folder: string, files: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'published-'));
  try {
    const made = await chosenValues(question, folder);
    return await work(folder, [...made, ...(question.values ?? [])]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many values files are tried for one that is kept. */
const triedForOne = 10;

/** Files of made values: most of them render, some may fail. A chart that never renders gets the few that may fail. */
async function chosenValues(
  { chart, seed, count }: Omit<ChartQuestion, 'real'>,
  folder: string,
): Promise<readonly string[]> {
  const chosen: string[] = [];
  let failing = 0;
  let tried = 0;
  for (const text of madeValues(chart, { seed, count: count * triedForOne })) {
    const isHopeless = tried > count && failing === chosen.length;
    if (chosen.length === count || isHopeless) break;
    tried += 1;
    const file = join(folder, `v${chosen.length}.yaml`);
    writeFileSync(file, text);
    const { code } = await askFlotilla(['helm', ...templateLine(chart, file, 0)], folder);
    if (code !== 0 && failing >= count / 5) continue;
    if (code !== 0) failing += 1;
    chosen.push(file);
  }
  return chosen;
}

/** A chart that cannot be loaded gets no values but none. */
function madeValues(
  path: string,
  options: { readonly seed: number; readonly count: number },
): readonly string[] {
  try {
    return valuesForChart(loadChart(nodeChartSource(path)), options);
  } catch (error) {
    if (error instanceof GoError) return ['{}\n'];
    throw error;
  }
}
