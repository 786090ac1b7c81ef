import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChartRepository, serveCharts } from '../support/chart-repository.ts';
import { hasReferences } from '../support/control-plane.ts';
import { chartsFolder } from '../support/references.ts';
import { type RealHelmfile, realHelmfile } from './real-helmfile.ts';
import { type SeedProject, seedProject } from './seed-project.ts';

/**
 * The helmfiles of the seed print what real Helmfile prints for the same text, in each environment, with secrets encrypted by
 * sops for an age key. What real Helmfile cannot read is compared in seed.test.ts only: releases without a chart in `selectors`
 * and `values-templates`, and values that are text (DESIGN D4) in `declarative` when they are rendered.
 */

const canRun =
  hasReferences('test/seed/helmfile.test.ts', ['helm4', 'helmfile', 'sops', 'age-keygen']) &&
  chartsFolder !== undefined;

const reading = ['list', 'show-dag', 'build'];
const rendering = [...reading, 'template'];

const rows = [
  { folder: 'releases', environments: ['default', 'production'], commands: rendering },
  { folder: 'environments', environments: ['dev', 'staging', 'production'], commands: rendering },
  { folder: 'declarative', environments: ['default', 'production'], commands: reading },
  { folder: 'layering', environments: ['default'], commands: rendering },
].flatMap(({ environments, commands, ...row }) =>
  environments.flatMap((environment) => commands.map((command) => ({ ...row, environment, command }))),
);

let charts: ChartRepository;
let seed: SeedProject;
let real: RealHelmfile;

beforeAll(async () => {
  if (!canRun) return;
  charts = await serveCharts();
  seed = await seedProject();
  real = await realHelmfile(charts);
});
afterAll(async () => {
  real?.[Symbol.dispose]();
  seed?.[Symbol.dispose]();
  await charts?.[Symbol.asyncDispose]();
});

test.skipIf(!canRun).each(rows)(
  '$folder in $environment: $command',
  async ({ folder, environment, command }) => {
    const args = ['-e', environment, command];
    const ours = await seed.run('flotilla', folder, [...charts.mirrors, ...args]);
    const theirs = await real.run(folder, args, seed);
    expect(theirs.exitCode, theirs.stderr).toBe(0);
    expect(ours.exitCode, ours.stderr).toBe(0);
    expect(withoutRandom(ours.stdout)).toBe(withoutRandom(theirs.stdout));
  },
);

/** The charts draw these passwords anew each time. */
function withoutRandom(text: string): string {
  return text.replaceAll(/^( *postgres-password: ).*$/gm, '$1RANDOM');
}
