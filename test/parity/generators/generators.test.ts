import { expect, test } from 'vitest';
import { reference } from '../../support/references.ts';
import { compareCharts } from './compare-charts.ts';
import { compareStateFiles } from './compare-state-files.ts';
import { compareTemplates } from './compare-templates.ts';

/**
 * A part of what `node test/parity/generators/run.mjs` runs in full: generated templates and charts against real helm, generated
 * state files against real helmfile.
 */
const helm = reference('helm4') ?? '';
const helmfile = reference('helmfile') ?? '';
const isMissing = helm === '' || helmfile === '';
if (isMissing) console.warn('SKIPPED: helmfile and helm are not built; run node scripts/references.mjs');

const seed = Number(process.env['GENERATED_SEED'] ?? 1);
const templateCount = Number(process.env['GENERATED_TEMPLATES'] ?? 4000);
const stateFileCount = Number(process.env['GENERATED_STATE_FILES'] ?? 700);
const chartCount = Number(process.env['GENERATED_CHARTS'] ?? 250);
const hours = 3_600_000;

test.skipIf(isMissing)(
  `templates, seed ${seed}, ${templateCount} of them`,
  async () => {
    const { compared, failing, differences } = await compareTemplates({
      seed,
      count: templateCount,
      program: helm,
    });
    console.info(`${compared} templates compared, ${failing} of them fail to render`);
    expect(differences).toEqual([]);
  },
  hours,
);

test.skipIf(isMissing)(
  `state files, seed ${seed}, ${stateFileCount} of them`,
  async () => {
    const options = { seed, count: stateFileCount, program: helmfile, helm };
    const { compared, failing, differences } = await compareStateFiles(options);
    console.info(`${compared} state files compared, ${failing} of them fail to load`);
    expect(differences).toEqual([]);
  },
  hours,
);

test.skipIf(isMissing)(
  `charts, seed ${seed}, ${chartCount} of them`,
  async () => {
    const { compared, failing, differences } = await compareCharts({
      seed,
      count: chartCount,
      program: helm,
    });
    console.info(`${compared} charts compared, ${failing} of them fail to render`);
    expect(differences).toEqual([]);
  },
  hours,
);
