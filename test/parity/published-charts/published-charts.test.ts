import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chartsFolder, reference } from '../../support/references.ts';
import { type AskHelm, askProgram, tidied } from '../generators/helm-sides.ts';
import { runProgram } from '../generators/run-program.ts';
import { type ChartComparison, compareChart, compareHelmfile } from './compare-chart.ts';
import { hashOf, layChart, charts as listed } from './lay-charts.ts';

/**
 * Charts as their authors published them, against real helm and helmfile: those of the shared repository and those of
 * published-charts.json. A part of what `node test/parity/published-charts.mjs` runs in full; that fetches them, too.
 */

const helm = reference('helm4') ?? '';
const helmfile = reference('helmfile') ?? '';
const isMissing = helm === '' || helmfile === '';
if (isMissing) console.warn('SKIPPED: helmfile and helm are not built; run node scripts/references.mjs');

const cache = process.env['PUBLISHED_CACHE'] ?? join(homedir(), '.cache/flotilla-published-charts');
const from = process.env['PUBLISHED_FROM'];
const count = Number(process.env['PUBLISHED_VALUES'] ?? 2);
const seed = Number(process.env['PUBLISHED_SEED'] ?? 1);
const pattern = new RegExp(process.env['PUBLISHED_ONLY'] ?? '');
/** Every how-manieth chart of the list. */
const step = Number(process.env['PUBLISHED_STEP'] ?? 48);

const askHelm = askProgram(helm);
const askHelmfile: AskHelm = async (argv, folder) => {
  const { code, stdout, stderr } = await runProgram(helmfile, ['--helm-binary', helm, ...argv], folder);
  return { code, stdout, said: tidied(stderr) };
};

const nothing = { charts: 0, compared: 0, failing: 0, unsteady: 0, differing: 0 };
const totals = { alone: { ...nothing }, helmfile: { ...nothing }, absent: 0 };

afterAll(() => {
  const { alone, helmfile: through, absent } = totals;
  const line = [
    `${alone.charts} charts alone: ${alone.compared} command lines, ${alone.failing} fail in both, ${alone.unsteady} print something else each time, ${alone.differing} differ`,
    `${through.charts} charts through helmfile: ${through.compared} releases, ${through.unsteady} charts print something else each time, ${through.differing} differ`,
  ].join('; ');
  console.info(line);
  if (absent > 0)
    console.warn(
      `SKIPPED: ${absent} charts are not at ${cache}; node test/parity/published-charts.mjs fetches them`,
    );
  const summary = process.env['PUBLISHED_SUMMARY'];
  if (summary !== undefined) writeFileSync(summary, `${line}\n`);
});

function expectSame(side: 'alone' | 'helmfile', comparison: ChartComparison): void {
  const total = totals[side];
  total.charts += 1;
  total.compared += comparison.compared;
  total.failing += comparison.failing;
  total.unsteady += comparison.unsteady;
  total.differing += comparison.differences.length;
  expect(comparison.differences).toEqual([]);
}

if (chartsFolder === undefined) console.warn('SKIPPED: no shared charts; set FLOTILLA_CHARTS');

describe.skipIf(isMissing || chartsFolder === undefined)('the shared charts', () => {
  const root = chartsFolder ?? '.';
  const archives = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tgz') && pattern.test(path))
    .sort();
  const question = (archive: string) => {
    const chart = join(root, archive);
    return { chart, seed, count, values: valuesWrittenFor(archive) };
  };

  test.each(archives)('%s through helm', async (archive) => {
    expectSame('alone', await compareChart({ ...question(archive), real: askHelm }));
  });

  test.each(archives)('%s through helmfile', async (archive) => {
    expectSame('helmfile', await compareHelmfile({ ...question(archive), real: askHelmfile }));
  });
});

/** Values files for a chart of any version. */
function valuesWrittenFor(archive: string): readonly string[] {
  const folder = join(import.meta.dirname, 'values', basename(archive).replace(/-v?\d.*/, ''));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

const chosen = listed
  .filter((_chart, index) => index % step === 0)
  .filter(({ repository, path }) => pattern.test(`${repository}/${path}`))
  .map((chart) => [`${chart.repository} ${chart.name} ${chart.version}`, chart] as const);

describe.skipIf(isMissing || chosen.length === 0)('published charts', () => {
  test.for(chosen)('%s', async ([, chart], { skip }) => {
    const folder = layChart(chart, { cache, from });
    if (folder === undefined) {
      totals.absent += 1;
      return skip(`it is not at ${cache}`);
    }
    expect(hashOf(folder)).toBe(chart.sha256);
    const question = { chart: folder, seed, count };
    expectSame('alone', await compareChart({ ...question, real: askHelm }));
    expectSame('helmfile', await compareHelmfile({ ...question, real: askHelmfile }));
  });
});
